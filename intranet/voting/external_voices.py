"""The cap on the voices of external members: all together at most 35 % of the voices of a vote.

Law 47-1775 of 10 September 1947, article 3 bis: what members who do not work in the cooperative
hold beyond 35 % of the voices is reduced in proportion, the same for each of them. Nobody else's
voice changes. The count stays in whole numbers: each voice is counted as so many equal parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeVar

from intranet.voting.counted import Counted
from intranet.voting.lines import line
from intranet.voting.types import InvalidCount

LARGEST_SHARE = Fraction(35, 100)
One = TypeVar("One")


@dataclass(frozen=True)
class ReducedVoices:
    """How many external members a vote has and how many others, when theirs are too many.

    full, part: how many parts a voice counts, and how many that of an external member.
    """

    others: int
    external: int

    @property
    def voice(self) -> Fraction:
        """What the voice of an external member counts beside a full one."""
        theirs = LARGEST_SHARE.numerator
        left = LARGEST_SHARE.denominator - theirs
        return Fraction(theirs * self.others, left * self.external)

    @property
    def full(self) -> int:
        """In how many parts a full voice is counted."""
        return self.voice.denominator

    @property
    def part(self) -> int:
        """How many of these parts the voice of an external member counts."""
        return self.voice.numerator

    @property
    def registered(self) -> int:
        """The parts of everybody on the roll."""
        return self.others * self.full + self.external * self.part

    def parts(self, is_external: bool) -> int:
        """How many parts the voice of one person counts."""
        return self.part if is_external else self.full

    def in_parts(self, ballots: Sequence[tuple[One, bool]]) -> Iterator[One]:
        """Each ballot as often as its voice has parts; beside it, whether it is an external
        member's."""
        for ballot, is_external in ballots:
            yield from [ballot] * self.parts(is_external)

    def explain(self, counted: Counted) -> Counted:
        """The same outcome with one more line: in which parts its numbers are told."""
        values = {
            "external": self.external,
            "people": self.others + self.external,
            "full": self.full,
            "part": self.part,
        }
        return replace(counted, lines=(*counted.lines, line("voices_in_parts", values)))

    def to_json(self) -> dict[str, int]:
        """As it stands in an exported file."""
        return {"others": self.others, "external": self.external}


def reduced(others: int, external: int) -> ReducedVoices | None:
    """How the voices of external members count in a vote; None when each counts in full.

    Raises InvalidCount when there is nobody beside them: no part of nobody is 35 %.
    """
    if external <= LARGEST_SHARE * (others + external):
        return None
    if others == 0:
        raise InvalidCount("only_external_voices")
    return ReducedVoices(others, external)


def from_json(stored: Mapping[str, Any] | None) -> ReducedVoices | None:
    """What `to_json` wrote; None without any. Raises KeyError, TypeError or InvalidCount."""
    return reduced(int(stored["others"]), int(stored["external"])) if stored else None
