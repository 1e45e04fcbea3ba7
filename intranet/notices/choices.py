"""How people chose to be told, read for many at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.notices.kinds import DEFAULTS, Kind, Way
from intranet.notices.models import ChosenWay, QuietTime
from intranet.notices.quiet import NONE, Quiet


@dataclass(frozen=True)
class Choices:
    """The ways that these people chose, and when each wants quiet."""

    ways: Mapping[tuple[int, str], str]
    quiet: Mapping[int, Quiet]

    def way(self, person_id: int, kind: Kind) -> Way:
        """How a person is told of a kind of thing."""
        return Way(self.ways.get((person_id, kind), DEFAULTS[kind]))

    def quiet_of(self, person_id: int) -> Quiet:
        """When a person wants no mail."""
        return self.quiet.get(person_id, NONE)


def choices(reader: Reader, people: Collection[int]) -> Choices:
    """What these people chose, in two statements."""
    ways = select(ChosenWay).where(ChosenWay.person_id.in_(people))
    quiet = select(QuietTime).where(QuietTime.person_id.in_(people))
    return Choices(
        {(row.person_id, row.kind): row.way for row in reader.session.scalars(ways)},
        {
            row.person_id: Quiet(frozenset(map(int, row.days.split())), row.from_hour, row.to_hour)
            for row in reader.session.scalars(quiet)
        },
    )
