"""Short ways to lend voices and vote with them in tests."""

from __future__ import annotations

from datetime import date

import pytest

from intranet.core.policy import Refused
from intranet.polls.models import Poll
from intranet.polls.proxies import service
from intranet.polls.proxies.models import Proxy
from intranet.polls.proxies.standing import Offer
from tests.cast import acting
from tests.polls.balloting import stored


def offer_for(poll_id: int, holder_id: int) -> Offer:
    """An offer for the one vote that is open."""
    poll: Poll = stored(poll_id)
    origin = (poll.origin_kind, poll.origin_id)
    return Offer(holder_id, poll.procedure.body_id, origin, poll.procedure_id)


def give(giver_id: int, offer: Offer) -> int:
    """An offered proxy."""
    with acting(giver_id) as tx:
        return service.give_proxy(tx, offer)


def accept(proxy_id: int, holder_id: int) -> int:
    """An accepted proxy."""
    with acting(holder_id) as tx:
        service.accept_proxy(tx, proxy_id)
    return proxy_id


def lend(giver_id: int, holder_id: int, poll_id: int) -> int:
    """A proxy given and accepted for an open vote."""
    return accept(give(giver_id, offer_for(poll_id, holder_id)), holder_id)


def lend_days(giver_id: int, holder_id: int, body_id: int, start: date, end: date) -> int:
    """A proxy given and accepted for some days of a body."""
    offer = Offer(holder_id, body_id, starts_on=start, ends_on=end)
    return accept(give(giver_id, offer), holder_id)


def vote_for(
    holder_id: int, giver_id: int, poll_id: int, option: str = "for", reason: str = ""
) -> None:
    """One ballot of a holder in a giver's name."""
    with acting(holder_id) as tx:
        service.cast_for(tx, poll_id, giver_id, {"option": option, "reason": reason})


def refused(command: object, *given: object) -> str:
    """The code with which a short way is refused."""
    with pytest.raises(Refused) as caught:
        command(*given)  # type: ignore[operator]
    return caught.value.verdict.reason


def state(proxy_id: int) -> str:
    """The state of a proxy as it is in the database now."""
    with acting(None) as tx:
        return tx.session.get_one(Proxy, proxy_id).state
