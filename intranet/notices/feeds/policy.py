"""Who has secret addresses of their own, and who reads what they give."""

from __future__ import annotations

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.members.policy import may_enter


def may_have_feeds(reader: Reader) -> Verdict:
    """Everybody who may come in, for themselves alone."""
    return may_enter(reader)
