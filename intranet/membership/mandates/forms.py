"""What a member typed about a mandate, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid
from intranet.core.text import whole_number
from intranet.membership.mandates.service import NewMandate

FIELDS = ("person_id", "role", "other_role", "body_id", "starts_on", "ends_on", "decision_number")


@dataclass
class MandateForm:
    """What was typed, kept as it is, with the message for each field."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls, **known: str) -> MandateForm:
        """A form that begins with these fields."""
        return cls(dict.fromkeys(FIELDS, "") | known)

    @classmethod
    def from_request(cls, typed: Mapping[str, str]) -> MandateForm:
        """The fields of a form."""
        return cls({name: typed.get(name, "").strip() for name in FIELDS})

    def mandate(self) -> NewMandate:
        """The mandate that the fields say. Raises Invalid naming the field."""
        starts_on = self.day("starts_on")
        if starts_on is None:
            raise Invalid(starts_on="membership.mandate_day_unclear")
        body = self.values["body_id"]
        return NewMandate(
            person_id=_number(self.values["person_id"]),
            role=self.values["role"] or self.values["other_role"],
            starts_on=starts_on,
            decision_number=self.values["decision_number"],
            body_id=_number(body) if body else None,
            ends_on=self.day("ends_on"),
        )

    def day(self, name: str) -> date | None:
        """The day of a field, None when it is empty. Raises Invalid naming the field."""
        typed = self.values[name]
        found = parse_date(typed) if typed else None
        if typed and found is None:
            raise Invalid(**{name: "membership.mandate_day_unclear"})
        return found


def _number(typed: str) -> int:
    """The number typed, 0 for anything else: nothing has the number 0."""
    return whole_number(typed) or 0
