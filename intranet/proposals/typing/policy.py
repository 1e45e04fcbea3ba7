"""Who may have what they type kept."""

from __future__ import annotations

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.proposals.policy import may_propose
from intranet.wiki.policy import may_write


def may_keep_typing(reader: Reader) -> Verdict:
    """Whoever may propose or write pages keeps what they type; it is theirs alone, nobody else
    ever sees it."""
    return may_write(reader) or may_propose(reader)
