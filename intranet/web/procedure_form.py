"""The form of a procedure: what a person typed, and what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from intranet.core.policy import Invalid
from intranet.polls.procedure_models import (
    THE_BODY,
    Course,
    Electorate,
    InvalidElectorate,
    Kind,
    NewProcedure,
    by_name,
    by_status,
    settings_from_form,
)
from intranet.polls.procedure_queries import ProcedureCard
from intranet.voting import registry
from intranet.voting.election import ElectionSettings
from intranet.voting.settings import Settings, fraction_to_text
from intranet.voting.types import Setting, TieRule
from intranet.web.course_fields import COURSE_FIELDS, course_of, typed_course
from intranet.web.election_fields import (
    ELECTION_FIELDS,
    election_of,
    offered,
    told_in_vain,
    typed_election,
)
from intranet.web.procedure_folds import readers, unfolded
from intranet.wiki.models import Layer

STRICT = "more_than"
NOT_STRICT = "at_least"
FIELDS = (
    "key",
    "version",
    "name",
    "description",
    "body_id",
    "method",
    "base",
    "threshold",
    "strict",
    "blank_counts",
    "lowest_block",
    "silence",
    "tie",
    "objection_override",
    "quorum",
    "secret",
    "min_discussion_hours",
    "min_voting_hours",
    *ELECTION_FIELDS,
    "electorate",
    "proxy_cap",
    *COURSE_FIELDS,
)
_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass
class ProcedureForm:
    """What was typed, kept as it is, with the messages for each field.

    `layers`, `statuses`, `people`, `advisory` and `kinds` are the boxes ticked; `key` and `version`
    name the version that the person saw, and are empty for a new procedure.
    """

    values: dict[str, str]
    layers: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    advisory: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_request(cls, form: MultiDict[str, str]) -> ProcedureForm:
        """The fields of a procedure, line endings as the product writes them."""
        values = {name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS}
        layers, statuses = form.getlist("layers"), form.getlist("statuses")
        people, advisory = form.getlist("people"), form.getlist("advisory")
        return cls(values, layers, statuses, people, advisory, form.getlist("kinds"))

    @property
    def unfolded(self) -> frozenset[str]:
        """The parts of the form to show open: those that say anything unusual, or are wrong."""
        ticked = {
            "statuses": self.statuses,
            "people": self.people,
            "advisory": self.advisory,
            "kinds": self.kinds,
        }
        return unfolded(self.values, ProcedureForm.blank().values, ticked, self.errors)

    def readers(self, part: str) -> tuple[str, ...]:
        """The methods with which this part of the form opens."""
        return readers(part)

    @classmethod
    def blank(cls) -> ProcedureForm:
        """A new procedure: the defaults of a count, nothing decided for the members."""
        given = {"min_discussion_hours": "0", "min_voting_hours": "24", "electorate": "body"}
        counting = _counting(Settings()) | given | {"threshold": ""}
        usual = typed_election(None) | typed_course(Course())
        return cls(dict.fromkeys(FIELDS, "") | counting | usual)

    @classmethod
    def of(cls, card: ProcedureCard) -> ProcedureForm:
        """The current version of a procedure, to be changed into the next one."""
        return cls.told(new_of(card), str(card.version))

    @classmethod
    def told(cls, card: NewProcedure, version: str = "") -> ProcedureForm:
        """A procedure as somebody described it, in the form."""
        values = _counting(card.settings) | {
            "key": card.key,
            "version": version,
            "name": card.name,
            "description": card.description,
            "body_id": str(card.body_id),
            "method": card.method,
            "secret": "1" if card.secret else "",
            "min_discussion_hours": str(card.min_discussion_hours),
            "min_voting_hours": str(card.min_voting_hours),
            "electorate": card.electorate.kind.value,
            "proxy_cap": "" if card.proxy_cap is None else str(card.proxy_cap),
        }
        if Setting.THRESHOLD not in registry.settings_read(card.method):
            values["threshold"] = ""
        values |= typed_election(card.election)
        people = card.electorate
        return cls(
            values | typed_course(card.course),
            list(card.layers),
            sorted(people.statuses),
            [str(number) for number in people.people],
            list(card.advisory),
            list(card.course.kinds),
        )

    def procedure(self) -> NewProcedure:
        """The procedure that the fields mean. Raises Invalid naming every field that is wrong."""
        errors: dict[str, str] = {}
        settings = self._settings(errors)
        hours = {name: self._hours(name, errors) for name in ("discussion", "voting")}
        electorate, cap = self._electorate(errors), self._proxy_cap(errors)
        if not set(self.layers) <= set(Layer):
            errors["layers"] = "setting_unknown_value"
        course = course_of(self.values, self.kinds, errors)
        election = self._election(settings, errors)
        if settings is None or errors:
            raise Invalid(**errors)
        values = self.values
        return NewProcedure(
            name=values["name"],
            description=values["description"],
            body_id=_whole(values["body_id"]) or 0,
            method=values["method"],
            settings=Settings(quorum=settings.quorum) if election else settings,
            election=election,
            secret=bool(values["secret"]),
            min_discussion_hours=hours["discussion"],
            min_voting_hours=hours["voting"],
            layers=tuple(layer for layer in Layer if layer in self.layers),
            electorate=electorate,
            proxy_cap=cap,
            advisory=tuple(self.advisory),
            key=values["key"],
            after_version=_whole(values["version"]),
            course=course,
        )

    def _settings(self, errors: dict[str, str]) -> Settings | None:
        """The settings, or None with every field that means nothing added to the errors."""
        typed = self._typed()
        for name, value in typed.items():
            try:
                settings_from_form({"strict": typed["strict"], name: value})
            except Invalid as problem:
                errors.update(problem.errors)
        return None if errors else settings_from_form(typed)

    def _election(
        self, settings: Settings | None, errors: dict[str, str]
    ) -> ElectionSettings | None:
        """How options are chosen, for the methods that do; what says nothing is an error."""
        if settings is not None:
            errors |= told_in_vain(self.values, settings)
        if self.values["method"] not in offered():
            return None
        return election_of(self.values, settings.quorum if settings else None, errors)

    def _typed(self) -> Mapping[str, str | bool | None]:
        """The settings as JSON values; an empty threshold is left out where nothing reads it."""
        values = {name: self.values[name].strip() for name in FIELDS}
        typed: dict[str, str | bool | None] = {
            "base": values["base"],
            "silence": values["silence"],
            "tie": values["tie"] or TieRule.REJECTED,
            "strict": values["strict"] != NOT_STRICT,
            "blank_counts": bool(values["blank_counts"]),
            "lowest_block": bool(values["lowest_block"]),
            "quorum": _fraction(values["quorum"]) or None,
            "objection_override": _fraction(values["objection_override"]) or None,
        }
        if values["threshold"] or _reads_threshold(values["method"]):
            typed["threshold"] = _fraction(values["threshold"])
        return typed

    def _electorate(self, errors: dict[str, str]) -> Electorate:
        """Who votes; the body when the field means nothing, with the reason added to the errors."""
        kind = self.values["electorate"] or Kind.BODY
        try:
            if kind == Kind.STATUSES:
                return by_status(self.statuses)
            if kind == Kind.PEOPLE:
                return by_name(_whole(number) or 0 for number in self.people)
            return Electorate.from_text("" if kind == Kind.BODY else kind)
        except InvalidElectorate as problem:
            errors["electorate"] = problem.code
            return THE_BODY

    def _proxy_cap(self, errors: dict[str, str]) -> int | None:
        typed = self.values["proxy_cap"].strip()
        cap = _whole(typed)
        if typed and cap is None:
            errors["proxy_cap"] = "proxy_cap_unclear"
        return cap

    def _hours(self, name: str, errors: dict[str, str]) -> int:
        hours = _whole(self.values[f"min_{name}_hours"])
        if hours is None:
            errors[f"min_{name}_hours"] = "hours_unclear"
        return hours or 0


def new_of(card: ProcedureCard) -> NewProcedure:
    """A stored version as a description, from which the next one can be written."""
    return NewProcedure(
        name=card.name,
        description=card.description,
        body_id=card.body_id,
        method=card.method,
        settings=card.settings,
        secret=card.secret,
        min_discussion_hours=card.min_discussion_hours,
        min_voting_hours=card.min_voting_hours,
        layers=card.layers,
        electorate=card.electorate,
        proxy_cap=card.proxy_cap,
        advisory=card.advisory,
        key=card.key,
        after_version=card.version,
        course=card.course,
        election=card.election,
    )


def _counting(settings: Settings) -> dict[str, str]:
    """The settings as the fields of the form show them."""
    override, quorum = settings.objection_override, settings.quorum
    return {
        "base": settings.base.value,
        "threshold": fraction_to_text(settings.threshold),
        "strict": STRICT if settings.strict else NOT_STRICT,
        "blank_counts": "1" if settings.blank_counts else "",
        "lowest_block": "1" if settings.lowest_block else "",
        "silence": settings.silence.value,
        "tie": settings.tie.value,
        "quorum": fraction_to_text(quorum) if quorum else "",
        "objection_override": fraction_to_text(override) if override else "",
    }


def _fraction(typed: str) -> str:
    """A fraction as typed, without the spaces people put around the bar."""
    return "/".join(part.strip() for part in typed.split("/"))


def _whole(typed: str) -> int | None:
    return int(typed) if _WHOLE.fullmatch(typed.strip()) else None


def _reads_threshold(method: str) -> bool:
    return any(
        one.key == method and Setting.THRESHOLD in one.settings for one in registry.all_methods()
    )
