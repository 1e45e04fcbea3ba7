"""What the methods with votes for and against share: counts, bases and their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from intranet.voting.ballots import count_options
from intranet.voting.lines import Line, line
from intranet.voting.outcome import Outcome
from intranet.voting.quorum import Quorum, quorum_line, quorum_of, votes_needed
from intranet.voting.settings import Settings, fraction_to_text
from intranet.voting.types import NOT_VOTED, SPOILED, Base, CastBallot, Electorate, Result

FOR = "for"
AGAINST = "against"
ABSTAIN = "abstain"
BLANK = "blank"
OPTIONS = (FOR, AGAINST, ABSTAIN, BLANK)


@dataclass(frozen=True)
class Majority:
    """A box counted against a threshold, before anyone says what it means."""

    counts: Mapping[str, int]
    quorum: Quorum
    base: Base
    base_size: int
    threshold: Fraction
    strict: bool
    blank_counts: bool

    @property
    def needed(self) -> int:
        """The smallest number of votes for that reaches the threshold."""
        return votes_needed(self.threshold, self.strict, self.base_size)

    @property
    def values(self) -> dict[str, int | str]:
        """Every number a sentence may need, by its name in the lines."""
        return {
            "votes_for": self.counts[FOR],
            "votes_against": self.counts[AGAINST],
            "abstain": self.counts[ABSTAIN],
            "blank": self.counts[BLANK],
            "spoiled": self.counts[SPOILED],
            "not_voted": self.counts[NOT_VOTED],
            "registered": self.quorum.registered,
            "present_or_represented": self.quorum.taken_part,
            "taken_part": self.quorum.taken_part,
            "quorum_needed": self.quorum.needed,
            "cast": self.base_size,
            "base": self.base.value,
            "base_size": self.base_size,
            "needed": self.needed,
            "threshold": fraction_to_text(self.threshold),
        }


def count_majority(
    ballots: Sequence[CastBallot], electorate: Electorate, settings: Settings
) -> Majority:
    """Count the box in the base and against the threshold of the settings."""
    counts = count_options(ballots, OPTIONS, electorate)
    taken_part = electorate.taking_part(len(ballots))
    sizes = {
        Base.REGISTERED: electorate.registered,
        Base.PRESENT_OR_REPRESENTED: taken_part,
        Base.CAST: counts[FOR] + counts[AGAINST] + (counts[BLANK] if settings.blank_counts else 0),
    }
    return Majority(
        counts=counts,
        quorum=quorum_of(settings.quorum, electorate.registered, taken_part),
        base=settings.base,
        base_size=sizes[settings.base],
        threshold=settings.threshold,
        strict=settings.strict,
        blank_counts=settings.blank_counts,
    )


def majority_outcome(
    method: str,
    majority: Majority,
    result: Result,
    verdict: str,
    ties: tuple[tuple[str, ...], ...] = (),
    threshold_line: str = "",
) -> Outcome:
    """The outcome of this verdict, explained by its arithmetic.

    `threshold_line` is the code of the sentence about the threshold, where it is not the usual.
    """
    return Outcome(
        method=method,
        result=result,
        counts=majority.counts,
        registered=majority.quorum.registered,
        base=majority.base,
        base_size=majority.base_size,
        needed=majority.needed,
        taken_part=majority.quorum.taken_part,
        quorum_needed=majority.quorum.needed,
        quorum_met=majority.quorum.is_met,
        lines=(line(verdict, majority.values), *_arithmetic(majority, threshold_line)),
        ties=ties,
    )


def outcome_by_threshold(method: str, majority: Majority) -> Outcome:
    """Adopted when the votes for reach the number needed and are more than the votes against."""
    votes_for, votes_against = majority.counts[FOR], majority.counts[AGAINST]
    ties: tuple[tuple[str, ...], ...] = ()
    if not majority.quorum.is_met:
        result, verdict = Result.NO_QUORUM, "no_quorum"
    elif votes_for == votes_against == 0:
        result, verdict = Result.REJECTED, "rejected_no_votes_cast"
    elif votes_for < majority.needed:
        result, verdict = Result.REJECTED, "rejected_majority"
    elif votes_for == votes_against:
        result, verdict = Result.REJECTED, "rejected_tie"
        ties = ((FOR, AGAINST),)
    else:
        result, verdict = Result.ADOPTED, "adopted_majority"
    return majority_outcome(method, majority, result, verdict, ties)


def _arithmetic(majority: Majority, threshold_line: str) -> tuple[Line, ...]:
    """The votes, whom they are counted among, the threshold, the quorum."""
    base = f"base_{majority.base.value}"
    if majority.base is Base.CAST and majority.blank_counts:
        base = "base_cast_with_blank"
    usual = "threshold_more_than" if majority.strict else "threshold_at_least"
    return (
        line("counts_votes", majority.values),
        line(base, majority.values),
        line(threshold_line or usual, majority.values),
        quorum_line(majority.quorum),
    )
