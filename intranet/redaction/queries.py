"""What the page before a removal shows."""

from __future__ import annotations

from intranet.core.transaction import Reader
from intranet.wiki.history import OldText, old_text


def earlier_text(reader: Reader, slug: str, number: int) -> OldText:
    """An earlier text of a page, as it stands until it is removed. Raises NotFound."""
    return old_text(reader, slug, number)
