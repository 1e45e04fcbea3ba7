"""Who may bring pages in from elsewhere."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.wiki.policy import may_create_page


def may_import(reader: Reader, audience: str) -> Verdict:
    """Whoever may write pages for this audience; each page that is there already asks anew."""
    return may_create_page(reader, audience)


def may_end_import(reader: Reader) -> Verdict:
    """Only the worker, which carries imports out."""
    return YES if reader.actor.is_system else no("import.only_the_worker")
