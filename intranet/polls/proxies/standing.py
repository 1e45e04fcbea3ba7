"""What is true of proxies now: whom they could meet, who votes where, and which ones were used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from intranet.core import clock
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members import status_queries
from intranet.members.statuses import Status
from intranet.polls import electorates
from intranet.polls.models import Poll, PollState, Procedure, Voter
from intranet.polls.proxies.models import LIVE, Proxy, ProxyState
from intranet.polls.proxies.scopes import Scope, could_meet
from intranet.polls.rounds import course
from intranet.voting.proxies import allowed_proxies


@dataclass(frozen=True)
class Offer:
    """A voice about to be lent to a holder.

    For one vote: what it is about, with the procedure under which it is, or will be, voted on.
    For the votes of a body that end between two days: the first and the last one.
    """

    holder_id: int
    body_id: int
    origin: tuple[str, int] | None = None
    procedure_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Ground:
    """On what an offer stands: its scope, who votes there, how many voices one person may carry
    besides their own, and the vote itself when it is open."""

    scope: Scope
    voters: frozenset[int]
    cap: int
    poll: Poll | None


def last_poll(reader: Reader, origin: tuple[str, int]) -> Poll | None:
    """The latest round of voting on something."""
    return reader.session.scalars(
        select(Poll)
        .where(Poll.origin_kind == origin[0], Poll.origin_id == origin[1])
        .order_by(Poll.id.desc())
        .limit(1)
    ).one_or_none()


def _scope(reader: Reader, body_id: int, origin: tuple[str, int], poll: Poll | None) -> Scope:
    """The days on which one vote can end: that of its open poll, else nobody knows which.

    A vote that its procedure can make longer may end later.
    """
    if poll is None or poll.state != PollState.OPEN:
        return Scope(body_id, members.today(reader), None, *origin)
    closes, can_last = closing_day(reader, poll), course(poll.procedure).extension_hours
    return Scope(body_id, closes, None if can_last else closes, *origin)


def closing_day(reader: Reader, poll: Poll) -> date:
    """The day on which a vote ends, by the cooperative's clock."""
    return clock.local_day(poll.closes_at, members.cooperative(reader.session).zone)


def scope_of(reader: Reader, proxy: Proxy) -> Scope:
    """For what a proxy was given, with the days as they are known now."""
    if proxy.origin_kind is not None and proxy.origin_id is not None:
        origin = (proxy.origin_kind, proxy.origin_id)
        return _scope(reader, proxy.body_id, origin, last_poll(reader, origin))
    assert proxy.starts_on is not None  # noqa: S101
    return Scope(proxy.body_id, proxy.starts_on, proxy.ends_on)


def ground(reader: Reader, offer: Offer) -> Ground:
    """On what an offer stands: the frozen roll of an open vote, else the electorate of the day."""
    procedure = reader.session.get(Procedure, offer.procedure_id) if offer.procedure_id else None
    own_cap = procedure.proxy_cap if procedure else None
    if offer.origin is None:
        assert offer.starts_on is not None  # noqa: S101
        scope, poll = Scope(offer.body_id, offer.starts_on, offer.ends_on), None
    else:
        poll = last_poll(reader, offer.origin)
        poll = poll if poll and poll.state == PollState.OPEN else None
        scope = _scope(reader, offer.body_id, offer.origin, poll)
    if poll is not None:
        own_cap, voters = poll.procedure.proxy_cap, roll(reader, poll.id)
    else:
        day = max(scope.starts_on, members.today(reader))
        rule = procedure.electorate if procedure else ""
        people = electorates.people(reader, rule, offer.body_id, day)
        voters = frozenset(person.id for person in people)
    return Ground(scope, voters, allowed_proxies(len(voters), own_cap), poll)


def roll(reader: Reader, poll_id: int) -> frozenset[int]:
    """The people on the roll of a poll."""
    return frozenset(
        reader.session.scalars(select(Voter.person_id).where(Voter.poll_id == poll_id))
    )


def line_of(reader: Reader, poll_id: int, person_id: int | None) -> Voter | None:
    """The line of a person on the roll of a poll."""
    query = select(Voter).where(Voter.poll_id == poll_id, Voter.person_id == person_id)
    return reader.session.scalars(query).one_or_none()


