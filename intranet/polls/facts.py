"""What taking a ballot asks of a poll and of the roll, in one question that was built once.

The lock that orders all writers is held meanwhile, and reading whole objects takes three times as
long. The functions that permit and read a ballot take these facts or the objects themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from intranet.core.db import run
from intranet.polls.models import Poll, Procedure, Voter
from intranet.polls.proxies.models import Proxy


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
    Proxy.ended_at.is_(None),
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
_POLL = (
    select(*_OF_PROCEDURE, *_OF_POLL)
    .join(Procedure, Procedure.id == Poll.procedure_id)
    .where(Poll.id == bindparam("poll_id"))
)
_POLL_AND_LINE = (
    _POLL.add_columns(*_OF_LINE)
    .join(Voter, Voter.poll_id == Poll.id)
    .where(Voter.person_id == bindparam("person_id"))
    .with_for_update(of=(Poll, Voter))
)


def poll_and_line(
    session: Session, poll_id: int, person_id: int | None
) -> tuple[PollFacts, LineFacts | None] | None:
    """A poll and somebody's line of its roll, locked; or the poll alone; or nothing."""
    asked: Mapping[str, object] = {"poll_id": poll_id, "person_id": person_id}
    row = run(session, _POLL_AND_LINE, asked).one_or_none()
    row = row or run(session, _POLL, {"poll_id": poll_id}).one_or_none()
    if row is None:
        return None
    to_poll, to_line = len(_OF_PROCEDURE), len(_OF_PROCEDURE) + len(_OF_POLL)
    poll = PollFacts(ProcedureFacts(*row[:to_poll]), *row[to_poll:to_line])
    return poll, LineFacts(*row[to_line:]) if len(row) > to_line else None
