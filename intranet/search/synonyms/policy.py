"""Who may say what the cooperative calls the same thing."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right


def may_write_synonyms(reader: Reader) -> Verdict:
    """Whoever writes the wiki; every version of the list is kept, with its author."""
    return YES if reader.actor.has(Right.WRITE) else no("search.only_writers_name")
