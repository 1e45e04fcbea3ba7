"""The voices in one poll, as its page shows them to one reader: lent, carried, gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from intranet.core.policy import NotFound, Verdict
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members import status_queries
from intranet.members.models import Person
from intranet.members.statuses import Right
from intranet.polls.models import OpenBallot, Poll, PollState, Voter
from intranet.polls.policy import is_open
from intranet.polls.proxies import standing
from intranet.polls.proxies.models import Proxy, ProxyState
from intranet.polls.proxies.policy import may_cast_for
from intranet.polls.rolls import CROWD
from intranet.voting.types import Choice


@dataclass(frozen=True)
class CarriedVoice:
    """Somebody's voice that the reader carries in a poll; `choice` is what the reader said with it,
    in an open poll."""

    giver_id: int
    giver: str
    is_given: bool
    choice: Choice | None
    may_cast: Verdict


@dataclass(frozen=True)
class LentVoice:
    """The reader's own voice, lent: to whom, whether they accepted, and whether they used it."""

    proxy_id: int
    holder: str
    is_accepted: bool
    is_used: bool


@dataclass(frozen=True)
class Represented:
    """Somebody for whom a holder voted."""

    giver_id: int
    giver: str
    holder: str


@dataclass(frozen=True)
class Voices:
    """The voices of others in a poll.

    `represented` names who voted for whom, as far as the rules of secrecy allow; `left`
    tells since when those on the roll who left are gone; `by_proxy` is what the closing counted.
    """

    poll_id: int
    cap: int
    may_give: bool
    lent: LentVoice | None
    carried: tuple[CarriedVoice, ...]
    represented: tuple[Represented, ...]
    left: tuple[tuple[str, date | None], ...]
    by_proxy: int | None


def _choice(reader: Reader, poll: Poll, line: Voter, proxy: Proxy) -> Choice | None:
    if poll.secret or line.proxy_id != proxy.id:
        return None
    query = select(OpenBallot).where(OpenBallot.voter_id == line.id)
    ballot = reader.session.scalars(query.order_by(OpenBallot.id.desc()).limit(1)).one_or_none()
    return Choice(ballot.option, ballot.reason) if ballot else None


def _carried(reader: Reader, poll: Poll) -> tuple[CarriedVoice, ...]:
    found = []
    proxies = standing.carried(reader, poll, reader.actor.person_id)
    names = members.names(reader, [proxy.giver_id for proxy in proxies])
    for proxy in proxies:
        line = standing.line_of(reader, poll.id, proxy.giver_id)
        found.append(
            CarriedVoice(
                giver_id=proxy.giver_id,
                giver=names[proxy.giver_id],
                is_given=line is not None and line.proxy_id == proxy.id,
                choice=_choice(reader, poll, line, proxy) if line else None,
                may_cast=may_cast_for(reader, poll, line, proxy),
            )
        )
    return tuple(found)


def _lent(reader: Reader, poll: Poll, line: Voter | None) -> LentVoice | None:
    """By the line of the roll when it was used, else by a live proxy that applies."""
    if line is None:
        return None
    proxy = (
        reader.session.get_one(Proxy, line.proxy_id)
        if line.proxy_id is not None
        else standing.lent(reader, poll, line.person_id)
    )
    if proxy is None:
        return None
    holder = members.names(reader, [proxy.holder_id])[proxy.holder_id]
    is_used = line.proxy_id == proxy.id
    return LentVoice(proxy.id, holder, is_used or proxy.state == ProxyState.ACCEPTED, is_used)


def _represented(reader: Reader, poll: Poll) -> tuple[Represented, ...]:
    """Givers with their holders; of a secret vote after it, and only in a crowd."""
    voted = select(Voter.proxy_id, Voter.person_id).where(Voter.poll_id == poll.id, Voter.has_voted)
    lines = reader.session.execute(voted).all()
    if poll.secret and (poll.state != PollState.CLOSED or len(lines) < CROWD):
        return ()
    used = {line.proxy_id: line.person_id for line in lines if line.proxy_id is not None}
    rows = reader.session.execute(
        select(Proxy.id, Person.name)
        .join(Person, Person.id == Proxy.holder_id)
        .where(Proxy.id.in_(used))
    )
    names = members.names(reader, used.values())
    found = [Represented(used[number], names[used[number]], holder) for number, holder in rows]
    return tuple(sorted(found, key=lambda one: one.giver))


def _left(reader: Reader, poll_id: int) -> tuple[tuple[str, date | None], ...]:
    gone = status_queries.left_since(reader, standing.roll(reader, poll_id), members.today(reader))
    names = members.names(reader, gone)
    return tuple(sorted(((names[number], day) for number, day in gone.items()), key=_by_name))


def _by_name(pair: tuple[str, date | None]) -> str:
    return pair[0]


def voices(reader: Reader, poll_id: int) -> Voices:
    """The voices of others in a poll, for this reader. Raises NotFound."""
    poll = reader.session.get(Poll, poll_id)
    if poll is None:
        raise NotFound
    line = standing.line_of(reader, poll_id, reader.actor.person_id)
    cap, carried, lent = (
        standing.cap_in(reader, poll),
        _carried(reader, poll),
        _lent(reader, poll, line),
    )
    has_voice = line is not None and not line.has_voted and reader.actor.has(Right.READ)
    return Voices(
        poll_id=poll_id,
        cap=cap,
        may_give=bool(is_open(poll, reader) and has_voice and cap and not lent and not carried),
        lent=lent,
        carried=carried,
        represented=_represented(reader, poll),
        left=_left(reader, poll_id),
        by_proxy=poll.by_proxy,
    )


def carried_voice(reader: Reader, poll_id: int, giver_id: int) -> CarriedVoice:
    """One voice that the reader carries in a poll. Raises NotFound when there is none."""
    found = voices(reader, poll_id).carried
    voice = next((one for one in found if one.giver_id == giver_id), None)
    if voice is None:
        raise NotFound
    return voice
