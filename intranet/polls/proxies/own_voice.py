"""A direct vote wins: whoever votes in person speaks for themselves."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.transaction import Transaction
from intranet.polls.facts import LineFacts, PollFacts
from intranet.polls.proxies.events import ProxyOvertaken, ProxyRevoked
from intranet.polls.proxies.models import LIVE, Proxy, ProxyState


def take_back(tx: Transaction, poll: PollFacts, voter: LineFacts) -> None:
    """Revoke what the voter lent for this very vote, and note whose ballot is being replaced.

    For open votes only: in a secret one, a proxy that ended at the minute of a ballot would tell
    when it was cast. A proxy for some days of a body goes on for the other votes.
    """
    if voter.proxy_id is not None:
        tx.record(ProxyOvertaken(voter.proxy_id, poll.id))
    if not voter.is_lent:
        return
    lent = select(Proxy).where(
        Proxy.giver_id == voter.person_id,
        Proxy.origin_kind == poll.origin_kind,
        Proxy.origin_id == poll.origin_id,
        Proxy.state.in_(LIVE),
    )
    for proxy in tx.session.scalars(lent.with_for_update()):
        proxy.state, proxy.ended_at = ProxyState.REVOKED, tx.now
        tx.record(ProxyRevoked(proxy.id))
