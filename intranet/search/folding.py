"""Decisions that came to nothing any more are shown under the one that stands in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intranet.core.transaction import Reader
from intranet.decisions import lineage
from intranet.members.queries import today
from intranet.search.port import Hit

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
    """What stands in the place of each of these decisions, or ended it, when it was found too. One
    that was refused, annulled or is still to apply ended nothing."""
    lines, day = lineage.of(reader, numbers).lineage, today(reader)
    return {
        number: act.by
        for number in numbers
        for act in lines.endings(number, day)
        if act.by in numbers
    }


def _head(number: str, later: dict[str, str]) -> str:
    for _ in range(DEEPEST):
        if number not in later:
            break
        number = later[number]
    return number
