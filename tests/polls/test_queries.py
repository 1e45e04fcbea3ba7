"""What is visible of a poll, to whom, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from intranet.core.policy import NotFound
from intranet.polls import own_queries, queries
from intranet.polls.queries import PollCard
from intranet.polls.rolls import CROWD
from intranet.voting.types import Choice
from tests.cast import Cast, as_reader
from tests.polls.balloting import close, crowd, define, open_poll, stored, vote


def seen_by(person_id: int, poll_id: int) -> PollCard:
    return queries.poll(as_reader(person_id), poll_id)


def test_t65_choices_of_a_vote_are_seen_only_after_the_count(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    vote(cast.amel, poll, "for", "il est usé")
    during = seen_by(cast.bruno, poll)
    assert (during.voted, during.registered) == (1, 3)
    assert (during.positions, during.outcome, during.ballots_digest) == ((), None, None)
    with time_machine.travel(stored(poll).closes_at + timedelta(hours=1), tick=False):
        late = seen_by(cast.bruno, poll)
    assert late.waits_for_count
    assert (late.positions, late.outcome) == ((), None)
    close(poll)
    (position,) = seen_by(cast.bruno, poll).positions
    assert (position.name, position.option, position.reason) == ("Amel Benali", "for", "il est usé")


def test_i_see_my_own_open_choice_at_any_time(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    vote(cast.amel, poll, "for", "il est usé")
    mine = seen_by(cast.amel, poll)
    assert mine.my_choice == Choice("for", "il est usé")
    assert mine.i_have_voted
    assert seen_by(cast.bruno, poll).my_choice is None


def test_positions_of_a_round_of_consent_are_seen_while_it_lasts(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, method="consent"), cast.members)
    vote(cast.amel, poll, "objection", "trop cher")
    vote(cast.bruno, poll, "consent")
    positions = seen_by(cast.esther, poll).positions
    assert [(p.name, p.option, p.reason) for p in positions] == [
        ("Amel Benali", "objection", "trop cher"),
        ("Bruno Costa", "consent", ""),
    ]


def test_only_the_current_position_is_shown_and_a_lifted_objection_is_named(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, method="consent"), cast.members)
    vote(cast.amel, poll, "objection", "trop cher")
    vote(cast.amel, poll, "reservation", "à revoir dans un an")
    (position,) = seen_by(cast.esther, poll).positions
    assert (position.option, position.is_lifted_objection) == ("reservation", True)


def test_a_secret_vote_shows_no_choice_even_to_its_voter(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, secret=True), cast.members)
    vote(cast.amel, poll, "for", "il est usé")
    mine = seen_by(cast.amel, poll)
    assert mine.my_choice is None
    assert mine.i_have_voted
    assert mine.positions == ()
    close(poll)
    assert seen_by(cast.amel, poll).my_choice is None
    assert seen_by(cast.amel, poll).positions == ()
    assert queries.counted_ballots(as_reader(cast.amel), poll) == [Choice("for", "il est usé")]


def who_voted(card: PollCard) -> int:
    return sum(line.has_voted for line in card.roll)


@pytest.mark.parametrize(("ballots", "listed"), [(CROWD - 1, 0), (CROWD, CROWD)])
def test_t70_who_took_part_in_a_secret_vote_is_told_afterwards_and_in_a_crowd_only(
    cast: Cast, ballots: int, listed: int
) -> None:
    people = crowd(CROWD + 1)
    poll = open_poll(define(cast.assembly, secret=True), people)
    for person in people[:ballots]:
        vote(person, poll)
    during = seen_by(cast.bruno, poll)
    assert (during.voted, who_voted(during)) == (ballots, 0)
    close(poll)
    after = seen_by(cast.bruno, poll)
    assert (after.voted, who_voted(after)) == (ballots, listed)
    assert len(after.roll) == CROWD + 1


def test_who_has_voted_openly_is_told_at_once(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    vote(cast.amel, poll)
    voted = [line.name for line in seen_by(cast.bruno, poll).roll if line.has_voted]
    assert voted == ["Amel Benali"]


@pytest.mark.parametrize(
    ("secret", "options", "flagged"),
    [
        (True, ("for", "for"), True),
        (True, ("for", "against"), False),
        (True, (), False),
        (False, ("for", "for"), False),
    ],
)
def test_t70_a_unanimous_secret_result_is_flagged(
    cast: Cast, secret: bool, options: tuple[str, ...], flagged: bool
) -> None:
    poll = open_poll(define(cast.assembly, secret=secret), cast.members)
    for person, option in zip(cast.members, options, strict=False):
        vote(person, poll, option)
    assert not seen_by(cast.amel, poll).unanimous
    close(poll)
    assert seen_by(cast.amel, poll).unanimous is flagged


def test_the_page_says_why_one_may_not_vote(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    assert seen_by(cast.chloe, poll).may_cast.reason == "polls.not_on_the_roll"
    assert seen_by(cast.amel, poll).may_cast


def test_my_open_polls_are_those_where_i_may_still_vote(cast: Cast) -> None:
    procedure = define(cast.assembly)
    later = open_poll(procedure, cast.members, hours=72, origin_id=1)
    sooner = open_poll(procedure, cast.members, hours=24, origin_id=2)
    open_poll(procedure, [cast.bruno], origin_id=3)
    close(open_poll(procedure, cast.members, origin_id=4))
    vote(cast.amel, later)
    mine = own_queries.my_open_polls(as_reader(cast.amel))
    assert [(card.poll_id, card.has_voted) for card in mine] == [(sooner, False), (later, True)]
    with time_machine.travel(stored(sooner).closes_at, tick=False):
        assert [card.poll_id for card in own_queries.my_open_polls(as_reader(cast.amel))] == [later]


def test_polls_are_due_from_their_closing_time_until_they_are_counted(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members, origin_id=7)
    assert queries.due(as_reader(cast.amel)) == []
    with time_machine.travel(stored(poll).closes_at, tick=False):
        assert queries.due(as_reader(cast.amel)) == [("essai", 7)]
        close(poll)
        assert queries.due(as_reader(cast.amel)) == []


def test_everybody_voted_when_nobody_is_missing(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    for person in cast.members:
        assert not queries.everybody_voted(as_reader(cast.amel), poll)
        vote(person, poll)
    assert queries.everybody_voted(as_reader(cast.amel), poll)


def test_an_unknown_poll_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        seen_by(cast.amel, 999)
