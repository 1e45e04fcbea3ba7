"""What a person typed in the form of an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import MultiDict

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid
from intranet.core.text import whole_number
from intranet.members.statuses import Audience
from intranet.proposals.acts.desk import ActDesk
from intranet.proposals.kinds.mandate import Act
from intranet.proposals.outlines.sections import answers_of
from intranet.proposals.planned import ACTION_FIELDS
from intranet.wiki.models import Layer

PLAIN = (
    "title",
    "motivation",
    "text",
    "procedure",
    "audience",
    "effective_on",
    "review_on",
    "ends_on",
    "past_because",
    *ACTION_FIELDS,
)
OWN = (
    "act", "person", "name", "status", "role", "own_role", "body", "until", "mandate", "seats",
    "rule_title", "layer", "parent", "number", "after",
)  # fmt: skip


@dataclass
class ActForm:
    """What was typed, kept as it is, with the messages for each field.

    `candidates` are the numbers ticked; `texts` the new words of each rule by its number.
    """

    values: dict[str, str]
    candidates: tuple[str, ...] = ()
    texts: dict[int, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls, desk: ActDesk) -> ActForm:
        """The empty form, with the present words of the rules where there are some."""
        closed = desk.kind == "status"
        values = dict.fromkeys((*PLAIN, *OWN), "") | {"seats": "1", "act": Act.GIVE.value}
        values["audience"] = (Audience.MEMBERS if closed else Audience.WORKERS).value
        values["layer"] = Layer.OPERATING_RULES.value
        if desk.choices:
            values["procedure"] = desk.choices[0].procedure.key
        texts = {rule.page_id: rule.body for rule in desk.rules}
        return cls(values, texts=texts, answers=tuple(one.text for one in desk.sections))

    @classmethod
    def from_request(cls, form: MultiDict[str, str]) -> ActForm:
        """The fields of an act, line endings as the product writes them."""
        values = {name: form.get(name, "").replace("\r\n", "\n") for name in (*PLAIN, *OWN)}
        return cls(values, tuple(form.getlist("candidates")), texts_of(form), answers_of(form))

    def number(self, name: str) -> int | None:
        """The number chosen in a list; None for nothing chosen."""
        return whole_number(self.values[name])

    def day(self, name: str) -> date | None:
        """The day typed, None for none. Raises Invalid."""
        typed = self.values[name].strip()
        day = parse_date(typed) if typed else None
        if typed and day is None:
            raise Invalid(**{name: "date_unclear"})
        return day

    def role(self) -> str:
        """The role chosen from the list, or the one that was written. Raises Invalid."""
        role = " ".join((self.values["own_role"] or self.values["role"]).split())
        if not role or len(role) > 80:
            raise Invalid(role="role_missing")
        return role


def texts_of(form: Mapping[str, str]) -> dict[int, str]:
    """The new words of each rule, by its number."""
    named = ((name.partition("new_text-"), text) for name, text in form.items())
    numbered = ((whole_number(key), text) for (before, _mark, key), text in named if not before)
    return {key: text.replace("\r\n", "\n") for key, text in numbered if key is not None}
