"""Who writes a proposal together, and who supports it, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Person
from intranet.members.rights_queries import has_right
from intranet.members.status_queries import people_here
from intranet.members.statuses import Right, status_opens
from intranet.proposals.models import Proposal
from intranet.proposals.policy import is_co_author
from intranet.proposals.support.models import CoAuthor, Seconder
from intranet.proposals.support.policy import may_name_co_authors, may_second


@dataclass(frozen=True)
class Supporter:
    """Somebody beside the author; a seconder with the wording they seconded."""

    person_id: int
    name: str
    at: datetime
    version_number: int = 0


@dataclass(frozen=True)
class Support:
    """Those beside the author of a proposal, and what the reader may do about it.

    `needed` is how many seconders its procedure asks for; `candidates` are those who could be named
    co-authors, as (number, name), when the reader may name some.
    """

    co_authors: tuple[Supporter, ...]
    seconders: tuple[Supporter, ...]
    stale: tuple[Supporter, ...]
    needed: int
    candidates: tuple[tuple[int, str], ...]
    i_write: bool
    i_second: bool
    name: Verdict
    second: Verdict


def seconders_missing(reader: Reader, proposal_id: int, number: int, needed: int) -> int:
    """How many seconders a wording still needs."""
    if not needed:
        return 0
    count = select(func.count()).where(
        Seconder.proposal_id == proposal_id, Seconder.version_number == number
    )
    return max(needed - (reader.session.scalar(count) or 0), 0)


def support(reader: Reader, proposal: Proposal, number: int, needed: int) -> Support:
    """Those beside the author; `number` is the wording that counts now."""
    written = select(CoAuthor.person_id, Person.name, CoAuthor.at).join(
        Person, Person.id == CoAuthor.person_id
    )
    backed = select(Seconder.person_id, Person.name, Seconder.at, Seconder.version_number).join(
        Person, Person.id == Seconder.person_id
    )
    co_authors = [
        Supporter(*row)
        for row in reader.session.execute(
            written.where(CoAuthor.proposal_id == proposal.id).order_by(CoAuthor.at)
        )
    ]
    seconders = [
        Supporter(*row)
        for row in reader.session.execute(
            backed.where(Seconder.proposal_id == proposal.id).order_by(Seconder.at)
        )
    ]
    may_name = may_name_co_authors(reader, proposal)
    taken = {one.person_id for one in co_authors} | {proposal.author_id}
    present = [one for one in seconders if one.version_number == number]
    return Support(
        co_authors=tuple(co_authors),
        seconders=tuple(present),
        stale=tuple(one for one in seconders if one.version_number != number),
        needed=needed,
        candidates=_candidates(reader, proposal, taken) if may_name else (),
        i_write=is_co_author(reader, proposal),
        i_second=any(one.person_id == reader.actor.person_id for one in present),
        name=may_name,
        second=may_second(reader, proposal),
    )


def _candidates(reader: Reader, proposal: Proposal, taken: set[int]) -> tuple[tuple[int, str], ...]:
    """Who could propose it themselves and may read it."""
    return tuple(
        (person.id, person.name)
        for person in people_here(reader, members.today(reader))
        if person.id not in taken
        and has_right(reader, person.status, Right.PROPOSE)
        and status_opens(person.status, proposal.readers)
    )
