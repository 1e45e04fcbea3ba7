"""Who may bring pages in from elsewhere."""

from __future__ import annotations

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.wiki.policy import may_create_page


def may_import(reader: Reader, audience: str) -> Verdict:
    """Whoever may write pages for this audience; each page that is there already asks anew."""
    return may_create_page(reader, audience)
