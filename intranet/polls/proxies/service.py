"""Lending a voice, answering, taking it back, and voting in somebody's name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import queries as members
from intranet.members import status_queries
from intranet.members.models import Body
from intranet.polls import casting
from intranet.polls.models import Poll
from intranet.polls.proxies import standing
from intranet.polls.proxies.events import (
    ProxyAccepted,
    ProxyGiven,
    ProxyRefused,
    ProxyReturned,
    ProxyRevoked,
    ProxyUsed,
)
from intranet.polls.proxies.models import LIVE, Proxy, ProxyState
from intranet.polls.proxies.policy import (
    may_accept_proxy,
    may_cast_for,
    may_give_proxy,
    may_refuse_proxy,
    may_return_proxy,
    may_revoke_proxy,
)
from intranet.polls.proxies.standing import Offer

LONGEST_PERIOD = timedelta(days=366)


def give_proxy(tx: Transaction, offer: Offer) -> int:
    """Offer one's voice to another person, and give the proxy's number.

    Raises NotFound for an unknown body, Invalid for days that make no sense, Refused: to oneself,
    to somebody without a vote here, who holds as many as allowed or lent their own voice; when the
    giver has voted, lent this voice already, or carries another one's.
    """
    # Whoever lends a voice in this body waits here: two at once could exceed the cap together.
    if tx.session.get(Body, offer.body_id, with_for_update=True) is None:
        raise NotFound
    _check_days(tx, offer)
    tx.require(may_give_proxy, offer)
    origin_kind, origin_id = offer.origin or (None, None)
    proxy = Proxy(
        giver_id=tx.actor.person_id,
        holder_id=offer.holder_id,
        body_id=offer.body_id,
        origin_kind=origin_kind,
        origin_id=origin_id,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        state=ProxyState.OFFERED,
        given_at=tx.now,
    )
    tx.session.add(proxy)
    tx.session.flush()
    tx.record(ProxyGiven(proxy.id))
    return proxy.id


def _check_days(tx: Transaction, offer: Offer) -> None:
    if offer.origin is not None:
        return
    if offer.starts_on is None or offer.ends_on is None:
        raise Invalid(starts_on="proxy_days_missing")
    if offer.ends_on < offer.starts_on:
        raise Invalid(ends_on="proxy_days_in_disorder")
    if offer.ends_on < members.today(tx):
        raise Invalid(ends_on="proxy_days_are_past")
    if offer.ends_on - offer.starts_on > LONGEST_PERIOD:
        raise Invalid(ends_on="proxy_days_too_many")


def _proxy(tx: Transaction, proxy_id: int) -> Proxy:
    """The proxy, if the actor gave or holds it: others know nothing of it."""
    proxy = tx.session.get(Proxy, proxy_id)
    if proxy is None or tx.actor.person_id not in (proxy.giver_id, proxy.holder_id):
        raise NotFound
    tx.session.get_one(Body, proxy.body_id, with_for_update=True)
    return tx.session.get_one(Proxy, proxy_id, with_for_update=True, populate_existing=True)


def accept_proxy(tx: Transaction, proxy_id: int) -> None:
    """Agree to vote in the giver's name. Raises NotFound or Refused."""
    proxy = _proxy(tx, proxy_id)
    tx.require(may_accept_proxy, proxy)
    proxy.state, proxy.answered_at = ProxyState.ACCEPTED, tx.now
    tx.record(ProxyAccepted(proxy.id))


def refuse_proxy(tx: Transaction, proxy_id: int) -> None:
    """Decline to vote in the giver's name; the voice is the giver's again."""
    proxy = _proxy(tx, proxy_id)
    tx.require(may_refuse_proxy, proxy)
    proxy.state, proxy.answered_at, proxy.ended_at = ProxyState.REFUSED, tx.now, tx.now
    tx.record(ProxyRefused(proxy.id))


def revoke_proxy(tx: Transaction, proxy_id: int) -> None:
    """Take one's voice back. What was voted with it on other questions stays."""
    proxy = _proxy(tx, proxy_id)
    tx.require(may_revoke_proxy, proxy)
    proxy.state, proxy.ended_at = ProxyState.REVOKED, tx.now
    tx.record(ProxyRevoked(proxy.id))


def hand_back(tx: Transaction, proxy_id: int) -> None:
    """Give a voice back to its owner. What was voted with it on other questions stays."""
    proxy = _proxy(tx, proxy_id)
    tx.require(may_return_proxy, proxy)
    proxy.state, proxy.ended_at = ProxyState.RETURNED, tx.now
    tx.record(ProxyReturned(proxy.id, "handed_back"))


def return_proxies_of_leavers(tx: Transaction) -> int:
    """Give back the voices whose holder has left the cooperative; gives how many.

    One with which the holder has already voted on its only question stays where it is.
    """
    live = list(tx.session.scalars(select(Proxy).where(Proxy.state.in_(LIVE)).with_for_update()))
    holders = {proxy.holder_id for proxy in live}
    gone = status_queries.left_since(tx, holders, members.today(tx))
    returned = 0
    for proxy in live:
        if proxy.holder_id in gone and not standing.is_locked(tx, proxy):
            tx.require(may_return_proxy, proxy)
            proxy.state, proxy.ended_at = ProxyState.RETURNED, tx.now
            tx.record(ProxyReturned(proxy.id, "holder_left"))
            returned += 1
    return returned


def cast_for(tx: Transaction, poll_id: int, giver_id: int, raw: Mapping[str, str]) -> str | None:
    """Vote in the name of somebody who lent their voice: a ballot of its own, as free as one's
    own. In an open poll it can be changed until the end, and the giver's own ballot replaces it;
    in a secret one the voice is used up, and its receipt is given.

    Raises NotFound, Refused, or Invalid when the form does not say what is wanted.
    """
    poll = tx.session.get(Poll, poll_id, with_for_update=True)
    if poll is None:
        raise NotFound
    mine = list(standing.carried(tx, poll, tx.actor.person_id))
    proxy = next((one for one in mine if one.giver_id == giver_id), None)
    if proxy is not None:
        # A revocation at the same moment comes wholly before or wholly after.
        proxy = tx.session.get_one(Proxy, proxy.id, with_for_update=True, populate_existing=True)
        proxy = proxy if proxy.state == ProxyState.ACCEPTED else None
    line = standing.line_of(tx, poll_id, giver_id)
    tx.require(may_cast_for, poll, line, proxy)
    assert line is not None and proxy is not None  # noqa: S101, PT018
    choice = casting.choice_in(poll, raw)
    if poll.secret:
        return casting.cast_secretly(tx, poll, line, choice, proxy.id)
    if line.proxy_id is None:
        tx.record(ProxyUsed(proxy.id, poll.id))
    casting.cast_openly(tx, poll, line, choice, proxy.id)
    return None
