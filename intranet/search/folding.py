"""Decisions that came to nothing any more are shown under the one that stands in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.decisions.models import DecisionLink, LinkKind
from intranet.search.port import Hit

ENDS = (LinkKind.SUPERSEDES, LinkKind.REPEALS, LinkKind.ANNULS)
DEEPEST = 20


@dataclass(frozen=True)
class Folded:
    """A result, and those before it in the line of what replaced what."""

    hit: Hit
    earlier: tuple[Hit, ...] = ()


def folded(reader: Reader, hits: Sequence[Hit]) -> tuple[Folded, ...]:
    """The results of one page, each earlier decision under the last of its line that was found;
    the whole line stands where its best result stood."""
    numbers = [hit.key.partition(":")[2] for hit in hits if hit.kind == "decision"]
    later = _later(reader, numbers) if len(numbers) > 1 else {}
    heads = {f"decision:{number}": f"decision:{_head(number, later)}" for number in numbers}
    lines: dict[str, list[Hit]] = {}
    for hit in hits:
        lines.setdefault(heads.get(hit.key, hit.key), []).append(hit)
    found = []
    for head, line in lines.items():
        first = next((hit for hit in line if hit.key == head), line[0])
        found.append(Folded(first, tuple(hit for hit in line if hit is not first)))
    return tuple(found)


def _later(reader: Reader, numbers: Sequence[str]) -> dict[str, str]:
    """What stands in the place of each of these decisions, when it was found too."""
    rows = reader.session.execute(
        select(DecisionLink.to_number, DecisionLink.from_number)
        .where(DecisionLink.to_number.in_(numbers), DecisionLink.from_number.in_(numbers))
        .where(DecisionLink.kind.in_(ENDS))
        .order_by(DecisionLink.id)
    )
    return {row.to_number: row.from_number for row in rows}


def _head(number: str, later: dict[str, str]) -> str:
    for _ in range(DEEPEST):
        if number not in later:
            break
        number = later[number]
    return number
