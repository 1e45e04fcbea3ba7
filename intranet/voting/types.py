"""The words of a count: ballots, electorates, verdicts.

Everything here is a value. One ballot is one voice: nobody weighs more than another, and the
holder of a proxy casts a second ballot (law 78-763 of 1978; law 47-1775 of 1947, article 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SPOILED = "spoiled"
"""A paper ballot that nobody can read. It is counted, and no form offers it."""

NOT_VOTED = "not_voted"
"""The count of registered people who gave no ballot. It is never a ballot."""


class BallotForm(StrEnum):
    """What the voter has in hand: which partial shows the ballot."""

    CHOOSE = "choose"
    CONSENT = "consent"
    RANK = "rank"
    GRADE = "grade"


class Base(StrEnum):
    """Of whom a majority is a part. Printed beside every result.

    Registered: everyone who may vote. Present or represented: everyone who takes part,
    whatever their vote. Cast: only those who took a side.
    """

    REGISTERED = "registered"
    PRESENT_OR_REPRESENTED = "present_or_represented"
    CAST = "cast"


class TieRule(StrEnum):
    """What happens when as many are for as against. Published before the vote."""

    REJECTED = "rejected"
    CHAIR = "chair"
    NEW_ROUND = "new_round"
    DRAW = "draw"


class Silence(StrEnum):
    """What it means to give no position before the end of a round of consent."""

    NOTHING = "nothing"
    ADOPTED = "adopted"
    REJECTED = "rejected"


class Result(StrEnum):
    """The verdict. A tie is left open for whoever the rule of ties names."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"
    TIED = "tied"


class Law(StrEnum):
    """A promise that a method keeps whatever the ballots and the settings.

    Anonymous: who gave which ballot, and in which order, changes nothing.
    Monotone: the result never gets worse when someone who was absent or answered otherwise is
    now in favour, nor when someone who was against now answers anything else.
    Needs support: nothing is adopted unless at least one ballot is in favour.

    Among candidates, monotone means: who is chosen stays chosen when one ballot places this
    candidate higher and changes nothing else. And further:

    Neutral: the names of the candidates and their order in the list change nothing.
    Condorcet: who is preferred to each other candidate, one against one, is chosen.
    Majority: who is placed alone in front by more than half of complete ballots is chosen.
    Clone proof: a candidate who comes twice, side by side on every ballot, changes nothing for
        the others.
    Proportional: a group of voters who place the same candidates before all others gets as many
        seats as it has whole quotas, if it has enough candidates.
    """

    ANONYMOUS = "anonymous"
    MONOTONE = "monotone"
    NEEDS_SUPPORT = "needs_support"
    NEUTRAL = "neutral"
    CONDORCET = "condorcet"
    MAJORITY = "majority"
    CLONE_PROOF = "clone_proof"
    PROPORTIONAL = "proportional"


class Setting(StrEnum):
    """The name of a field of `Settings`, so that a method can say which ones it reads."""

    BASE = "base"
    THRESHOLD = "threshold"
    STRICT = "strict"
    QUORUM = "quorum"
    TIE = "tie"
    SILENCE = "silence"
    OBJECTION_OVERRIDE = "objection_override"
    BLANK_COUNTS = "blank_counts"


class ChoiceProblem(StrEnum):
    """Why a filled form is not a choice. The web layer gives each one its words."""

    MISSING = "choice_missing"
    UNKNOWN = "choice_unknown"
    OBJECTION_WITHOUT_REASON = "objection_without_reason"
    BLANK_WITH_MARKS = "choice_blank_with_marks"
    INCOMPLETE = "choice_incomplete"
    RANK_REPEATED = "choice_rank_repeated"
    SAYS_NOTHING = "choice_says_nothing"


class InvalidChoice(ValueError):
    """The form does not say what the voter wants; `code` says why."""

    def __init__(self, code: ChoiceProblem) -> None:
        super().__init__(code.value)
        self.code = code


class InvalidCount(ValueError):
    """The ballots and the electorate contradict each other: nothing can be counted."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Choice:
    """What one voter answered: one option of the method, and a reason, possibly empty."""

    option: str
    reason: str = ""


@dataclass(frozen=True)
class CastBallot:
    """One voice in the box.

    `is_lifted` is true for an objection that its author has lifted: it no longer blocks, and
    stays in the record.
    """

    choice: Choice
    is_lifted: bool = False


@dataclass(frozen=True)
class Electorate:
    """How many people may vote, and how many were in the room or represented.

    Outside a meeting `present_or_represented` is None: those who voted are those who take part.
    Raises InvalidCount when a number is negative or more people are present than registered.
    """

    registered: int
    present_or_represented: int | None = None

    def __post_init__(self) -> None:
        if self.registered < 0 or (self.present_or_represented or 0) < 0:
            raise InvalidCount("negative_electorate")
        if self.asked > self.registered:
            raise InvalidCount("more_present_than_registered")

    @property
    def asked(self) -> int:
        """How many people could answer: those in the meeting, or else all who are registered."""
        if self.present_or_represented is None:
            return self.registered
        return self.present_or_represented

    def taking_part(self, ballots: int) -> int:
        """How many people the quorum counts, for this number of ballots."""
        if self.present_or_represented is None:
            return ballots
        return self.present_or_represented
