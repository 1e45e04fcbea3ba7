"""Up to which instant a daily or weekly mail tells, by the clock on the wall (pure)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from intranet.notices.kinds import Way


def last_cutoff(now: datetime, way: Way, hour: int, zone: ZoneInfo) -> tuple[date, datetime]:
    """The last day on which a mail of this kind was or is to go out, and its instant in UTC.

    Daily mails go out at the hour of each day, weekly ones at the hour of Monday. A worker that
    stood still sends the last one late, and never two. An hour that the change of clocks skips is
    moved past the gap; one that occurs twice means the first occurrence.
    """
    day = now.astimezone(zone).date()
    if way is Way.WEEKLY:
        day -= timedelta(days=day.weekday())
    instant = _at(day, hour, zone)
    if instant <= now:
        return day, instant
    day -= timedelta(days=7 if way is Way.WEEKLY else 1)
    return day, _at(day, hour, zone)


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)
