"""An election: several people for a role, of whom the vote chooses one or more."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

from intranet.core.events import canonical
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.members import queries as members
from intranet.members.status_queries import people_here
from intranet.proposals.kinds import choice
from intranet.proposals.kinds.choice import options_of
from intranet.proposals.kinds.kind import Enactment, Issue, links_written
from intranet.proposals.kinds.mandate import Act, Task, give
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.voting.counted import Counted


@dataclass(frozen=True)
class Candidacy:
    """The role to fill, its last day, and the candidates in the order of the ballot."""

    role: str
    people: tuple[int, ...]
    body_id: int | None = None
    until: date | None = None
    words: str = ""

    def to_text(self) -> str:
        """The candidacy as a version stores it."""
        return canonical(asdict(self))

    @classmethod
    def from_text(cls, stored: str) -> Candidacy:
        """The candidacy that `to_text` wrote."""
        told = json.loads(stored)
        until = date.fromisoformat(told["until"]) if told["until"] else None
        return cls(**{**told, "people": tuple(told["people"]), "until": until})


class Election:
    """People among whom the vote chooses; those chosen get the mandate."""

    key = "election"

    def page_audience(self, _reader: Reader, _page_id: int) -> str:
        """An election is about no page: raises NotFound."""
        raise NotFound

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """What a choice asks for; every candidate is here, and the mandate ends after it begins."""
        candidacy = Candidacy.from_text(version.particulars)
        found = choice.KIND.issues_before_opening(reader, proposal, version)
        here = people_here(reader, members.today(reader), candidacy.people)
        if len(here) < len(candidacy.people):
            found.append(Issue("candidate_is_not_here"))
        starts_on = version.effective_on or members.today(reader)
        if candidacy.until and candidacy.until <= starts_on:
            found.append(Issue("mandate_ends_too_early", {"day": starts_on}))
        return found

    def voted_text(self, version: ProposalVersion) -> str:
        """The words of the author, then the candidates."""
        return choice.KIND.voted_text(version)

    def decided_text(self, version: ProposalVersion, counted: Counted, voted: str) -> str:
        """The same words, with a tick beside whoever is chosen."""
        return choice.KIND.decided_text(version, counted, voted)

    def hold(self, tx: Transaction, proposal: Proposal, version: ProposalVersion) -> None:
        """Nothing else stands still."""

    def links(
        self, _reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """The links its author wrote down."""
        return links_written(version)

    def enact(
        self, tx: Transaction, _proposal: Proposal, version: ProposalVersion, enactment: Enactment
    ) -> None:
        """Give the mandate to each person who was chosen."""
        candidacy = Candidacy.from_text(version.particulars)
        people = dict(zip(options_of(version), candidacy.people, strict=True))
        for name in (one for one in enactment.chosen if one in people):
            task = Task(Act.GIVE, people[name], candidacy.role, candidacy.body_id, candidacy.until)
            give(tx, task, enactment.in_force_on, enactment.decision_number)


KIND = Election()
