"""An admission or another change of status: somebody becomes something else to the cooperative."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import select

from intranet.core.events import canonical
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.members import effects as members_effects
from intranet.members import queries as members
from intranet.members.models import StatusPeriod
from intranet.members.statuses import Status
from intranet.proposals.kinds.kind import Enactment, Issue, links_written
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.voting.counted import Counted


@dataclass(frozen=True)
class NewStatus:
    """The status somebody would have: a person known here, or a `name` for one who is not yet.

    `words` are what its author adds to the sentence that says it.
    """

    status: Status
    person_id: int | None = None
    name: str = ""
    words: str = ""

    def to_text(self) -> str:
        """The change as a version stores it."""
        return canonical(asdict(self))

    @classmethod
    def from_text(cls, stored: str) -> NewStatus:
        """The change that `to_text` wrote."""
        told = json.loads(stored)
        return cls(**{**told, "status": Status(told["status"])})


def _latest(reader: Reader, person_id: int) -> StatusPeriod | None:
    query = select(StatusPeriod).where(StatusPeriod.person_id == person_id)
    return reader.session.scalars(query.order_by(StatusPeriod.starts_on.desc()).limit(1)).first()


class StatusProposal:
    """A person admitted, or given another status; with it come and go the rights."""

    key = "status"

    def page_audience(self, _reader: Reader, _page_id: int) -> str:
        """A status is about no page: raises NotFound."""
        raise NotFound

    def issues_before_opening(
        self, reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """Somebody is named, does not have this status already, and the status is open here."""
        asked = NewStatus.from_text(version.particulars)
        found = []
        if asked.person_id is None and not asked.name.strip():
            found.append(Issue("person_missing"))
        latest = _latest(reader, asked.person_id) if asked.person_id else None
        if latest and latest.ends_on is None and latest.status == asked.status:
            found.append(Issue("has_this_status"))
        is_closed = not members.cooperative(reader.session).external_members
        if asked.status is Status.MEMBER_EXTERNAL and is_closed:
            found.append(Issue("no_external_members"))
        return found

    def voted_text(self, version: ProposalVersion) -> str:
        """The sentence that says the change, and the words of the author."""
        return version.text

    def decided_text(self, version: ProposalVersion, _counted: Counted, _voted: str) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, version: ProposalVersion) -> None:
        """Nothing else stands still: another decision may change the same status meanwhile."""

    def links(
        self, _reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """The links its author wrote down."""
        return links_written(version)

    def enact(
        self, tx: Transaction, _proposal: Proposal, version: ProposalVersion, enactment: Enactment
    ) -> None:
        """Give the status from its day; a status that began meanwhile lasts at least a day."""
        asked, number = NewStatus.from_text(version.particulars), enactment.decision_number
        if asked.person_id is None:
            members_effects.add_person(
                tx, asked.name.strip(), asked.status, enactment.in_force_on, number
            )
            return
        day = self._first_day(tx, asked.person_id, enactment.in_force_on)
        members_effects.change_status(tx, asked.person_id, asked.status, day, number)

    def _first_day(self, tx: Transaction, person_id: int, wanted: date) -> date:
        latest = _latest(tx, person_id)
        if latest is None:
            return wanted
        return max(wanted, latest.ends_on or latest.starts_on + timedelta(days=1))


KIND = StatusProposal()
