"""Who keeps a page at hand."""

from __future__ import annotations

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.wiki.policy import Subject, may_read_page


def may_keep_at_hand(reader: Reader, page: Subject) -> Verdict:
    """Whoever may read a page may keep it among their own favourites."""
    return may_read_page(reader, page)
