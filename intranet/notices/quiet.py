"""When mail may go out to somebody who wants quiet days and quiet hours (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Quiet:
    """Days of the week (0 is Monday) and hours without mail, in the cooperative's zone.

    Hours may go over midnight: from 20 to 8. The same hour twice means no quiet hours.
    """

    days: frozenset[int] = frozenset()
    from_hour: int = 0
    to_hour: int = 0

    def holds(self, local: datetime) -> bool:
        """Whether this is a quiet moment."""
        if local.weekday() in self.days:
            return True
        if self.from_hour <= self.to_hour:
            return self.from_hour <= local.hour < self.to_hour
        return local.hour >= self.from_hour or local.hour < self.to_hour


NONE = Quiet()


def next_moment(instant: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """The first moment from an instant on at which mail may go out, by whole hours.

    Steps go by the clock on the wall, so an hour that the change of clocks skips is no trap. Seven
    quiet days would never end: then the instant itself.
    """
    local = instant.astimezone(zone)
    if len(quiet.days) == 7 or not quiet.holds(local):
        return instant
    wall = datetime.combine(local.date(), time(local.hour))
    for _ in range(24 * 8):
        wall += timedelta(hours=1)
        if not quiet.holds(wall):
            return wall.replace(tzinfo=zone).astimezone(UTC)
    return instant
