"""Proxies as the pages of their giver and their holder show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members import status_queries
from intranet.members.models import Body
from intranet.polls.models import Poll, PollState, Voter
from intranet.polls.proxies import standing
from intranet.polls.proxies.models import LIVE, Proxy, ProxyState
from intranet.polls.proxies.policy import (
    may_accept_proxy,
    may_cast_for,
    may_refuse_proxy,
    may_return_proxy,
    may_revoke_proxy,
)


@dataclass(frozen=True)
class ProxyLine:
    """A proxy with what its giver or holder, who is reading, may do with it now."""

    id: int
    giver_id: int
    giver: str
    holder_id: int
    holder: str
    body_name: str
    origin_kind: str | None
    origin_id: int | None
    starts_on: date | None
    ends_on: date | None
    state: str
    given_at: datetime
    ended_at: datetime | None
    is_over: bool
    is_used: bool
    can_accept: bool
    can_refuse: bool
    can_revoke: bool
    can_return: bool

    @property
    def is_live(self) -> bool:
        """Whether it can still be used, or is awaited."""
        return self.state in LIVE and not self.is_over


@dataclass(frozen=True)
class MyProxies:
    """The proxies of one person; each stands in one list, the latest first."""

    to_answer: tuple[ProxyLine, ...]
    held: tuple[ProxyLine, ...]
    given: tuple[ProxyLine, ...]
    past: tuple[ProxyLine, ...]


def _lines(reader: Reader, proxies: Iterable[Proxy]) -> list[ProxyLine]:
    found = list(proxies)
    people = {number for proxy in found for number in (proxy.giver_id, proxy.holder_id)}
    names = members.names(reader, people)
    bodies = dict(reader.session.execute(select(Body.id, Body.name)).all())
    return [_line(reader, proxy, names, bodies[proxy.body_id]) for proxy in found]


def _line(reader: Reader, proxy: Proxy, names: dict[int, str], body_name: str) -> ProxyLine:
    return ProxyLine(
        id=proxy.id,
        giver_id=proxy.giver_id,
        giver=names[proxy.giver_id],
        holder_id=proxy.holder_id,
        holder=names[proxy.holder_id],
        body_name=body_name,
        origin_kind=proxy.origin_kind,
        origin_id=proxy.origin_id,
        starts_on=proxy.starts_on,
        ends_on=proxy.ends_on,
        state=proxy.state,
        given_at=proxy.given_at,
        ended_at=proxy.ended_at,
        is_over=standing.is_over(reader, proxy),
        is_used=standing.is_locked(reader, proxy),
        can_accept=bool(may_accept_proxy(reader, proxy)),
        can_refuse=bool(may_refuse_proxy(reader, proxy)),
        can_revoke=bool(may_revoke_proxy(reader, proxy)),
        can_return=bool(may_return_proxy(reader, proxy)),
    )


def mine(reader: Reader) -> MyProxies:
    """All proxies that the reader gave or was offered."""
    me = reader.actor.person_id
    query = select(Proxy).where(or_(Proxy.giver_id == me, Proxy.holder_id == me))
    lines = _lines(reader, reader.session.scalars(query.order_by(Proxy.id.desc())))
    live = [line for line in lines if line.is_live]
    offered = [line for line in live if line.state == ProxyState.OFFERED]
    return MyProxies(
        to_answer=tuple(line for line in offered if line.holder_id == me),
        held=tuple(line for line in live if line.holder_id == me and line not in offered),
        given=tuple(line for line in live if line.giver_id == me),
        past=tuple(line for line in lines if not line.is_live),
    )


def to_answer(reader: Reader) -> list[ProxyLine]:
    """The proxies that wait for the reader to accept or refuse them, the oldest first."""
    query = select(Proxy).where(
        Proxy.holder_id == reader.actor.person_id, Proxy.state == ProxyState.OFFERED
    )
    lines = _lines(reader, reader.session.scalars(query.order_by(Proxy.id)).all())
    return [line for line in lines if not line.is_over]


def came_back(reader: Reader) -> list[ProxyLine]:
    """The voices that came back to the reader while there is still something to decide with them,
    and that the reader has lent to nobody else since."""
    me = reader.actor.person_id
    query = select(Proxy).where(Proxy.giver_id == me, Proxy.state == ProxyState.RETURNED)
    back = [
        proxy
        for proxy in reader.session.scalars(query.order_by(Proxy.id)).all()
        if not standing.is_over(reader, proxy)
        and not standing.given_by(reader, proxy.giver_id, standing.scope_of(reader, proxy))
    ]
    return _lines(reader, back)


def titles(reader: Reader, proxy_ids: Collection[int]) -> dict[int, str]:
    """From whom to whom, for those of these proxies that the reader gave or holds."""
    me = reader.actor.person_id
    query = select(Proxy.id, Proxy.giver_id, Proxy.holder_id).where(
        Proxy.id.in_(proxy_ids), or_(Proxy.giver_id == me, Proxy.holder_id == me)
    )
    rows = reader.session.execute(query).all()
    names = members.names(reader, {number for row in rows for number in row[1:]})
    return {row.id: f"{names[row.giver_id]} → {names[row.holder_id]}" for row in rows}


@dataclass(frozen=True)
class VoiceToGive:
    """An open vote in which the reader may still vote in somebody's name."""

    poll_id: int
    title: str
    origin_kind: str
    origin_id: int
    closes_at: datetime
    giver_id: int
    giver: str


def to_use(reader: Reader) -> list[VoiceToGive]:
    """The voices of others that the reader carries and has not given yet, the most urgent first."""
    me = reader.actor.person_id
    query = select(Proxy.id).where(Proxy.holder_id == me, Proxy.state == ProxyState.ACCEPTED)
    if reader.session.scalars(query.limit(1)).one_or_none() is None:
        return []
    polls = select(Poll).join(Voter, Voter.poll_id == Poll.id).where(Voter.person_id == me)
    polls = polls.where(Poll.state == PollState.OPEN, Poll.closes_at > reader.now)
    found = []
    for poll in reader.session.scalars(polls.order_by(Poll.closes_at)).all():
        for proxy in standing.carried(reader, poll, me):
            line = standing.line_of(reader, poll.id, proxy.giver_id)
            if line is not None and not line.has_voted and may_cast_for(reader, poll, line, proxy):
                name = members.names(reader, [proxy.giver_id])[proxy.giver_id]
                place = (poll.id, poll.title, poll.origin_kind, poll.origin_id, poll.closes_at)
                found.append(VoiceToGive(*place, proxy.giver_id, name))
    return found


def have_holders_left(reader: Reader) -> bool:
    """Whether some live proxy lies with somebody who has left: it has to be given back."""
    query = select(Proxy).where(Proxy.state.in_(LIVE))
    live = reader.session.scalars(query).all()
    if not live:
        return False
    holders = {proxy.holder_id for proxy in live}
    gone = status_queries.left_since(reader, holders, members.today(reader))
    return any(proxy.holder_id in gone and not standing.is_locked(reader, proxy) for proxy in live)
