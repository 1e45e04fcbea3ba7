"""Who may have what they type kept."""

from __future__ import annotations

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.proposals.policy import may_propose


def may_keep_typing(reader: Reader) -> Verdict:
    """Whoever may propose keeps what they type; it is theirs alone, nobody else ever sees it."""
    return may_propose(reader)
