"""What people keep for themselves here goes with them when they are erased."""

from __future__ import annotations

from intranet.core.forgetting import forgetting
from intranet.members.models import BodyMember

FORGETTING = forgetting("members", BodyMember)
