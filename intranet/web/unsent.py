"""What somebody typed in a form and has not sent, for the forms of the wiki."""

from __future__ import annotations

from datetime import datetime

from intranet.core.transaction import Reader
from intranet.proposals.typing.queries import Typed, typed


def unsent(reader: Reader, place: str, sent_at: datetime | None) -> Typed | None:
    """What was left in the form at this address after the person last sent it, at `sent_at`."""
    found = typed(reader, place)
    return None if found is None or (sent_at and found.at <= sent_at) else found
