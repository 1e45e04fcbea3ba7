"""How often anything was written: what was worked out at a number still holds at that number."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Engine, PoolProxiedConnection, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from intranet.core.db import Base


class Generation(Base):
    """One number, raised by every transaction that commits something readers may see."""

    __tablename__ = "generation"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


# Asked before every page that is answered from memory, and by every command: it goes straight to
# the driver.
_CURRENT = "SELECT number FROM generation WHERE id = 1"
_NEXT = update(Generation).where(Generation.id == 1).values(number=Generation.number + 1)


def generation(session: Session) -> int:
    """The number of the database as this session sees it; 0 before the first write."""
    return _number(session.connection().connection)


def generation_now(engine: Engine) -> int:
    """The number of the database at this moment, asked on a connection of its own."""
    connection = engine.raw_connection()
    try:
        return _number(connection)
    finally:
        connection.close()


def _number(connection: PoolProxiedConnection) -> int:
    cursor = connection.cursor()
    cursor.execute(_CURRENT)
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def raise_generation(session: Session) -> None:
    """Say that something is being written; the transaction calls it once, before it commits."""
    raised = session.connection().execute(_NEXT)
    if raised.rowcount == 0:
        session.add(Generation(id=1, number=1))
        session.flush()
