"""What the wiki kept for one person alone goes with them when they are erased."""

from __future__ import annotations

from intranet.core.forgetting import forgetting
from intranet.wiki.changes.models import ChangesSeen, PageSeen
from intranet.wiki.favourites.models import Favourite
from intranet.wiki.presence.models import Presence

FORGETTING = forgetting("wiki", Favourite, Presence, PageSeen, ChangesSeen)
