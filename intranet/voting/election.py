"""What choosing among candidates is: the shape of its methods, their settings, their result.

A candidate is a person or an option: a name, unique in its list, frozen when the vote opens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from fractions import Fraction
from typing import Any, Protocol

from intranet.voting.lines import Line
from intranet.voting.papers import Paper, Turnout
from intranet.voting.plain_values import plain, setting_from_value
from intranet.voting.settings import InvalidSettings, SettingProblem
from intranet.voting.types import BallotForm, InvalidCount, Law


class Unmarked(StrEnum):
    """What it means to leave a candidate without a mark. A rule of each vote, never a default
    of a program: two real elections in public use opposite readings and elect other people.

    Uncompared: the ballot says nothing about this candidate against any other.
    Last: below every marked candidate, equal among themselves (a grade: the worst one).
    Reject: a ballot that leaves anybody out is spoiled.
    """

    UNCOMPARED = "uncompared"
    LAST = "last"
    REJECT = "reject"


class Verdict(StrEnum):
    """What an election ends with. A tie is shown, and left to the rule of ties.

    Nobody: no ballot says anything, or the default option comes before everybody.
    """

    DECIDED = "decided"
    TIED = "tied"
    NO_QUORUM = "no_quorum"
    NOBODY = "nobody"


@dataclass(frozen=True)
class ElectionSettings:
    """How to choose. Each method names the fields it reads.

    seats: how many are to be chosen.
    unmarked: what no mark means.
    quorum: the part of the registered that must take part, or None.
    default_option: the candidate that stands for "none of these" or "the text as it is", or "".
    majority: how many times as many ballots must place a candidate above the default option as
        below it (3 for "three to one"); more than, when it is 1.
    above_default: more ballots than this must place a candidate above the default option.
    grades: the words of the grades, best first; empty for other methods.
    most_marks: how many candidates one ballot may mark at most, or None.
    highest: the best score one candidate may get, or the points one ballot may give in all.
    tie_break: candidates in the order of a draw made in public and recorded, best first; empty
        when no draw was made. It is read only where nothing else separates candidates.

    Raises InvalidCount when a number makes no sense.
    """

    seats: int = 1
    unmarked: Unmarked = Unmarked.LAST
    quorum: Fraction | None = None
    default_option: str = ""
    majority: Fraction = Fraction(1)
    above_default: Fraction = Fraction(0)
    grades: tuple[str, ...] = ()
    most_marks: int | None = None
    highest: int | None = None
    tie_break: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise InvalidCount("no_seat")
        if self.majority < 1 or self.above_default < 0:
            raise InvalidCount("majority_out_of_range")
        if self.quorum is not None and not 0 < self.quorum <= 1:
            raise InvalidCount("quorum_out_of_range")

    def to_json(self) -> dict[str, Any]:
        """The settings as JSON values, every field named, fractions as "2/3"."""
        return {one.name: plain(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ElectionSettings:
        """The settings that `to_json` wrote. A field left out keeps its default.

        Raises InvalidSettings on an unknown field or value, InvalidCount on a senseless number.
        """
        known = {one.name for one in fields(cls)}
        given: dict[str, Any] = {}
        for name, value in values.items():
            if name not in known:
                raise InvalidSettings(SettingProblem.UNKNOWN_SETTING, name)
            given[name] = setting_from_value(name, value)
        if "unmarked" in given:
            if given["unmarked"] not in list(Unmarked):
                raise InvalidSettings(SettingProblem.UNKNOWN_VALUE, "unmarked")
            given["unmarked"] = Unmarked(given["unmarked"])
        return cls(**given)


@dataclass(frozen=True)
class Dropped:
    """A candidate who left the count before its end; `reason` is a code."""

    candidate: str
    reason: str


@dataclass(frozen=True)
class Round:
    """One round of the count.

    scores: what each candidate has as the round begins, as exact text ("1913" or "45/2" or
        "8.00000").
    after: what each has as it ends, when votes moved in this round; else empty.
    elected, eliminated: who was settled in this round.
    exhausted: the ballots, or parts of ballots, that go to nobody any more as the round ends.
    lost: what rounding down has cost so far.
    note: the code of what happened, for its sentence.
    """

    number: int
    scores: Mapping[str, str]
    elected: tuple[str, ...] = ()
    eliminated: tuple[str, ...] = ()
    exhausted: str = "0"
    note: str = ""
    after: Mapping[str, str] = field(default_factory=dict)
    lost: str = "0"

    def to_json(self) -> dict[str, Any]:
        """The round as JSON values."""
        return {one.name: plain(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Round:
        """The round that `to_json` wrote."""
        names = {name: tuple(stored[name]) for name in ("elected", "eliminated")}
        return cls(**{**stored, **names})


@dataclass(frozen=True)
class Ranking:
    """The one stored result of an election; every page, mail and export reads it.

    order: groups from best to worst; those of one group are tied, and nothing in the ballots
        separates them, even when a recorded draw gave a seat to one of them. Who was dropped is
        in no group.
    elected: who is chosen, in the order of the groups; empty seats stay empty rather than being
        filled in silence. The default option alone when it comes before everybody.
    tied: those whom the rule of ties must separate before the count can end; empty when there
        is no such tie.
    quorum_needed: 0 without a quorum.
    dropped: who left the count, and why.
    rounds: the count, step by step, for the methods that have rounds.
    pairwise: for the methods that compare two by two, how many ballots prefer the first.
    profile: for the methods with grades, how many of each grade, best first.
    quota: what one seat costs, as exact text, for the methods that have a quota.
    lines: the verdict first, then its arithmetic.
    """

    method: str
    verdict: Verdict
    turnout: Turnout
    order: tuple[tuple[str, ...], ...]
    elected: tuple[str, ...]
    lines: tuple[Line, ...]
    tied: tuple[str, ...] = ()
    quorum_needed: int = 0
    dropped: tuple[Dropped, ...] = ()
    rounds: tuple[Round, ...] = ()
    pairwise: Mapping[tuple[str, str], int] = field(default_factory=dict)
    profile: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    quota: str = ""

    def to_json(self) -> dict[str, Any]:
        """The ranking as JSON values, every field named; `from_json` reads it back.

        `pairwise` is a table: how many ballots prefer the outer name to the inner one.
        """
        table: dict[str, dict[str, int]] = {}
        for (one, other), ballots in self.pairwise.items():
            table.setdefault(one, {})[other] = ballots
        return {
            "method": self.method,
            "verdict": self.verdict.value,
            "order": [list(group) for group in self.order],
            "elected": list(self.elected),
            "tied": list(self.tied),
            "rounds": [one.to_json() for one in self.rounds],
            "dropped": [{"candidate": one.candidate, "reason": one.reason} for one in self.dropped],
            "turnout": {one.name: getattr(self.turnout, one.name) for one in fields(Turnout)}
            | {"not_voted": self.turnout.not_voted},
            "quorum_needed": self.quorum_needed,
            "quota": self.quota,
            "pairwise": table,
            "profile": {name: list(counts) for name, counts in self.profile.items()},
            "lines": [{"code": line.code, "values": dict(line.values)} for line in self.lines],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Ranking:
        """The ranking that `to_json` wrote. Raises KeyError or ValueError on anything else."""
        turnout = {one.name: stored["turnout"][one.name] for one in fields(Turnout)}
        return cls(
            method=stored["method"],
            verdict=Verdict(stored["verdict"]),
            turnout=Turnout(**turnout),
            order=tuple(tuple(group) for group in stored["order"]),
            elected=tuple(stored["elected"]),
            lines=tuple(Line(line["code"], line["values"]) for line in stored["lines"]),
            tied=tuple(stored["tied"]),
            quorum_needed=stored["quorum_needed"],
            dropped=tuple(Dropped(**one) for one in stored["dropped"]),
            rounds=tuple(Round.from_json(one) for one in stored["rounds"]),
            pairwise={
                (one, other): ballots
                for one, row in stored["pairwise"].items()
                for other, ballots in row.items()
            },
            profile={name: tuple(counts) for name, counts in stored["profile"].items()},
            quota=stored["quota"],
        )


class Election(Protocol):
    """One way to choose among candidates. Pure: same ballots, same ranking, in any order.

    The shape that a file of `methods/` gives its `METHOD` when voters choose among candidates;
    `voting.method.Method` is the shape of those that adopt or reject one text. `settings` are the
    names of the fields of `ElectionSettings` that change its count.
    """

    key: str
    label: str
    ballot: BallotForm
    settings: tuple[str, ...]
    laws: frozenset[Law]

    def read(
        self, raw: Mapping[str, str], candidates: Sequence[str], settings: ElectionSettings
    ) -> Paper:
        """Turn a filled form into a ballot, or raise InvalidChoice.

        The fields are `mark.0`, `mark.1`, … in the order of the candidates, `blank` for a blank
        ballot on purpose, and `reason`. Never guesses: an empty form is an error, not a blank
        ballot, and an unknown value is an error.
        """
        ...

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """Count, with whole numbers and fractions only, and explain line by line.

        The order of ballots and of candidates changes nothing. Raises InvalidCount.
        """
        ...
