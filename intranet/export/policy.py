"""Who takes away what is kept about them."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader


def may_take_own_data(reader: Reader) -> Verdict:
    """Everybody who has an account, whatever their status, for themselves alone."""
    return YES if reader.actor.person_id is not None else no("export.only_own_data")
