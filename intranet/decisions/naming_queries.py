"""Decisions by their number or a part of their title, for whoever is typing a link."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.text import fold
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences

LOOKED_THROUGH = 2000
"""The newest decisions only: a title is compared without accents, which no database does for us."""


@dataclass(frozen=True)
class Named:
    """The number of a decision and its title."""

    number: str
    title: str


def decisions_like(reader: Reader, words: str, most: int) -> list[Named]:
    """Visible decisions whose number or title holds all these words, the newest first."""
    query = (
        select(Decision.number, Decision.title)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Decision.id.desc())
        .limit(LOOKED_THROUGH)
    )
    wanted = fold(words).split()
    found = (Named(*row) for row in reader.session.execute(query))
    fits = (
        one for one in found if all(word in fold(f"{one.number} {one.title}") for word in wanted)
    )
    return [one for one, _place in zip(fits, range(most), strict=False)]
