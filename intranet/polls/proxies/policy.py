"""Who may lend a voice to whom, answer, take it back, and vote with it."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.statuses import Right
from intranet.polls.models import Poll, PollState, Voter
from intranet.polls.policy import is_open, is_revotable
from intranet.polls.proxies import standing
from intranet.polls.proxies.models import LIVE, Proxy, ProxyState
from intranet.polls.proxies.standing import Ground, Offer


def may_give_proxy(reader: Reader, offer: Offer) -> Verdict:
    """A person with a voice, to another one with a voice in the same vote who has room for it."""
    me = reader.actor.person_id
    if me is None or not reader.actor.has(Right.READ):
        return no("polls.no_longer_here")
    if me == offer.holder_id:
        return no("proxies.oneself")
    ground = standing.ground(reader, offer)
    if me not in ground.voters:
        return no("proxies.you_have_no_vote")
    if offer.holder_id not in ground.voters or not standing.is_here(reader, offer.holder_id):
        return no("proxies.holder_has_no_vote")
    if ground.cap == 0:
        return no("proxies.not_allowed")
    return first_refusal(
        _has_not_voted(reader, ground, me),
        _keeps_no_chain(reader, ground, me, offer.holder_id),
        _has_room(reader, ground, offer.holder_id),
    )


def _has_not_voted(reader: Reader, ground: Ground, giver_id: int) -> Verdict:
    if ground.poll is None:
        return YES
    if ground.poll.state != PollState.OPEN or reader.now >= ground.poll.closes_at:
        return no("polls.closed")
    line = standing.line_of(reader, ground.poll.id, giver_id)
    return no("proxies.you_have_voted") if line is None or line.has_voted else YES


def _keeps_no_chain(reader: Reader, ground: Ground, giver_id: int, holder_id: int) -> Verdict:
    """A voice is lent once, and never passed on."""
    given = standing.given_by(reader, giver_id, ground.scope)
    if given:
        return no("proxies.already_given", name=_name(reader, given[0].holder_id))
    held = standing.held_by(reader, giver_id, ground.scope)
    if held:
        return no("proxies.you_hold_one", name=_name(reader, held[0].giver_id))
    if standing.given_by(reader, holder_id, ground.scope):
        return no("proxies.holder_gave_theirs", name=_name(reader, holder_id))
    return YES


def _has_room(
    reader: Reader, ground: Ground, holder_id: int, apart_from: int | None = None
) -> Verdict:
    held = standing.held_by(reader, holder_id, ground.scope)
    if len([proxy for proxy in held if proxy.id != apart_from]) >= ground.cap:
        return no("proxies.holder_is_full", name=_name(reader, holder_id), cap=ground.cap)
    return YES


def _name(reader: Reader, person_id: int) -> str:
    return members.names(reader, [person_id])[person_id]


def may_refuse_proxy(reader: Reader, proxy: Proxy) -> Verdict:
    """The person to whom it was offered, until they have answered."""
    if reader.actor.person_id != proxy.holder_id:
        return no("proxies.not_offered_to_you")
    return YES if proxy.state == ProxyState.OFFERED else no("proxies.already_answered")


def may_accept_proxy(reader: Reader, proxy: Proxy) -> Verdict:
    """The person to whom it was offered, while there is something to decide with it, with room
    for it, and who has not lent their own voice."""
    verdict = may_refuse_proxy(reader, proxy)
    if not verdict:
        return verdict
    if not reader.actor.has(Right.READ):
        return no("polls.no_longer_here")
    if standing.is_over(reader, proxy):
        return no("proxies.over")
    scope = standing.scope_of(reader, proxy)
    if standing.given_by(reader, proxy.holder_id, scope):
        return no("proxies.you_gave_yours")
    offer = Offer(
        proxy.holder_id, proxy.body_id, scope.origin, None, proxy.starts_on, proxy.ends_on
    )
    ground = standing.ground(reader, offer)
    if ground.poll is None and scope.origin is not None:
        return YES  # Nobody knows the roll before the vote opens: the cap is asked at each use.
    return first_refusal(
        _has_not_voted_meanwhile(reader, ground, proxy),
        _has_room(reader, ground, proxy.holder_id, apart_from=proxy.id),
    )


def _has_not_voted_meanwhile(reader: Reader, ground: Ground, proxy: Proxy) -> Verdict:
    line = standing.line_of(reader, ground.poll.id, proxy.giver_id) if ground.poll else None
    if line is not None and line.has_voted:
        return no("proxies.giver_has_voted", name=_name(reader, proxy.giver_id))
    return YES


def may_revoke_proxy(reader: Reader, proxy: Proxy) -> Verdict:
    """Whoever gave it, until the holder has used it on the vote for which it was given."""
    if reader.actor.person_id != proxy.giver_id:
        return no("proxies.not_yours")
    return _can_still_end(reader, proxy)


def may_return_proxy(reader: Reader, proxy: Proxy) -> Verdict:
    """Whoever accepted it, until they have used it on the vote for which it was given."""
    if reader.actor.person_id != proxy.holder_id and not reader.actor.is_system:
        return no("proxies.not_offered_to_you")
    return _can_still_end(reader, proxy)


def _can_still_end(reader: Reader, proxy: Proxy) -> Verdict:
    if proxy.state not in LIVE:
        return no("proxies.already_ended")
    return no("proxies.is_used") if standing.is_locked(reader, proxy) else YES


def may_cast_for(reader: Reader, poll: Poll, line: Voter | None, proxy: Proxy | None) -> Verdict:
    """The holder of an accepted proxy that applies, both being on the roll, as long as the
    giver has not voted and no more voices than allowed are carried."""
    if poll.state == PollState.OPEN and reader.now < poll.opened_at:
        return no("polls.not_open_yet")
    if not is_open(poll, reader):
        return no("polls.closed")
    holder_id = reader.actor.person_id
    if standing.line_of(reader, poll.id, holder_id) is None:
        return no("polls.not_on_the_roll")
    if not reader.actor.has(Right.READ):
        return no("polls.no_longer_here")
    if proxy is None or proxy.holder_id != holder_id:
        return no("proxies.none_for_this_vote")
    if line is None:
        return no("proxies.giver_is_not_on_the_roll", name=_name(reader, proxy.giver_id))
    if not standing.is_here(reader, proxy.giver_id):
        return no("proxies.giver_left", name=_name(reader, proxy.giver_id))
    if line.has_voted and line.proxy_id != proxy.id:
        return no("proxies.giver_has_voted", name=_name(reader, proxy.giver_id))
    if line.has_voted and (poll.secret or not is_revotable(poll)):
        return no("proxies.voice_is_used", name=_name(reader, proxy.giver_id))
    cap = standing.cap_in(reader, poll)
    if cap == 0:
        return no("proxies.not_allowed")
    if standing.voices_used(reader, poll, holder_id, apart_from=line.id) >= cap:
        return no("proxies.cap_is_reached", cap=cap)
    return YES
