"""What was typed to lend a voice: numbers of people and things, and days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid

_WHOLE = re.compile(r"[0-9]{1,9}")


def whole_number(typed: str) -> int | None:
    """A number as our own forms and links write it; None for anything else."""
    return int(typed) if _WHOLE.fullmatch(typed) else None


def days_typed(typed: Mapping[str, str]) -> tuple[date, date]:
    """The first and the last day. Raises Invalid naming each field that says no day."""
    starts_on = parse_date(typed.get("starts_on", ""))
    ends_on = parse_date(typed.get("ends_on", ""))
    if starts_on is None or ends_on is None:
        missing = {"starts_on": starts_on, "ends_on": ends_on}
        raise Invalid(**{name: "date_unclear" for name, day in missing.items() if day is None})
    return starts_on, ends_on