def is_here(reader: Reader, person_id: int) -> bool:
    """Whether a person belongs to the cooperative today."""
    day = members.today(reader)
    status = status_queries.statuses_on(reader, [person_id], day).get(person_id)
    return status not in (None, Status.FORMER)


def _meeting(reader: Reader, scope: Scope, who: ColumnElement[bool]) -> list[Proxy]:
    """The live proxies of somebody that could meet a scope on one vote."""
    query = select(Proxy).where(who, Proxy.state.in_(LIVE)).order_by(Proxy.id)
    return [
        proxy
        for proxy in reader.session.scalars(query)
        if not is_over(reader, proxy) and could_meet(scope_of(reader, proxy), scope)
    ]


def given_by(reader: Reader, person_id: int, scope: Scope) -> list[Proxy]:
    """The live proxies that a person gave and that could meet a scope."""
    return _meeting(reader, scope, Proxy.giver_id == person_id)


def held_by(reader: Reader, person_id: int, scope: Scope) -> list[Proxy]:
    """The live proxies, offered or accepted, that a person holds and that could meet a scope."""
    return _meeting(reader, scope, Proxy.holder_id == person_id)


def is_over(reader: Reader, proxy: Proxy) -> bool:
    """Whether nothing is left to decide with it: its vote is counted, or its days have passed."""
    if proxy.ends_on is not None:
        return proxy.ends_on < members.today(reader)
    assert proxy.origin_kind is not None and proxy.origin_id is not None  # noqa: S101, PT018
    poll = last_poll(reader, (proxy.origin_kind, proxy.origin_id))
    if poll is None or poll.state == PollState.CANCELLED:
        return False
    return poll.state == PollState.CLOSED or reader.now >= poll.closes_at


def is_locked(reader: Reader, proxy: Proxy) -> bool:
    """Whether the holder has used the proxy on the one vote for which it was given."""
    if proxy.origin_id is None:
        return False
    used = select(func.count()).join(Poll, Poll.id == Voter.poll_id)
    used = used.where(Voter.proxy_id == proxy.id, Poll.state != PollState.CANCELLED)
    return bool(reader.session.scalar(used.select_from(Voter)))


def _applies(reader: Reader, poll: Poll) -> ColumnElement[bool]:
    for_it = and_(Proxy.origin_kind == poll.origin_kind, Proxy.origin_id == poll.origin_id)
    day = closing_day(reader, poll)
    in_its_days = and_(
        Proxy.body_id == poll.procedure.body_id,
        Proxy.starts_on <= day,
        Proxy.ends_on >= day,
    )
    return or_(for_it, in_its_days)


def carried(reader: Reader, poll: Poll, holder_id: int | None) -> Sequence[Proxy]:
    """The accepted proxies with which a holder may speak in a poll."""
    query = select(Proxy).where(
        Proxy.holder_id == holder_id,
        Proxy.state == ProxyState.ACCEPTED,
        _applies(reader, poll),
    )
    return reader.session.scalars(query.order_by(Proxy.id)).all()


def lent(reader: Reader, poll: Poll, giver_id: int | None) -> Proxy | None:
    """The live proxy by which somebody else could speak, or is asked to, for this person."""
    query = select(Proxy).where(
        Proxy.giver_id == giver_id, Proxy.state.in_(LIVE), _applies(reader, poll)
    )
    return reader.session.scalars(query.order_by(Proxy.id).limit(1)).one_or_none()


def cap_in(reader: Reader, poll: Poll) -> int:
    """How many voices of others one person may carry in a poll."""
    on_the_roll = select(func.count()).select_from(Voter).where(Voter.poll_id == poll.id)
    return allowed_proxies(reader.session.scalar(on_the_roll) or 0, poll.procedure.proxy_cap)


def voices_used(reader: Reader, poll: Poll, holder_id: int | None, apart_from: int) -> int:
    """How many voices a holder has given in a poll with proxies, apart from one line."""
    query = select(func.count()).select_from(Voter).join(Proxy, Proxy.id == Voter.proxy_id)
    query = query.where(Voter.poll_id == poll.id, Proxy.holder_id == holder_id)
    return reader.session.scalar(query.where(Voter.id != apart_from)) or 0
