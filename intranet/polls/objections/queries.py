"""The objections of a vote as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from intranet.core.policy import NotFound, Verdict
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.polls.models import OpenBallot, Poll, PollState, Voter
from intranet.polls.objections import standing
from intranet.polls.objections.models import STOPPING, Objection, ObjectionEnd
from intranet.polls.objections.policy import may_lift_objection
from intranet.voting.types import Result


class Standing(StrEnum):
    """What became of an objection."""

    OPEN = "open"
    LIFTED = "lifted"
    OVERCOME = "overcome"
    UPHELD = "upheld"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class ObjectionCard:
    """An objection with its author, its words, and what became of it.

    `position` is what its author chose instead when lifting it, empty for nothing;
    `round_ended_at` is when its vote ended, None while it is open.
    """

    id: int
    poll_id: int
    person_id: int
    name: str
    reason: str
    raised_at: datetime
    standing: Standing
    lifted_at: datetime | None
    because: str
    position: str
    round_ended_at: datetime | None
    may_lift: Verdict

    @property
    def block_id(self) -> str:
        """Under which name comments are about this objection."""
        return block_id(self.id)


def block_id(objection_id: int) -> str:
    """The name by which a comment says that it is about an objection."""
    return f"objection-{objection_id}"


def objection_named(reader: Reader, name: str, origin: tuple[str, int]) -> Objection | None:
    """The objection that a comment names, raised in a vote on this origin; None for no such."""
    number = name.removeprefix("objection-")
    if number == name or not number.isdecimal() or len(number) > 9:
        return None
    return reader.session.scalars(
        select(Objection)
        .join(Poll, Poll.id == Objection.poll_id)
        .where(Objection.id == int(number))
        .where(Poll.origin_kind == origin[0], Poll.origin_id == origin[1])
    ).one_or_none()


def poll_of(reader: Reader, objection_id: int) -> int:
    """The vote in which an objection was raised. Raises NotFound."""
    found = reader.session.get(Objection, objection_id)
    if found is None:
        raise NotFound
    return found.poll_id


def any_open(reader: Reader, poll_id: int) -> bool:
    """Whether somebody's objection still stops the text of this vote."""
    return bool(standing.open_objections(reader.session, poll_id))


def objections(reader: Reader, poll_id: int) -> list[ObjectionCard]:
    """Every objection of an open vote, in the order in which they were raised."""
    rows = reader.session.execute(
        select(Objection, ObjectionEnd, Poll, Voter.person_id, Person.name)
        .join(Poll, Poll.id == Objection.poll_id)
        .join(Voter, Voter.id == Objection.voter_id)
        .join(Person, Person.id == Voter.person_id)
        .outerjoin(ObjectionEnd, ObjectionEnd.objection_id == Objection.id)
        .where(Objection.poll_id == poll_id)
        .order_by(Objection.id)
    ).all()
    return [_card(reader, *row) for row in rows]


def _card(
    reader: Reader,
    found: Objection,
    ended: ObjectionEnd | None,
    poll: Poll,
    person_id: int,
    name: str,
) -> ObjectionCard:
    instead = ended.ballot_id if ended else None
    chosen = reader.session.get_one(OpenBallot, instead).option if instead else ""
    return ObjectionCard(
        id=found.id,
        poll_id=found.poll_id,
        person_id=person_id,
        name=name,
        reason=_words(reader, found, STOPPING[poll.procedure.method]),
        raised_at=found.raised_at,
        standing=_standing(poll, ended),
        lifted_at=ended.at if ended else None,
        because=ended.because if ended else "",
        position=chosen,
        round_ended_at=poll.closed_at,
        may_lift=may_lift_objection(reader, found),
    )


def _words(reader: Reader, found: Objection, stopping: str) -> str:
    """The words of the last objecting ballot that its author cast before raising another one."""
    later = select(func.min(Objection.ballot_id)).where(
        Objection.voter_id == found.voter_id, Objection.id > found.id
    )
    said = (
        select(OpenBallot.reason)
        .where(OpenBallot.voter_id == found.voter_id, OpenBallot.option == stopping)
        .where(OpenBallot.id >= found.ballot_id)
        .where(OpenBallot.id < func.coalesce(later.scalar_subquery(), OpenBallot.id + 1))
        .order_by(OpenBallot.id.desc())
        .limit(1)
    )
    return reader.session.scalar(said) or ""


def _standing(poll: Poll, ended: ObjectionEnd | None) -> Standing:
    if ended is not None:
        return Standing.LIFTED
    if poll.state == PollState.OPEN:
        return Standing.OPEN
    if poll.state == PollState.CANCELLED:
        return Standing.UNDECIDED
    return Standing.OVERCOME if poll.result == Result.ADOPTED else Standing.UPHELD
