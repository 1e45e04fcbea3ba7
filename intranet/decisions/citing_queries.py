"""Which decision a number in a text means, also one that leaves out who decided."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, or_, select

from intranet.core.citations import year_and_sequence
from intranet.core.transaction import Reader
from intranet.decisions.lineage import DecisionMark as DecisionMark
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences
from intranet.decisions.queries import statuses


def meant(reader: Reader, numbers: Collection[str]) -> dict[str, DecisionMark]:
    """The decisions meant by these numbers in full form, each with its state of today.

    2026-014 means the one decision of that year and number that this reader may see; where
    several bodies have one, it means none. Three statements at most.
    """
    short = {parts: number for number in numbers if (parts := year_and_sequence(number))}
    found = {number: number for number in numbers if number not in short.values()}
    for parts, sharing in _sharing(reader, short).items():
        if len(sharing) == 1:
            found[short[parts]] = sharing[0]
    marks = statuses(reader, set(found.values()))
    return {typed: marks[number] for typed, number in found.items() if number in marks}


def candidates(reader: Reader, number: str) -> list[str]:
    """The decisions that a number without its body may mean, for this reader."""
    parts = year_and_sequence(number)
    return _sharing(reader, [parts]).get(parts, []) if parts else []


def names_of(reader: Reader, number: str, year: int, sequence: int) -> tuple[str, ...]:
    """The ways in which texts name a decision: in full, and short where that is no other one."""
    short = f"{year}-{sequence:03d}"
    return (number, short) if year and candidates(reader, short) == [number] else (number,)


def _sharing(
    reader: Reader, wanted: Collection[tuple[int, int]]
) -> dict[tuple[int, int], list[str]]:
    """The visible decisions that have one of these years and sequences, in the order of entry."""
    found: dict[tuple[int, int], list[str]] = {}
    if not wanted:
        return found
    alike = [and_(Decision.year == year, Decision.sequence == last) for year, last in wanted]
    rows = reader.session.execute(
        select(Decision.year, Decision.sequence, Decision.number)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(or_(*alike), DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Decision.id)
    )
    for year, sequence, number in rows:
        found.setdefault((year, sequence), []).append(number)
    return found
