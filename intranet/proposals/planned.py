"""What a proposal asks somebody to do once it is adopted, as it is typed and stored (pure)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from intranet.core.dates import parse_date
from intranet.core.events import canonical
from intranet.core.policy import Invalid

MOST_ACTIONS = 5
LONGEST_ACTION = 255
_PARTS = ("action_what", "action_owner", "action_due")
ACTION_FIELDS = tuple(f"{part}-{index}" for index in range(MOST_ACTIONS) for part in _PARTS)
"""The names of the fields in which actions are typed."""


@dataclass(frozen=True)
class PlannedAction:
    """Something to do because of a decision that is not taken yet, who does it, and until when."""

    what: str
    owner_id: int
    due_on: date | None = None


def written(actions: Sequence[PlannedAction]) -> str:
    """The actions as a version stores them."""
    rows = [(one.what, one.owner_id, one.due_on) for one in actions]
    return canonical([[what, owner, due.isoformat() if due else None] for what, owner, due in rows])


def read(stored: str) -> tuple[PlannedAction, ...]:
    """The actions that `written` stored."""
    return tuple(
        PlannedAction(what, owner, date.fromisoformat(due) if due else None)
        for what, owner, due in json.loads(stored)
    )


def as_fields(actions: Sequence[PlannedAction]) -> dict[str, str]:
    """The fields of a form filled with these actions."""
    found = dict.fromkeys(ACTION_FIELDS, "")
    for index, one in enumerate(actions[:MOST_ACTIONS]):
        due = one.due_on.isoformat() if one.due_on else ""
        found |= zip(
            (f"{part}-{index}" for part in _PARTS),
            (one.what, str(one.owner_id), due),
            strict=True,
        )
    return found


def actions_from(values: Mapping[str, str]) -> tuple[PlannedAction, ...]:
    """The actions typed in a form; a row without words is none. Raises Invalid for the field."""
    rows = (tuple(values[f"{part}-{n}"].strip() for part in _PARTS) for n in range(MOST_ACTIONS))
    return tuple(_action(n, *row) for n, row in enumerate(rows) if any(row))


def _action(index: int, what: str, owner: str, due: str) -> PlannedAction:
    day = parse_date(due) if due else None
    if not what or len(what) > LONGEST_ACTION:
        code = "action_too_long" if what else "action_missing"
        raise Invalid(**{f"action_what-{index}": code})
    if not owner.isdecimal() or len(owner) > 9:
        raise Invalid(**{f"action_owner-{index}": "action_owner_unknown"})
    if due and day is None:
        raise Invalid(**{f"action_due-{index}": "date_unclear"})
    return PlannedAction(what, int(owner), day)
