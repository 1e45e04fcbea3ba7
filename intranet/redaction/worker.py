"""What follows from a removal: no free page of the database file holds the words any more."""

from __future__ import annotations

from collections.abc import Sequence

from intranet.core.db import db
from intranet.core.deliveries import Reaction
from intranet.core.erasure import erase_traces
from intranet.core.events import EventRow
from intranet.core.transaction import Reader


def _erase(look: Reader, _rows: Sequence[EventRow]) -> None:
    """Rewrite the file; while others keep the database busy, the delivery is tried again."""
    look.session.rollback()
    if not erase_traces(db.engine):
        raise RuntimeError("the database was busy")


ERASING = Reaction("redaction.erasing", _erase)
