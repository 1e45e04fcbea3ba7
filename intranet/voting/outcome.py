"""What a count ends with: the verdict, every number behind it, and its explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from intranet.voting.lines import Line
from intranet.voting.types import Base, Result


@dataclass(frozen=True)
class Outcome:
    """The one stored result of a poll; every page, mail and export reads it.

    counts: how many chose each option, with `spoiled` and `not_voted`; zeros are kept, and the
        sum is the number of registered people.
    base, base_size: of whom the majority is a part, and how many they are.
    needed: the smallest number in favour that reaches the threshold in this base; one in a round
        of consent that nobody can override. At "at least one half", as many against as for still
        leaves the status quo.
    taken_part, quorum_needed, quorum_met: the quorum; `quorum_needed` is 0 without one.
    lines: the verdict first, then its arithmetic.
    ties: groups of options that nothing separates.
    """

    method: str
    result: Result
    counts: Mapping[str, int]
    registered: int
    base: Base
    base_size: int
    needed: int
    taken_part: int
    quorum_needed: int
    quorum_met: bool
    lines: tuple[Line, ...]
    ties: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", MappingProxyType(dict(self.counts)))

    @property
    def verdict(self) -> Line:
        """The line that says the result."""
        return self.lines[0]

    def to_json(self) -> dict[str, Any]:
        """The outcome as JSON values; `from_json` gives back an equal outcome."""
        return {
            "method": self.method,
            "result": self.result.value,
            "counts": dict(self.counts),
            "registered": self.registered,
            "base": self.base.value,
            "base_size": self.base_size,
            "needed": self.needed,
            "taken_part": self.taken_part,
            "quorum_needed": self.quorum_needed,
            "quorum_met": self.quorum_met,
            "lines": [{"code": line.code, "values": dict(line.values)} for line in self.lines],
            "ties": [list(group) for group in self.ties],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Outcome:
        """The outcome that `to_json` wrote. Raises KeyError or ValueError on anything else."""
        return cls(
            method=stored["method"],
            result=Result(stored["result"]),
            counts=stored["counts"],
            registered=stored["registered"],
            base=Base(stored["base"]),
            base_size=stored["base_size"],
            needed=stored["needed"],
            taken_part=stored["taken_part"],
            quorum_needed=stored["quorum_needed"],
            quorum_met=stored["quorum_met"],
            lines=tuple(Line(line["code"], line["values"]) for line in stored["lines"]),
            ties=tuple(tuple(group) for group in stored["ties"]),
        )
