"""What taking a ballot asks of a poll and of the roll, in one question that was built once.

The lock that orders all writers is held meanwhile, and reading whole objects takes three times as
long. The functions that permit and read a ballot take these facts or the objects themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from intranet.core.db import run
from intranet.polls.models import Poll, Procedure, Voter
from intranet.polls.proxies.models import LIVE, Proxy


@dataclass(frozen=True)
class ProcedureFacts:
    """Of a version of a procedure: who is asked, and how a ballot is read."""

    body_id: int
    electorate: str
    method: str
    settings: str
    course: str


@dataclass(frozen=True)
class LineFacts:
    """Of a line of the roll: whose it is, what was done with it, and whether its voice is lent for
    what this very poll is about."""

    id: int
    person_id: int
    has_voted: bool
    proxy_id: int | None
    is_lent: bool


@dataclass(frozen=True)
class PollFacts:
    """Of a poll: what it is about, whether it is open, and what its ballot offers."""

    procedure: ProcedureFacts
    id: int
    origin_kind: str
    origin_id: int
    secret: bool
    state: str
    opened_at: datetime
    closes_at: datetime
    candidates: str
    seats: int
    seed: str | None
    sealing_key: str | None


AnyPoll = Poll | PollFacts
AnyLine = Voter | LineFacts

_OF_PROCEDURE = (
    Procedure.body_id,
    Procedure.electorate,
    Procedure.method,
    Procedure.settings,
    Procedure.course,
)
_IS_LENT = exists().where(
    Proxy.giver_id == Voter.person_id,
    Proxy.origin_kind == Poll.origin_kind,
    Proxy.origin_id == Poll.origin_id,
    or_(*(Proxy.state == state for state in LIVE)),
)
_OF_LINE = (Voter.id, Voter.person_id, Voter.has_voted, Voter.proxy_id, _IS_LENT)
_OF_POLL = (
    Poll.id,
    Poll.origin_kind,
    Poll.origin_id,
    Poll.secret,
    Poll.state,
    Poll.opened_at,
    Poll.closes_at,
    Poll.candidates,
    Poll.seats,
    Poll.seed,
    Poll.sealing_key,
)
_POLL_AND_LINE = (
    select(*_OF_PROCEDURE, *_OF_POLL, *_OF_LINE)
    .join(Procedure, Procedure.id == Poll.procedure_id)
    .outerjoin(Voter, and_(Voter.poll_id == Poll.id, Voter.person_id == bindparam("person_id")))
    .where(Poll.id == bindparam("poll_id"))
)
_LOCK = select(Poll.id).where(Poll.id == bindparam("poll_id")).with_for_update()


def poll_and_line(
    session: Session, poll_id: int, person_id: int | None
) -> tuple[PollFacts, LineFacts | None] | None:
    """A poll, locked, and somebody's line of its roll, if there is one; None for no poll."""
    if session.get_bind().dialect.name != "sqlite":
        # What a statement reads beside the row that it waits for is as old as its beginning.
        run(session, _LOCK, {"poll_id": poll_id})
    asked: Mapping[str, object] = {"poll_id": poll_id, "person_id": person_id}
    row = run(session, _POLL_AND_LINE, asked).one_or_none()
    if row is None:
        return None
    to_poll, to_line = len(_OF_PROCEDURE), len(_OF_PROCEDURE) + len(_OF_POLL)
    poll, line = PollFacts(ProcedureFacts(*row[:to_poll]), *row[to_poll:to_line]), row[to_line:]
    return poll, LineFacts(*line) if line[0] is not None else None
