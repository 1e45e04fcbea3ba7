"""Objections: raised by a ballot, answered, lifted by their author alone, kept for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError, IntegrityError

from intranet.audit import objection_checks
from intranet.audit.checks import checks
from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import reader
from intranet.polls import rounds
from intranet.polls.models import OpenBallot, Poll
from intranet.polls.objections import queries, service
from intranet.polls.objections.models import Objection, ObjectionEnd
from intranet.polls.objections.queries import ObjectionCard, Standing
from intranet.polls.procedure_models import Course
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Result
from tests.cast import Cast, acting, as_reader
from tests.polls.balloting import close, define, happened, open_poll, rows, stored, vote


@pytest.fixture
def poll(cast: Cast) -> int:
    """A round of consent among three."""
    return open_poll(define(cast.assembly, method="consent"), cast.members)


def seen(poll_id: int) -> list[ObjectionCard]:
    db.session.rollback()
    return queries.objections(reader(SYSTEM), poll_id)


def only(poll_id: int) -> ObjectionCard:
    (card,) = seen(poll_id)
    return card


def lift(person_id: int, objection_id: int, because: str = "") -> None:
    with acting(person_id) as tx:
        service.lift_objection(tx, objection_id, because)


def end_and_close(poll_id: int) -> Outcome:
    with time_machine.travel(stored(poll_id).closes_at + timedelta(minutes=1)):
        return close(poll_id)


def test_an_objecting_ballot_raises_an_objection_with_its_words(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    card = only(poll)
    assert (card.person_id, card.reason, card.standing) == (cast.amel, "trop cher", Standing.OPEN)
    assert happened()[-2:] == ["BallotCast", "ObjectionRaised"]


def test_saying_an_objection_better_raises_no_second_one(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    vote(cast.amel, poll, "objection", "trop cher de 400 euros")
    assert only(poll).reason == "trop cher de 400 euros"
    assert rows(OpenBallot) == 2


def test_its_author_lifts_it_and_is_then_neither_for_nor_against(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    vote(cast.bruno, poll, "consent")
    lift(cast.amel, only(poll).id, " Le prix a baissé. ")
    card = only(poll)
    assert (card.standing, card.because) == (Standing.LIFTED, "Le prix a baissé.")
    outcome = end_and_close(poll)
    assert outcome.result is Result.ADOPTED
    assert (outcome.counts["objection"], outcome.counts["objection_lifted"]) == (0, 1)
    assert outcome.counts["consent"] == 1


def test_another_position_lifts_it_and_counts(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    vote(cast.amel, poll, "reservation", "à revoir dans un an")
    card = only(poll)
    assert (card.standing, card.position) == (Standing.LIFTED, "reservation")
    outcome = end_and_close(poll)
    assert outcome.counts["reservation"] == 1
    assert outcome.counts["objection_lifted"] == 0


def test_whoever_objects_again_raises_another_one(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    lift(cast.amel, only(poll).id)
    vote(cast.amel, poll, "objection", "trop bruyant")
    first, second = seen(poll)
    assert (first.reason, first.standing) == ("trop cher", Standing.LIFTED)
    assert (second.reason, second.standing) == ("trop bruyant", Standing.OPEN)
    assert end_and_close(poll).result is Result.REJECTED


def test_nobody_else_lifts_it_not_even_the_system(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    number = only(poll).id
    with pytest.raises(Refused) as caught:
        lift(cast.bruno, number)
    assert caught.value.verdict.reason == "objections.only_its_author"
    with pytest.raises(Refused), acting(None) as tx:
        service.lift_objection(tx, number)
    assert only(poll).standing is Standing.OPEN


def test_it_is_lifted_once_and_only_while_the_vote_is_open(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    vote(cast.bruno, poll, "objection", "trop grand")
    first, second = seen(poll)
    lift(cast.amel, first.id)
    with pytest.raises(Refused) as caught:
        lift(cast.amel, first.id)
    assert caught.value.verdict.reason == "objections.already_lifted"
    with (
        time_machine.travel(stored(poll).closes_at, tick=False),
        pytest.raises(Refused) as caught,
    ):
        lift(cast.bruno, second.id)
    assert caught.value.verdict.reason == "objections.vote_has_ended"


def test_an_unknown_objection_and_endless_words_are_refused(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    with pytest.raises(NotFound):
        lift(cast.amel, 99)
    with pytest.raises(Invalid):
        lift(cast.amel, only(poll).id, "a" * (service.LONGEST_BECAUSE + 1))


def test_one_open_objection_rejects_and_stays_upheld(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    for person in (cast.bruno, cast.esther):
        vote(person, poll, "consent")
    assert end_and_close(poll).result is Result.REJECTED
    assert only(poll).standing is Standing.UPHELD


def test_the_override_of_the_procedure_overcomes_it_in_the_record(cast: Cast) -> None:
    settings = Settings.from_json({"objection_override": "2/3", "base": Base.REGISTERED.value})
    poll = open_poll(define(cast.assembly, method="consent", settings=settings), cast.members)
    vote(cast.amel, poll, "objection", "trop cher")
    for person in (cast.bruno, cast.esther):
        vote(person, poll, "consent")
    assert end_and_close(poll).result is Result.ADOPTED
    assert only(poll).standing is Standing.OVERCOME


def test_a_secret_round_has_no_objection_of_anybody(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, method="consent", secret=True), cast.members)
    vote(cast.amel, poll, "objection", "trop cher")
    assert seen(poll) == []
    assert "ObjectionRaised" not in happened()
    assert end_and_close(poll).result is Result.REJECTED


def test_a_recount_finds_lifted_objections_again(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    vote(cast.bruno, poll, "consent")
    lift(cast.amel, only(poll).id)
    end_and_close(poll)
    db.session.rollback()
    assert [check.name for check in checks(reader(SYSTEM)) if not check.is_well] == []


def test_the_database_keeps_objections_and_their_ends_for_ever(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    lift(cast.amel, only(poll).id)
    for row in (select(Objection), select(ObjectionEnd)):
        found = db.session.scalars(row).one()
        db.session.delete(found)
        with pytest.raises((IntegrityError, DatabaseError), match="record"):
            db.session.flush()
        db.session.rollback()


def test_the_page_tells_each_reader_what_they_may_do(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    number = only(poll).id
    (mine,) = queries.objections(as_reader(cast.amel), poll)
    (theirs,) = queries.objections(as_reader(cast.bruno), poll)
    assert (bool(mine.may_lift), bool(theirs.may_lift)) == (True, False)
    assert queries.poll_of(as_reader(cast.bruno), number) == poll
    assert clock.now() < stored(poll).closes_at


def test_a_procedure_may_ask_everybody_for_a_reason(cast: Cast) -> None:
    course = Course(reason_required=True)
    poll = open_poll(define(cast.assembly, course=course), cast.members)
    for words in ("", " … "):
        with pytest.raises(Invalid) as caught:
            vote(cast.amel, poll, "for", words)
        assert caught.value.errors == {"reason": "reason_required"}
    vote(cast.amel, poll, "for", "il est usé")
    assert rows(OpenBallot) == 1


@pytest.mark.parametrize("lifts", [False, True])
def test_a_second_vote_that_keeps_ballots_keeps_objections(cast: Cast, lifts: bool) -> None:
    first = open_poll(define(cast.assembly, method="consent"), cast.members)
    vote(cast.amel, first, "objection", "trop cher")
    if lifts:
        lift(cast.amel, only(first).id)
    with acting(None) as tx:
        rounds.put_aside(tx, tx.session.get_one(Poll, first))
    second = open_poll(stored(first).procedure_id, cast.members)
    with acting(None) as tx:
        rounds.follow(tx, first, second, kept=True)
    card = only(second)
    assert (card.reason, card.standing is Standing.OPEN) == ("trop cher", not lifts)
    vote(cast.bruno, second, "consent")
    assert end_and_close(second).result is (Result.ADOPTED if lifts else Result.REJECTED)
    db.session.rollback()
    assert [check.name for check in checks(reader(SYSTEM)) if not check.is_well] == []


def test_an_objection_lifted_behind_the_journal_is_found(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll, "objection", "trop cher")
    with acting(None) as tx:
        tx.session.add(ObjectionEnd(objection_id=1, at=tx.now))
    (problem,) = objection_checks.recorded(reader(SYSTEM))
    assert "the journal says otherwise" in problem


def test_a_block_of_a_consensus_is_lifted_in_the_same_way(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, method="consensus"), cast.members)
    vote(cast.amel, poll, "block", "trop tôt")
    vote(cast.bruno, poll, "agree")
    assert only(poll).reason == "trop tôt"
    lift(cast.amel, only(poll).id)
    assert end_and_close(poll).result is Result.ADOPTED
