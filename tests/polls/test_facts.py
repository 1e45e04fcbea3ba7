"""What taking a ballot asks in one question is what the poll and the roll say."""

from __future__ import annotations

from dataclasses import fields

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from intranet.core import clock
from intranet.core.db import db
from intranet.polls.facts import LineFacts, PollFacts, ProcedureFacts, poll_and_line
from intranet.polls.models import Poll, Voter
from intranet.polls.proxies.models import Proxy, ProxyState
from tests.cast import Cast
from tests.meanwhile import both
from tests.polls.balloting import define, open_poll, vote
from tests.polls.proxies.lending import lend, offer_for, vote_for


def same(facts: PollFacts | LineFacts | ProcedureFacts, stored: Poll | Voter | object) -> bool:
    """Whether all that the facts say of a row is what the row says."""
    shared = [field.name for field in fields(facts) if hasattr(stored, field.name)]
    assert len(shared) >= len(fields(facts)) - 1
    return all(
        getattr(facts, name) == getattr(stored, name) for name in shared if name != "procedure"
    )


def test_the_facts_are_those_of_the_rows(cast: Cast) -> None:
    secret = define(cast.assembly, key="secret", name="Secret", secret=True)
    open_poll(secret, cast.members, origin_id=2)
    poll_id = open_poll(define(cast.assembly), cast.members)
    vote(cast.bruno, poll_id)
    found = poll_and_line(db.session(), poll_id, cast.bruno)
    assert found is not None
    poll, line = found
    stored = db.session.get_one(Poll, poll_id)
    of_bruno = select(Voter).where(Voter.poll_id == poll_id, Voter.person_id == cast.bruno)
    assert same(poll, stored)
    assert same(poll.procedure, stored.procedure)
    assert line is not None
    assert same(line, db.session.scalars(of_bruno).one())
    assert (line.has_voted, line.is_lent) == (True, False)


def test_a_secret_poll_and_the_holder_of_a_voice_are_told(cast: Cast) -> None:
    secret = open_poll(define(cast.assembly, secret=True), cast.members)
    stored = db.session.get_one(Poll, secret)
    poll, _line = known(secret, cast.amel)
    assert same(poll, stored)
    assert poll.sealing_key
    lend(cast.amel, cast.bruno, secret)
    vote_for(cast.bruno, cast.amel, secret)
    _poll, line = known(secret, cast.amel)
    assert line is not None
    assert (line.has_voted, line.proxy_id) == (True, 1)


def test_a_ballot_that_waits_for_another_sees_what_happened_meanwhile(
    app: Flask, cast: Cast
) -> None:
    poll_id = open_poll(define(cast.assembly), cast.members)
    holder = offer_for(poll_id, cast.bruno)
    assert holder.origin is not None
    kind, number = holder.origin

    def lends(session: Session) -> None:
        session.execute(select(Poll.id).where(Poll.id == poll_id).with_for_update())
        session.add(
            Proxy(
                giver_id=cast.amel,
                holder_id=holder.holder_id,
                body_id=holder.body_id,
                origin_kind=kind,
                origin_id=number,
                state=ProxyState.OFFERED,
                given_at=clock.now(),
            )
        )

    def votes(session: Session) -> bool:
        found = poll_and_line(session, poll_id, cast.amel)
        assert found is not None and found[1] is not None  # noqa: PT018
        return found[1].is_lent

    assert both(app, lends, votes)[1] is True


def known(poll_id: int, person_id: int) -> tuple[PollFacts, LineFacts | None]:
    """The facts of now."""
    db.session.rollback()
    found = poll_and_line(db.session(), poll_id, person_id)
    assert found is not None
    return found


def test_whoever_is_not_on_the_roll_has_no_line(cast: Cast) -> None:
    poll_id = open_poll(define(cast.assembly), cast.members)
    found = poll_and_line(db.session(), poll_id, cast.chloe)
    assert found is not None
    assert (found[0].id, found[1]) == (poll_id, None)
    assert poll_and_line(db.session(), poll_id + 1, cast.amel) is None


def test_a_voice_is_lent_while_the_proxy_for_this_very_vote_lives(cast: Cast) -> None:
    poll_id = open_poll(define(cast.assembly), cast.members)

    def is_lent(person_id: int) -> bool:
        line = known(poll_id, person_id)[1]
        assert line is not None
        return line.is_lent

    lend(cast.amel, cast.bruno, poll_id)
    assert [is_lent(one) for one in cast.members] == [True, False, False]
    vote_for(cast.bruno, cast.amel, poll_id)
    assert is_lent(cast.amel)
    vote(cast.amel, poll_id, "against")
    assert not is_lent(cast.amel)
