"""Who keeps marks of what they have seen."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.wiki.policy import Subject, may_read_page


def may_mark_seen(reader: Reader, page: Subject) -> Verdict:
    """Whoever may read the page, for themselves."""
    return may_read_page(reader, page)


def may_mark_changes(reader: Reader) -> Verdict:
    """Whoever reads the wiki, for themselves."""
    return YES if reader.actor.person_id is not None else no("wiki.not_for_you")
