"""What a member typed about a body, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from intranet.core.text import whole_number
from intranet.members.queries import BodyCard
from intranet.membership.bodies.service import BodyWords

FIELDS = ("code", "name", "description", "parent_id", "decision_number")


@dataclass
class BodyForm:
    """What was typed, kept as it is, with the message for each field."""

    values: dict[str, str]
    statuses: list[str]
    people: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls) -> BodyForm:
        """A new body."""
        return cls(dict.fromkeys(FIELDS, ""), [])

    @classmethod
    def of(cls, card: BodyCard, people: Sequence[int]) -> BodyForm:
        """A body as it is, with those who belong to it."""
        values = {
            "code": card.code,
            "name": card.name,
            "description": card.description,
            "parent_id": str(card.parent_id or ""),
            "decision_number": "",
        }
        return cls(values, sorted(card.statuses), list(map(str, people)))

    @classmethod
    def from_request(cls, typed: MultiDict[str, str]) -> BodyForm:
        """The fields of a form, line endings as the product writes them."""
        values = {name: typed.get(name, "").replace("\r\n", "\n") for name in FIELDS}
        return cls(values, typed.getlist("statuses"), typed.getlist("people"))

    def words(self) -> BodyWords:
        """What the fields say; a wider body that is no number is none that exists."""
        wider = self.values["parent_id"]
        return BodyWords(
            name=self.values["name"],
            description=self.values["description"],
            parent_id=(whole_number(wider) or 0) if wider else None,
            decision_number=self.values["decision_number"],
            people=frozenset(whole_number(one) or 0 for one in self.people),
        )
