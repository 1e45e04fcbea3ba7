"""Which objections stand: what counting, permissions and casting ask."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from intranet.polls.facts import AnyPoll
from intranet.polls.objections.models import STOPPING, Objection, ObjectionEnd


def knows_objections(poll: AnyPoll) -> bool:
    """Whether a ballot of this vote can be an objection of somebody. In a secret vote nobody could
    lift it, so that it is counted and is no objection of anybody."""
    return not poll.secret and poll.procedure.method in STOPPING


def stops(poll: AnyPoll, option: str) -> bool:
    """Whether this answer stops the text of this vote until it is lifted."""
    return knows_objections(poll) and STOPPING[poll.procedure.method] == option


def _open(poll_id: int) -> Select[Objection]:
    return (
        select(Objection)
        .outerjoin(ObjectionEnd, ObjectionEnd.objection_id == Objection.id)
        .where(Objection.poll_id == poll_id, ObjectionEnd.objection_id.is_(None))
    )


def open_objections(session: Session, poll_id: int) -> list[Objection]:
    """The objections of a vote that nobody has lifted, the oldest first."""
    return list(session.scalars(_open(poll_id).order_by(Objection.id)))


def open_objection_of(session: Session, poll_id: int, voter_id: int) -> Objection | None:
    """The objection that a voter has not lifted yet, if any: there is never a second one."""
    return session.scalars(_open(poll_id).where(Objection.voter_id == voter_id)).one_or_none()


def voters_who_lifted(session: Session, poll_id: int) -> set[int]:
    """The voters who lifted every objection they raised in this vote."""
    raised = session.scalars(select(Objection.voter_id).where(Objection.poll_id == poll_id))
    return set(raised) - {one.voter_id for one in open_objections(session, poll_id)}
