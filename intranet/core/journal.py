"""The journal as lines that anybody can keep and verify again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intranet.core.events import GENESIS, ChainHead, EventRow


@dataclass(frozen=True)
class Head:
    """The last line of the journal: its number, 0 before the first, and its digest."""

    number: int
    digest: str


def head(session: Session) -> Head:
    """The last line as it is kept beside the journal."""
    row = session.scalars(select(ChainHead)).one_or_none()
    return Head(row.event_id, row.digest) if row else Head(0, GENESIS)


def lines(session: Session) -> Iterator[str]:
    """One JSON object for each event, in their order, with its digest; the payload is a text,
    as the digest covers it."""
    for row in session.scalars(select(EventRow).order_by(EventRow.id)).yield_per(500):
        said = {
            "id": row.id,
            "name": row.name,
            "version": row.version,
            "actor_id": row.actor_id,
            "at": row.at.isoformat(),
            "payload": row.payload,
            "digest": row.digest,
        }
        yield json.dumps(said, ensure_ascii=False)
