"""A ballot among candidates, and the box of a whole election."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from intranet.voting.types import InvalidCount


class PaperState(StrEnum):
    """What a ballot is worth: something, nothing on purpose, or it is unreadable."""

    VALID = "valid"
    BLANK = "blank"
    SPOILED = "spoiled"


@dataclass(frozen=True)
class Paper:
    """One ballot, or `copies` ballots that say the same.

    marks: what is written beside each candidate. For a ranking 1 is the best and equal ranks are
        allowed; for a grade, a score or points a larger number is better; for a cross it is 1.
        A candidate without a mark is absent: the settings say what that means.
    """

    marks: Mapping[str, int] = field(default_factory=dict)
    state: PaperState = PaperState.VALID
    reason: str = ""
    copies: int = 1

    def __post_init__(self) -> None:
        if self.copies < 1:
            raise InvalidCount("no_copies")
        if (self.state is PaperState.VALID) is not bool(self.marks):
            raise InvalidCount("marks_and_state_differ")
        object.__setattr__(self, "marks", MappingProxyType(dict(self.marks)))


@dataclass(frozen=True)
class Turnout:
    """How many ballots there are of each kind; `not_voted` are people, and never a ballot."""

    registered: int
    valid: int
    blank: int
    spoiled: int

    @property
    def cast(self) -> int:
        """Every ballot in the box."""
        return self.valid + self.blank + self.spoiled

    @property
    def not_voted(self) -> int:
        """The people on the roll who gave no ballot."""
        return self.registered - self.cast


def turnout(papers: Iterable[Paper], registered: int) -> Turnout:
    """Sort the box by what the ballots are worth.

    Raises InvalidCount when there are more ballots than people.
    """
    counts = dict.fromkeys(PaperState, 0)
    for paper in papers:
        counts[paper.state] += paper.copies
    if sum(counts.values()) > registered:
        raise InvalidCount("more_ballots_than_people")
    return Turnout(
        registered,
        valid=counts[PaperState.VALID],
        blank=counts[PaperState.BLANK],
        spoiled=counts[PaperState.SPOILED],
    )


def valid_papers(papers: Iterable[Paper], candidates: Sequence[str]) -> tuple[Paper, ...]:
    """The ballots that say something, each checked against the list of candidates.

    Raises InvalidCount when one names somebody who is no candidate.
    """
    known = set(candidates)
    kept = tuple(paper for paper in papers if paper.state is PaperState.VALID)
    if any(not known.issuperset(paper.marks) for paper in kept):
        raise InvalidCount("not_a_candidate")
    return kept


def spoil_incomplete(papers: Iterable[Paper], candidates: Sequence[str]) -> tuple[Paper, ...]:
    """The same box, where each ballot that leaves a candidate without a mark is spoiled."""
    return tuple(
        spoiled(paper)
        if paper.state is PaperState.VALID and not paper.marks.keys() >= set(candidates)
        else paper
        for paper in papers
    )


def spoiled(paper: Paper) -> Paper:
    """The same ballot, which nothing can be read from."""
    return Paper(state=PaperState.SPOILED, reason=paper.reason, copies=paper.copies)
