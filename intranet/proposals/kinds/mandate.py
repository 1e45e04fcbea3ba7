"""A mandate given to a person, given again, or taken back at any time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select

from intranet.core.events import canonical
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.members import effects as members_effects
from intranet.members import queries as members
from intranet.members.models import Mandate
from intranet.members.status_queries import people_here
from intranet.proposals.kinds.kind import Enactment, Issue, links_written
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.voting.counted import Counted


class Act(StrEnum):
    """What would be done with a mandate."""

    GIVE = "give"
    RENEW = "renew"
    REVOKE = "revoke"


@dataclass(frozen=True)
class Task:
    """A mandate as a proposal asks for it; `until` is its last day, open when empty.

    `mandate_id` names the one that is given again or taken back. `words` are what its author adds
    to the sentence that says it.
    """

    act: Act
    person_id: int
    role: str
    body_id: int | None = None
    until: date | None = None
    mandate_id: int | None = None
    words: str = ""

    def to_text(self) -> str:
        """The task as a version stores it."""
        return canonical(asdict(self))

    @classmethod
    def from_text(cls, stored: str) -> Task:
        """The task that `to_text` wrote."""
        told = json.loads(stored)
        until = date.fromisoformat(told["until"]) if told["until"] else None
        return cls(**{**told, "act": Act(told["act"]), "until": until})


def holds_already(
    tx: Transaction, person_id: int, role: str, body_id: int | None, on: date
) -> bool:
    """Whether the person was given the same task from the same day."""
    same = select(Mandate.id).where(
        Mandate.person_id == person_id,
        Mandate.role == role,
        Mandate.body_id.is_not_distinct_from(body_id),
        Mandate.starts_on == on,
    )
    return tx.session.scalar(same.limit(1)) is not None


class MandateProposal:
    """A task for one person: given for a time, given again, or taken back."""

    key = "mandate"

    def page_audience(self, _reader: Reader, _page_id: int) -> str:
        """A mandate is about no page: raises NotFound."""
        raise NotFound

    def issues_before_opening(
        self, reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """The person is here, the mandate still runs, and its end comes after its beginning."""
        task = Task.from_text(version.particulars)
        starts_on = version.effective_on or members.today(reader)
        if task.act is Act.REVOKE:
            return [] if self._runs(reader, task, starts_on) else [Issue("mandate_is_over")]
        found = []
        if not people_here(reader, members.today(reader), [task.person_id]):
            found.append(Issue("person_is_not_here"))
        if task.until and task.until <= starts_on:
            found.append(Issue("mandate_ends_too_early", {"day": starts_on}))
        return found

    def _runs(self, reader: Reader, task: Task, on: date) -> bool:
        mandate = reader.session.get(Mandate, task.mandate_id) if task.mandate_id else None
        return mandate is not None and (mandate.ends_on is None or mandate.ends_on > on)

    def voted_text(self, version: ProposalVersion) -> str:
        """The sentence that says the mandate, and the words of the author."""
        return version.text

    def decided_text(self, version: ProposalVersion, _counted: Counted, _voted: str) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, version: ProposalVersion) -> None:
        """Nothing else stands still: another decision may end the same mandate meanwhile."""

    def links(
        self, _reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """The links its author wrote down."""
        return links_written(version)

    def enact(
        self, tx: Transaction, _proposal: Proposal, version: ProposalVersion, enactment: Enactment
    ) -> None:
        """Give the mandate, or end it; what is over or given by then is left as it is."""
        task, day = Task.from_text(version.particulars), enactment.in_force_on
        earlier = tx.session.get(Mandate, task.mandate_id) if task.mandate_id else None
        if task.act is Act.REVOKE:
            end(tx, earlier, day, enactment.decision_number)
            return
        starts_on = day
        if task.act is Act.RENEW and earlier:
            starts_on = max(earlier.ends_on or day, day)
            end(tx, earlier, starts_on, enactment.decision_number)
        give(tx, task, starts_on, enactment.decision_number)


def end(tx: Transaction, mandate: Mandate | None, ends_on: date, number: str) -> None:
    """End a mandate on a day, unless it is over by then; it lasts at least the day it began on."""
    if mandate is None or (mandate.ends_on is not None and mandate.ends_on <= ends_on):
        return
    last = max(ends_on, mandate.starts_on + timedelta(days=1))
    if mandate.ends_on is None or last < mandate.ends_on:
        members_effects.end_mandate(tx, mandate.id, last, number)


def give(tx: Transaction, task: Task, starts_on: date, number: str) -> None:
    """Give a task from a day, unless it would be over by then or is given already."""
    is_over = task.until is not None and task.until <= starts_on
    if is_over or holds_already(tx, task.person_id, task.role, task.body_id, starts_on):
        return
    members_effects.give_mandate(
        tx, task.person_id, task.role, starts_on, number, task.body_id, task.until
    )


KIND = MandateProposal()
