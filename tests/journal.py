"""What the journal says happened, for tests."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.db import db
from intranet.core.events import EventRow


def happened() -> list[str]:
    """The names of all events so far, in their order."""
    db.session.rollback()
    return list(db.session.scalars(select(EventRow.name).order_by(EventRow.id)))
