"""What a procedure says before it is written down: how it counts, and how its votes run (pure)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from intranet.core.policy import Invalid
from intranet.polls.electorates import THE_BODY as THE_BODY
from intranet.polls.electorates import Electorate as Electorate
from intranet.polls.electorates import InvalidElectorate as InvalidElectorate
from intranet.polls.electorates import Kind as Kind
from intranet.polls.electorates import by_name as by_name
from intranet.polls.electorates import by_status as by_status
from intranet.voting import registry
from intranet.voting.election import ElectionSettings
from intranet.voting.registry import is_election
from intranet.voting.settings import InvalidSettings, Settings
from intranet.voting.types import BallotForm

SMALLEST_SECRET = 5
"""Below this number a secret result would tell who chose what, unless a procedure dares less."""


class Choosers(StrEnum):
    """Who may choose a procedure for a proposal."""

    PROPOSERS = "proposers"
    MEMBERS = "members"
    MANDATED = "mandated"


class Custody(StrEnum):
    """Who keeps the key that opens the box of a secret vote."""

    SERVER = "server"
    TELLERS = "tellers"


class Tied(StrEnum):
    """What follows when the ballots leave options tied for the last places.

    Open: the tie is shown and decides nothing. Draw: by lot, from a seed drawn in public. Run-off:
    the same people vote again, among the tied alone.
    """

    OPEN = "open"
    DRAW = "draw"
    RUNOFF = "runoff"


class SecondIf(StrEnum):
    """After which result of the first vote the second convocation takes place.

    A missed quorum is the case of code de commerce, L. 223-30, L. 225-96 and L. 225-98; a majority
    that was not reached, that of L. 223-29.
    """

    NO_QUORUM = "no_quorum"
    NOT_ADOPTED = "not_adopted"


@dataclass(frozen=True)
class Course:
    """How a vote under a procedure runs, beside how it is counted. Hours are whole numbers.

    revotable: whether an open ballot may be changed until the end.
    early_close: whether the vote may be counted before its end once everybody has voted.
    extension_hours: by how much a vote is made longer, once, when its quorum is missed; 0 never.
    smallest_secret: how many people must be on the roll of a secret vote.
    second, second_if, second_after_hours: the key of the procedure of a second convocation, when
        it takes place and after how long; an empty key means none.
    keeps_votes: whether ballots given before a missed quorum count in the second convocation.
    escalation: the key of the procedure, of the parent body, to which a text not adopted goes.
    kinds: the kinds of proposal that it may decide; none named means all.
    choosers: who may choose it.
    reason_required: whether everybody gives a reason with an open ballot.
    custody: who keeps the opening key of a secret vote.
    seconders: how many people beside its authors must ask that a proposal be put to the vote.
    tied: what follows when options are tied for the last places.
    drawn_from: where the seed of a draw comes from, in words, so that it is known beforehand.
    consent: the key of the procedure by which a person named twice is chosen, where names are
        gathered; empty elsewhere.
    """

    revotable: bool = True
    early_close: bool = True
    extension_hours: int = 0
    smallest_secret: int = SMALLEST_SECRET
    second: str = ""
    second_if: SecondIf = SecondIf.NO_QUORUM
    second_after_hours: int = 0
    keeps_votes: bool = False
    escalation: str = ""
    kinds: tuple[str, ...] = ()
    choosers: Choosers = Choosers.PROPOSERS
    reason_required: bool = False
    custody: Custody = Custody.SERVER
    seconders: int = 0
    tied: Tied = Tied.OPEN
    drawn_from: str = ""
    consent: str = ""

    def to_json(self) -> dict[str, object]:
        """What differs from the defaults, so that digests taken before a field was known hold."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        changed = {
            field.name: given[field.name]
            for field in fields(self)
            if given[field.name] != field.default
        }
        if "kinds" in changed:
            changed["kinds"] = list(self.kinds)
        return changed

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Course:
        """The course that `to_json` wrote. Raises TypeError or ValueError on anything else."""
        given = dict(stored)
        if isinstance(kinds := given.get("kinds"), list):
            given["kinds"] = tuple(str(kind) for kind in kinds)
        if "second_if" in given:
            given["second_if"] = SecondIf(str(given["second_if"]))
        if "choosers" in given:
            given["choosers"] = Choosers(str(given["choosers"]))
        if "custody" in given:
            given["custody"] = Custody(str(given["custody"]))
        if "tied" in given:
            given["tied"] = Tied(str(given["tied"]))
        return cls(**given)  # type: ignore[arg-type]


