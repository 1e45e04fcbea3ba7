"""What a person typed about a decision that they looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid
from intranet.decisions.reviews.service import Answers

FIELDS = ("helped", "against", "better", "outcome", "next_on")


@dataclass
class ReviewForm:
    """What was typed, kept as it is, with the message for each field."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls, next_on: date) -> ReviewForm:
        """An empty form that proposes a day for the next review."""
        return cls({**dict.fromkeys(FIELDS, ""), "next_on": next_on.isoformat()})

    @classmethod
    def from_request(cls, form: Mapping[str, str]) -> ReviewForm:
        """The fields of a form, line endings as the product writes them."""
        return cls({name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS})

    def answers(self) -> Answers:
        """What the fields mean. Raises Invalid naming the field."""
        typed = self.values["next_on"].strip()
        day = parse_date(typed)
        if typed and day is None:
            raise Invalid(next_on="decision_date_unclear")
        said = {name: self.values[name] for name in ("helped", "against", "better", "outcome")}
        return Answers(**said, next_on=day)
