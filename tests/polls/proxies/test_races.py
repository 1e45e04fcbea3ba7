"""Many proxies at once: real threads on a real database of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from intranet.core import transaction
from intranet.core.db import db
from intranet.core.policy import Refused
from intranet.polls.models import SealedBallot, Voter
from intranet.polls.proxies import service
from intranet.polls.proxies.models import LIVE, Proxy
from tests.cast import Cast, acting
from tests.polls.balloting import circle, close, crowd, define, open_poll, rows, vote
from tests.polls.proxies.lending import give, lend, offer_for, vote_for
from tests.polls.test_races import at_once, said


@contextmanager
def no_turn(_engine: Engine) -> Iterator[None]:
    """Writers that do not queue in this process, as those of several processes do not."""
    yield


def live() -> int:
    db.session.rollback()
    query = select(func.count()).select_from(Proxy).where(Proxy.state.in_(LIVE))
    return db.session.scalar(query) or 0


@pytest.mark.parametrize("queue", ["one process", "several"])
def test_t55_ten_proxies_at_once_never_exceed_the_cap(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, queue: str
) -> None:
    people = crowd(40)
    poll = open_poll(define(circle(people)), people)
    holder, *givers = people[:11]
    offers = [partial(give, giver, offer_for(poll, holder)) for giver in givers]
    if queue == "several":
        monkeypatch.setattr(transaction, "turn_to_write", no_turn)
    results = at_once(app, offers)
    refused = [one.verdict.reason for one in results if isinstance(one, Refused)]
    assert refused == ["proxies.holder_is_full"] * 8, said(results)
    assert live() == 2


def test_ten_times_the_same_proxy_at_once_is_one_proxy(app: Flask, cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    offer = offer_for(poll, cast.bruno)
    results = at_once(app, [partial(give, cast.amel, offer) for _ in range(10)])
    assert said(results) == {"done": 1, "proxies.already_given": 9}
    assert live() == 1


def test_two_who_lend_to_each_other_at_once_make_no_loop(app: Flask, cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    there = partial(give, cast.amel, offer_for(poll, cast.bruno))
    back = partial(give, cast.bruno, offer_for(poll, cast.amel))
    results = at_once(app, [there, back])
    assert said(results)["done"] == 1
    assert live() == 1


def test_giver_and_holder_at_once_are_one_voice_in_a_secret_vote(app: Flask, cast: Cast) -> None:
    people = [*cast.members, *crowd(3)]
    poll = open_poll(define(circle(people), secret=True), people)
    lend(cast.amel, cast.bruno, poll)
    by_holder = [partial(vote_for, cast.bruno, cast.amel, poll) for _ in range(5)]
    by_giver = [partial(vote, cast.amel, poll) for _ in range(5)]
    results = at_once(app, [*by_holder, *by_giver])
    assert said(results)["done"] == 1
    assert rows(SealedBallot) == 1
    assert close(poll).taken_part == 1


def _revoke(proxy_id: int, giver_id: int) -> None:
    with acting(giver_id) as tx:
        service.revoke_proxy(tx, proxy_id)


def test_a_revocation_during_a_vote_comes_wholly_before_or_after(app: Flask, cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    proxy = lend(cast.amel, cast.bruno, poll)
    used = partial(vote_for, cast.bruno, cast.amel, poll)
    results = at_once(app, [used, partial(_revoke, proxy, cast.amel)])
    assert said(results)["done"] == 1
    db.session.rollback()
    has_voted = db.session.scalar(select(Voter.has_voted).where(Voter.person_id == cast.amel))
    state = db.session.scalar(select(Proxy.state))
    assert (has_voted, state) in [(True, "accepted"), (False, "revoked")]
