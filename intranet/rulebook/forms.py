"""Days in addresses and forms of the rulebook."""

from __future__ import annotations

from datetime import date

from intranet.core.dates import parse_date

FIRST, LAST = date(1850, 1, 1), date(2200, 12, 31)


def day_of(typed: str | None) -> date | None:
    """The day typed, or None for nothing, for what is no day, and for days beyond all rules."""
    day = parse_date(typed) if typed else None
    return day if day and FIRST <= day <= LAST else None
