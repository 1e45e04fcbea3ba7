"""What somebody is told, and how they want to be told, goes with them when they are erased."""

from __future__ import annotations

from intranet.core.forgetting import forgetting
from intranet.notices.feeds.models import FeedAddress
from intranet.notices.models import ChosenWay, Notice, QuietTime
from intranet.notices.watching.models import Watch

FORGETTING = forgetting("notices", Notice, ChosenWay, QuietTime, Watch, FeedAddress)
