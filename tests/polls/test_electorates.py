"""Who votes: by body, by status at a date, by name; frozen, listed and hashed at the opening.

The cases T28 to T37 are those that went wrong in other systems while people were voting.
"""

from __future__ import annotations

import html
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from intranet.audit import poll_checks
from intranet.auth.models import Account
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import reader
from intranet.polls import electorates, procedure_queries, queries
from intranet.polls.electorates import Electorate, InvalidElectorate, by_name, by_status
from intranet.polls.freezing import electorate_digest
from intranet.polls.models import Voter
from intranet.polls.proxies import voice_queries
from intranet.voting.settings import Settings
from intranet.voting.types import Base
from tests.cast import Cast, Client, acting, as_reader, this_day
from tests.polls.balloting import (
    becomes,
    circle,
    close,
    define,
    open_poll,
    put_to_the_vote,
    stored,
    submitted,
    vote,
)
from tests.polls.proxies.lending import lend, vote_for

LONG_AGO = date(2020, 6, 1)


def roll(poll_id: int) -> set[int]:
    db.session.rollback()
    return set(db.session.scalars(select(Voter.person_id).where(Voter.poll_id == poll_id)))


def asked(cast: Cast, electorate: Electorate, on: date) -> set[int]:
    found = electorates.people(as_reader(cast.amel), electorate.to_text(), cast.assembly, on)
    return {person.id for person in found}


@pytest.mark.parametrize(
    "electorate",
    [Electorate(), by_status(["employee", "applicant"]), by_name([3, 1, 2])],
)
def test_an_electorate_is_read_back_as_it_was_written(electorate: Electorate) -> None:
    assert Electorate.from_text(electorate.to_text()) == electorate


@pytest.mark.parametrize(
    "text", ["statuses", "statuses former", "statuses king", "people", "people x", "everybody"]
)
def test_an_electorate_that_asks_nobody_or_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(InvalidElectorate):
        Electorate.from_text(text)


def test_by_status_at_a_date_finds_those_who_had_it_that_day(cast: Cast) -> None:
    becomes(cast.chloe, "member_employee", date(2024, 1, 1))
    employees = by_status(["employee"])
    assert cast.chloe in asked(cast, employees, date(2023, 12, 31))
    assert cast.chloe not in asked(cast, employees, date(2024, 1, 1))
    assert cast.chloe in asked(cast, Electorate(), date(2024, 1, 1))


def test_by_name_leaves_out_whoever_has_left_by_then(cast: Cast) -> None:
    named = by_name([cast.amel, cast.chloe, cast.david])
    assert asked(cast, named, this_day()) == {cast.amel, cast.chloe}


def test_by_body_follows_its_rule_or_its_list(cast: Cast) -> None:
    today = this_day()
    assert asked(cast, Electorate(), today) == set(cast.members)
    listed = circle([cast.amel, cast.chloe])
    found = electorates.people(as_reader(cast.amel), "", listed, today)
    assert {person.id for person in found} == {cast.amel, cast.chloe}


def test_a_vote_asks_those_whom_its_procedure_names_and_freezes_them(cast: Cast) -> None:
    define(cast.assembly, key="named", electorate=by_name([cast.bruno, cast.esther]))
    poll = put_to_the_vote(cast.amel, submitted(cast.amel, "named"))
    assert roll(poll) == {cast.bruno, cast.esther}
    assert stored(poll).electorate_digest == electorate_digest([cast.bruno, cast.esther])
    with pytest.raises(Refused, match=r"polls\.not_on_the_roll"):
        vote(cast.amel, poll)
    (card,) = procedure_queries.procedures(as_reader(cast.amel))
    assert procedure_queries.sizes(as_reader(cast.amel), [card]) == {card.id: 2}


def test_a_procedure_that_names_nobody_known_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        define(cast.assembly, electorate=by_name([cast.amel, 999999]))
    assert caught.value.errors == {"electorate": "electorate_names_unknown"}


def test_who_votes_is_part_of_what_is_hashed(cast: Cast) -> None:
    body = define(cast.assembly)
    named = define(cast.assembly, name="Nommées", electorate=by_name(cast.members))
    capped = define(cast.assembly, name="Sans pouvoir", proxy_cap=0)
    polls = [open_poll(one, cast.members, origin_id=one) for one in (body, named, capped)]
    assert len({stored(poll).freeze_digest for poll in polls}) == 3
    assert list(poll_checks.openings(reader(SYSTEM))) == []


