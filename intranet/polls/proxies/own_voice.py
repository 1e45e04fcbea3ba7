"""A direct vote wins: whoever votes in person speaks for themselves."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from intranet.core.db import run
from intranet.core.transaction import Transaction
from intranet.polls.models import Poll, Voter
from intranet.polls.proxies.events import ProxyOvertaken, ProxyRevoked
from intranet.polls.proxies.models import LIVE, Proxy, ProxyState

# Every open ballot asks this one: it is built once.
_LENT = (
    select(Proxy.id)
    .where(
        Proxy.giver_id == bindparam("giver_id"),
        Proxy.origin_kind == bindparam("kind"),
        Proxy.origin_id == bindparam("number"),
        Proxy.state.in_(LIVE),
    )
    .with_for_update()
)


def take_back(tx: Transaction, poll: Poll, voter: Voter) -> None:
    """Revoke what the voter lent for this very vote, and note whose ballot is being replaced.

    For open votes only: in a secret one, a proxy that ended at the minute of a ballot would tell
    when it was cast. A proxy for some days of a body goes on for the other votes.
    """
    if voter.proxy_id is not None:
        tx.record(ProxyOvertaken(voter.proxy_id, poll.id))
    lent = {"giver_id": voter.person_id, "kind": poll.origin_kind, "number": poll.origin_id}
    for number in run(tx.session, _LENT, lent).scalars():
        proxy = tx.session.get_one(Proxy, number)
        proxy.state, proxy.ended_at = ProxyState.REVOKED, tx.now
        tx.record(ProxyRevoked(proxy.id))
