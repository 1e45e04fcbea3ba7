"""The form of a procedure: what a person typed, and what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from intranet.core.policy import Invalid
from intranet.polls import electorates
from intranet.polls.electorates import Electorate, InvalidElectorate, Kind
from intranet.polls.procedure_queries import ProcedureCard
from intranet.polls.service import NewProcedure, settings_from_form
from intranet.voting import registry
from intranet.voting.settings import Settings, fraction_to_text
from intranet.voting.types import Setting
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
    "silence",
    "objection_override",
    "quorum",
    "secret",
    "min_discussion_hours",
    "min_voting_hours",
    "electorate",
    "proxy_cap",
)
_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass
class ProcedureForm:
    """What was typed, kept as it is, with the messages for each field.

    `layers`, `statuses`, `people` and `advisory` are the boxes ticked; `key` and `version` name the
    version that the person saw, and are empty for a new procedure.
    """

    values: dict[str, str]
    layers: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    advisory: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_request(cls, form: MultiDict[str, str]) -> ProcedureForm:
        """The fields of a procedure, line endings as the product writes them."""
        values = {name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS}
        layers, statuses = form.getlist("layers"), form.getlist("statuses")
        return cls(values, layers, statuses, form.getlist("people"), form.getlist("advisory"))

    @classmethod
    def blank(cls) -> ProcedureForm:
        """A new procedure: the defaults of a count, nothing decided for the members."""
        given = {"min_discussion_hours": "0", "min_voting_hours": "24", "electorate": "body"}
        return cls(dict.fromkeys(FIELDS, "") | _counting(Settings()) | given | {"threshold": ""})

    @classmethod
    def of(cls, card: ProcedureCard) -> ProcedureForm:
        """The current version of a procedure, to be changed into the next one."""
        values = _counting(card.settings) | {
            "key": card.key,
            "version": str(card.version),
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
        if Setting.THRESHOLD not in registry.method(card.method).settings:
            values["threshold"] = ""
        people = card.electorate
        return cls(
            values,
            list(card.layers),
            sorted(people.statuses),
            [str(number) for number in people.people],
            list(card.advisory),
        )

    def procedure(self) -> NewProcedure:
        """The procedure that the fields mean. Raises Invalid naming every field that is wrong."""
        errors: dict[str, str] = {}
        settings = self._settings(errors)
        hours = {name: self._hours(name, errors) for name in ("discussion", "voting")}
        electorate, cap = self._electorate(errors), self._proxy_cap(errors)
        if not set(self.layers) <= set(Layer):
            errors["layers"] = "setting_unknown_value"
        if settings is None or errors:
            raise Invalid(**errors)
        values = self.values
        return NewProcedure(
            name=values["name"],
            description=values["description"],
            body_id=_whole(values["body_id"]) or 0,
            method=values["method"],
            settings=settings,
            secret=bool(values["secret"]),
            min_discussion_hours=hours["discussion"],
            min_voting_hours=hours["voting"],
            layers=tuple(layer for layer in Layer if layer in self.layers),
            electorate=electorate,
            proxy_cap=cap,
            advisory=tuple(self.advisory),
            key=values["key"],
            after_version=_whole(values["version"]),
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

    def _typed(self) -> Mapping[str, str | bool | None]:
        """The settings as JSON values; an empty threshold is left out where nothing reads it."""
        values = {name: self.values[name].strip() for name in FIELDS}
        typed: dict[str, str | bool | None] = {
            "base": values["base"],
            "silence": values["silence"],
            "strict": values["strict"] != NOT_STRICT,
            "blank_counts": bool(values["blank_counts"]),
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
                return electorates.by_status(self.statuses)
            if kind == Kind.PEOPLE:
                return electorates.by_name(_whole(number) or 0 for number in self.people)
            return Electorate.from_text("" if kind == Kind.BODY else kind)
        except InvalidElectorate as problem:
            errors["electorate"] = problem.code
            return electorates.THE_BODY

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


def _counting(settings: Settings) -> dict[str, str]:
    """The settings as the fields of the form show them."""
    override, quorum = settings.objection_override, settings.quorum
    return {
        "base": settings.base.value,
        "threshold": fraction_to_text(settings.threshold),
        "strict": STRICT if settings.strict else NOT_STRICT,
        "blank_counts": "1" if settings.blank_counts else "",
        "silence": settings.silence.value,
        "quorum": fraction_to_text(quorum) if quorum else "",
        "objection_override": fraction_to_text(override) if override else "",
    }


def _fraction(typed: str) -> str:
    """A fraction as typed, without the spaces people put around the bar."""
    return re.sub(r"\s*/\s*", "/", typed)


def _whole(typed: str) -> int | None:
    return int(typed) if _WHOLE.fullmatch(typed.strip()) else None


def _reads_threshold(method: str) -> bool:
    return any(
        one.key == method and Setting.THRESHOLD in one.settings for one in registry.all_methods()
    )