def test_t28_a_leaver_keeps_the_vote_that_was_cast(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    vote(cast.amel, poll, "for")
    becomes(cast.amel, "former", LONG_AGO)
    assert close(poll).counts["for"] == 1


def test_t29_a_leaver_who_had_not_voted_stays_counted_and_is_shown_as_gone(cast: Cast) -> None:
    settings = Settings(base=Base.REGISTERED)
    poll = open_poll(
        define(cast.assembly, method="qualified_majority", settings=settings), cast.members
    )
    becomes(cast.amel, "former", LONG_AGO)
    vote(cast.bruno, poll, "for")
    shown = voice_queries.voices(as_reader(cast.esther), poll)
    assert shown.left == (("Amel Benali", LONG_AGO),)
    outcome = close(poll)
    assert (outcome.registered, outcome.base_size, outcome.needed) == (3, 3, 2)
    assert outcome.result == "rejected"
    with pytest.raises(Refused):
        vote(cast.amel, poll)


def test_t30_a_later_joiner_cannot_vote_and_is_told_why(client: Client, cast: Cast) -> None:
    define(cast.assembly, key="simple")
    proposal = submitted(cast.amel, "simple")
    poll = put_to_the_vote(cast.amel, proposal)
    becomes(cast.chloe, "member_employee", date(2024, 1, 1))
    with pytest.raises(Refused, match=r"polls\.came_after_the_opening"):
        vote(cast.chloe, poll)
    client.sign_in("chloe").submit("/language", language="en")
    page = html.unescape(client.get(f"/proposals/{proposal}").get_data(as_text=True))
    assert "You joined after this vote had opened" in page
    assert f'action="/polls/{poll}/ballot"' not in page


def test_t31_the_roll_is_a_list_of_names_and_the_count_is_its_length(cast: Cast) -> None:
    with acting(None) as tx:
        account = tx.session.scalars(select(Account).where(Account.person_id == cast.bruno)).one()
        account.disabled_at = tx.now
    define(cast.assembly, key="simple")
    poll = put_to_the_vote(cast.amel, submitted(cast.amel, "simple"))
    card = queries.poll(as_reader(cast.amel), poll)
    assert card.registered == len(card.roll) == len({line.person_id for line in card.roll}) == 3
    assert {line.name for line in card.roll} == {"Amel Benali", "Bruno Costa", "Esther Roux"}
    assert close(poll).registered == 3


def test_t32_whoever_may_vote_opens_the_page(client: Client, cast: Cast) -> None:
    define(cast.meeting, key="simple")
    proposal = submitted(cast.amel, "simple")
    poll = put_to_the_vote(cast.amel, proposal)
    assert cast.chloe in roll(poll)
    for name in ("amel", "bruno", "chloe", "esther"):
        page = client.sign_in(name).get(f"/proposals/{proposal}")
        assert page.status_code == 200
        assert f'action="/polls/{poll}/ballot"' in page.get_data(as_text=True)


def test_t32_a_vote_whose_voters_could_not_read_it_does_not_open(cast: Cast) -> None:
    define(cast.assembly, key="open", electorate=by_status(["member_employee", "sympathiser"]))
    proposal = submitted(cast.amel, "open")
    with pytest.raises(Exception, match=r"proposals\.not_ready"):
        put_to_the_vote(cast.amel, proposal)


def test_t33_nobody_adds_a_voter_and_one_added_behind_the_code_is_found(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    assert list(poll_checks.openings(reader(SYSTEM))) == []
    with acting(None) as tx:
        tx.session.add(Voter(poll_id=poll, person_id=cast.chloe, has_voted=False))
    db.session.rollback()
    assert list(poll_checks.openings(reader(SYSTEM))) == [
        f"poll {poll}: the roll is not the one of its opening"
    ]


def test_t34_voters_are_a_subset_of_the_roll_and_turnout_never_exceeds_it(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    lend(cast.amel, cast.bruno, poll)
    vote_for(cast.bruno, cast.amel, poll)
    for person in cast.members:
        vote(person, poll)
        vote(person, poll)
    becomes(cast.esther, "former", LONG_AGO)
    card = queries.poll(as_reader(cast.amel), poll)
    assert (card.voted, card.registered) == (3, 3)
    outcome = close(poll)
    assert sum(outcome.counts.values()) == outcome.registered == 3


def test_t35_a_person_in_two_bodies_has_one_line_and_one_voice(cast: Cast) -> None:
    twice = [*cast.members, *cast.members, cast.amel]
    poll = open_poll(define(cast.assembly), twice)
    assert roll(poll) == set(cast.members)
    with pytest.raises(IntegrityError), acting(None) as tx:
        tx.session.add(Voter(poll_id=poll, person_id=cast.amel, has_voted=False))


def test_t35_nobody_votes_without_signing_in(client: Client, cast: Cast) -> None:
    define(cast.assembly, key="simple")
    poll = put_to_the_vote(cast.amel, submitted(cast.amel, "simple"))
    answer = client.get(f"/polls/{poll}")
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_t36_a_person_has_one_account_so_that_two_can_never_be_merged(cast: Cast) -> None:
    with pytest.raises(IntegrityError), acting(None) as tx:
        tx.session.add(
            Account(
                person_id=cast.amel,
                email="autre@example.org",
                password_hash="x",
                created_at=tx.now,
            )
        )


def test_t37_nobody_is_deleted_and_a_leavers_name_and_vote_stay(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    vote(cast.amel, poll, "against", "trop cher")
    becomes(cast.amel, "former", LONG_AGO)
    close(poll)
    db.session.rollback()
    with pytest.raises(IntegrityError), acting(None) as tx:
        tx.session.execute(text(f"DELETE FROM person WHERE id = {cast.amel}"))
    card = queries.poll(as_reader(cast.bruno), poll)
    (position,) = card.positions
    assert (position.name, position.option) == ("Amel Benali", "against")
    left = voice_queries.voices(as_reader(cast.bruno), poll).left
    assert left == (("Amel Benali", LONG_AGO),)
    assert list(poll_checks.recounts(reader(SYSTEM))) == []


def test_the_voices_of_an_unknown_poll_are_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        voice_queries.voices(as_reader(cast.amel), 999)
