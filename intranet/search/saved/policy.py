"""Who may keep questions, and whose they are."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.search.saved.models import SavedSearch


def may_save_search(reader: Reader) -> Verdict:
    """Everybody who is signed in keeps questions for themselves."""
    return YES if reader.actor.is_known else no("search.only_own_searches")


def may_use_search(reader: Reader, saved: SavedSearch) -> Verdict:
    """Nobody but the person who kept it."""
    own = reader.actor.person_id == saved.person_id
    return YES if own else no("search.only_own_searches")
