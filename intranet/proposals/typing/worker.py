"""What somebody typed and never sent, and how far they had read, goes with them."""

from __future__ import annotations

from intranet.core.forgetting import forgetting
from intranet.proposals.talks.models import LastRead
from intranet.proposals.typing.models import KeptTyping

FORGETTING = forgetting("proposals", KeptTyping, LastRead)