@dataclass(frozen=True)
class NewProcedure:
    """A way to decide, as a person describes it; `key` is empty for a new one.

    `after_version` is the version the person changed, when they saw one. For a method that chooses
    among options, `election` says how, and `settings` holds nothing but its quorum.
    """

    name: str
    description: str
    body_id: int
    method: str
    settings: Settings
    secret: bool = False
    min_discussion_hours: int = 0
    min_voting_hours: int = 24
    layers: tuple[str, ...] = ()
    electorate: Electorate = THE_BODY
    proxy_cap: int | None = None
    advisory: tuple[str, ...] = ()
    key: str = ""
    after_version: int | None = None
    course: Course = Course()
    election: ElectionSettings | None = None

    @property
    def counted_by(self) -> dict[str, object]:
        """The settings of its count as JSON values, as they are stored and frozen."""
        told: dict[str, object] = {**(self.election or self.settings).to_json()}
        return told


def offers_the_same(
    method: str,
    other: str,
    election: ElectionSettings | None = None,
    other_election: ElectionSettings | None = None,
) -> bool:
    """Whether a ballot given under one method, with these settings among options, can be counted by
    the other one: it has the same lines, and its marks mean the same."""
    if is_election(method) or is_election(other):
        mine, theirs = election or ElectionSettings(), other_election or ElectionSettings()
        same = ("default_option", "grades", "highest", "most_marks")
        return method == other and all(getattr(mine, one) == getattr(theirs, one) for one in same)
    return registry.method(method).options == registry.method(other).options


def settings_from(
    method: str, stored: Mapping[str, object]
) -> tuple[Settings, ElectionSettings | None]:
    """What `counted_by` wrote: the settings of a vote on a text, or of a vote among options.

    The second one is None for a vote on a text; for the others, the first one holds the quorum.
    Raises InvalidSettings, UnknownMethod.
    """
    if not is_election(method):
        return Settings.from_json(stored), None
    election = ElectionSettings.from_json(stored)
    return Settings(quorum=election.quorum), election


def election_of(method: str, stored: str) -> ElectionSettings | None:
    """How options are chosen, from the settings as stored; None for a vote on a text."""
    return settings_from(method, json.loads(stored))[1]


def gathers_names(method: str) -> bool:
    """Whether everybody on the roll may be named under this method, which chooses nobody."""
    return registry.ballot_form(method) is BallotForm.NAME


def asks_advice(method: str) -> bool:
    """Whether people advise under this method, and the author of a proposal decides alone."""
    return registry.ballot_form(method) is BallotForm.ADVICE


def draws_lots(method: str) -> bool:
    """Whether nobody votes under this method: the list is published, then drawn from."""
    return registry.ballot_form(method) is BallotForm.NONE


_PLAIN = ("name", "description", "body_id", "method", "secret", "proxy_cap")
_HOURS = ("min_discussion_hours", "min_voting_hours")


@dataclass(frozen=True)
class ProcedureChange:
    """What a vote would write: the next version of a procedure, a first one, or its end.

    `key` and `after_version` name the version that the author saw, and are empty for a new
    procedure; `new` is None when the procedure would be retired.
    """

    key: str
    after_version: int | None
    new: NewProcedure | None

    def to_json(self) -> dict[str, object]:
        """The change as JSON values; `from_json` gives back an equal change."""
        new = self.new
        return {
            "key": self.key,
            "after_version": self.after_version,
            "new": None
            if new is None
            else {name: getattr(new, name) for name in (*_PLAIN, *_HOURS)}
            | {
                "settings": new.counted_by,
                "layers": list(new.layers),
                "electorate": new.electorate.to_text(),
                "advisory": list(new.advisory),
                "course": new.course.to_json(),
            },
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> ProcedureChange:
        """The change that `to_json` wrote. Raises KeyError or ValueError on anything else."""
        key, after = str(stored["key"]), stored["after_version"]
        version = after if isinstance(after, int) else None
        told = stored["new"]
        if not isinstance(told, Mapping):
            return cls(key, version, None)
        settings, election = settings_from(told["method"], told["settings"])
        new = NewProcedure(
            **{name: told[name] for name in (*_PLAIN, *_HOURS)},
            settings=settings,
            election=election,
            layers=tuple(told["layers"]),
            electorate=Electorate.from_text(told["electorate"]),
            advisory=tuple(told["advisory"]),
            key=key,
            after_version=version,
            course=Course.from_json(told["course"]),
        )
        return cls(key, version, new)


def settings_from_form(values: Mapping[str, object]) -> Settings:
    """Settings from JSON values. Raises Invalid naming the field."""
    try:
        return Settings.from_json(values)
    except InvalidSettings as problem:
        raise Invalid(**{problem.setting: f"setting_{problem.code.value}"}) from problem
