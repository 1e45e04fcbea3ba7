"""The days for which a voice is lent, as they were typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid


def days_typed(typed: Mapping[str, str]) -> tuple[date, date]:
    """The first and the last day. Raises Invalid naming each field that says no day."""
    starts_on = parse_date(typed.get("starts_on", ""))
    ends_on = parse_date(typed.get("ends_on", ""))
    if starts_on is None or ends_on is None:
        missing = {"starts_on": starts_on, "ends_on": ends_on}
        raise Invalid(**{name: "date_unclear" for name, day in missing.items() if day is None})
    return starts_on, ends_on
