"""How the bodies stand one above another."""

from __future__ import annotations

from collections.abc import Sequence

from intranet.core.transaction import Reader
from intranet.members.queries import BodyCard, bodies


def lineage(cards: Sequence[BodyCard], body_id: int) -> tuple[int, ...]:
    """A body and those above it, the nearest first; a ring among them is walked once."""
    parents = {card.id: card.parent_id for card in cards}
    found: list[int] = []
    current: int | None = body_id
    while current is not None and current not in found:
        found.append(current)
        current = parents.get(current)
    return tuple(found)


def reaches(reader: Reader, body_id: int, wider_id: int) -> bool:
    """Whether a text of the first body can go on to the second: the same one, or one above it."""
    return wider_id in lineage(bodies(reader), body_id)
