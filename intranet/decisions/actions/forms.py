"""What a person typed about something to do, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid
from intranet.core.text import whole_number
from intranet.decisions.actions.models import ActionState
from intranet.decisions.actions.queries import ActionCard, ActionFilters
from intranet.decisions.actions.service import Move, Plan

FIELDS = ("what", "owner", "due_on", "state", "note", "after")
WHICH = ("", "mine", "overdue")


@dataclass
class ActionForm:
    """What was typed, kept as it is, with the message for each field."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls) -> ActionForm:
        """An empty form."""
        return cls(dict.fromkeys(FIELDS, ""))

    @classmethod
    def of(cls, card: ActionCard) -> ActionForm:
        """The form with what holds now."""
        due_on = card.due_on.isoformat() if card.due_on else ""
        known = {"owner": str(card.owner_id), "due_on": due_on, "state": card.state}
        return cls({**dict.fromkeys(FIELDS, ""), **known, "after": str(card.after)})

    @classmethod
    def from_request(cls, form: Mapping[str, str]) -> ActionForm:
        """The fields of a form, line endings as the product writes them."""
        return cls({name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS})

    def plan(self) -> Plan:
        """Something new to do. Raises Invalid naming the field."""
        return Plan(self.values["what"], self._owner(), self._day())

    def move(self) -> Move:
        """A further step. Raises Invalid naming the field."""
        after = self.values["after"]
        return Move(
            state=self.values["state"],
            owner_id=self._owner(),
            due_on=self._day(),
            after=whole_number(after) or 0,
            note=self.values["note"],
        )

    def _owner(self) -> int | None:
        typed = self.values["owner"]
        return whole_number(typed)

    def _day(self) -> date | None:
        typed = self.values["due_on"].strip()
        day = parse_date(typed)
        if typed and day is None:
            raise Invalid(due_on="decision_date_unclear")
        return day


def filters(typed: Mapping[str, str]) -> ActionFilters:
    """The filters in the address of the list; what makes no sense is left out."""
    which, state = typed.get("which", ""), typed.get("state", "")
    return ActionFilters(
        body=typed.get("body", ""),
        which=which if which in WHICH else "",
        state=state if state in set(ActionState) else ActionState.OPEN,
    )
