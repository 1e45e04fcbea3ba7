"""What a member typed about a change of status, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid
from intranet.members.queries import CooperativeCard
from intranet.members.statuses import Status

FIELDS = ("status", "starts_on", "decision_number")


@dataclass
class StatusForm:
    """What was typed, kept as it is, with the message for each field."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls, today: date) -> StatusForm:
        """A form that begins with today."""
        return cls({**dict.fromkeys(FIELDS, ""), "starts_on": today.isoformat()})

    @classmethod
    def from_request(cls, typed: Mapping[str, str]) -> StatusForm:
        """The fields of a form."""
        return cls({name: typed.get(name, "") for name in FIELDS})

    def starts_on(self) -> date:
        """The first day of the status. Raises Invalid naming the field."""
        found = parse_date(self.values["starts_on"])
        if found is None:
            raise Invalid(starts_on="membership.day_unclear")
        return found


def choices(cooperative: CooperativeCard, latest: str | None) -> list[Status]:
    """The statuses that can be given to somebody whose latest status is this one."""
    closed = set() if cooperative.external_members else {Status.MEMBER_EXTERNAL}
    return [status for status in Status if status not in closed and status != latest]
