"""Time as the cooperative lives it: instants in UTC, days in its own time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, aware, in UTC. Only entrances and the ground call it."""
    return datetime.now(UTC)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an instant in the cooperative's time zone."""
    return instant.astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a calendar day in the zone, as UTC."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def same_wall_time_after(instant: datetime, hours: int, zone: ZoneInfo) -> datetime:
    """The instant `hours` later; whole days keep the wall-clock time across a clock change."""
    days, rest = divmod(hours, 24)
    local = instant.astimezone(zone)
    moved = (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone)
    return moved.astimezone(UTC) + timedelta(hours=rest)


def wall_time(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a naive wall-clock time typed by a member.

    A time that does not exist (spring) is moved past the gap; one that occurs twice (autumn)
    means the first occurrence.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def wall_time_doubt(local: datetime, zone: ZoneInfo) -> str:
    """Why a naive wall-clock time names no single instant: "skipped" in spring, "twice" in autumn,
    and empty when it does."""
    first = local.replace(tzinfo=zone, fold=0)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        return "skipped"
    return "" if first.utcoffset() == local.replace(tzinfo=zone, fold=1).utcoffset() else "twice"
