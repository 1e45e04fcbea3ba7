"""Thresholds and quorums in whole numbers. Every screen and every count asks these functions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from intranet.voting.lines import Line, line


@dataclass(frozen=True)
class Quorum:
    """Whether enough of the registered people took part. `needed` is 0 without a quorum."""

    needed: int
    taken_part: int
    registered: int

    @property
    def is_met(self) -> bool:
        """Whether the vote may decide."""
        return self.missing == 0

    @property
    def missing(self) -> int:
        """How many more people would have to take part."""
        return max(0, self.needed - self.taken_part)


def votes_needed(threshold: Fraction, strict: bool, base_size: int) -> int:
    """The smallest number of votes that is more than (strict) or at least this part of the base.

    Never less than one: nothing is adopted by nobody. It may exceed a base of nobody.
    """
    if strict:
        return threshold.numerator * base_size // threshold.denominator + 1
    return max(1, _rounded_up(threshold, base_size))


def quorum_needed(share: Fraction | None, registered: int) -> int:
    """How many people must take part for this share of the registered; 0 without a quorum."""
    return 0 if share is None else max(1, _rounded_up(share, registered))


def quorum_of(share: Fraction | None, registered: int, taken_part: int) -> Quorum:
    """The state of the quorum, during the vote as at its end."""
    return Quorum(quorum_needed(share, registered), taken_part, registered)


def quorum_line(quorum: Quorum) -> Line:
    """The sentence that says how many took part, and how many had to."""
    values = {
        "taken_part": quorum.taken_part,
        "registered": quorum.registered,
        "quorum_needed": quorum.needed,
        "missing": quorum.missing,
    }
    if quorum.needed == 0:
        return line("quorum_none", values)
    return line("quorum_met" if quorum.is_met else "quorum_missed", values)


def _rounded_up(share: Fraction, whole: int) -> int:
    return -(-share.numerator * whole // share.denominator)
