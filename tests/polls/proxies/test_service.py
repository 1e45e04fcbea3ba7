"""Lending a voice: to whom, how often, until when, and what a direct vote does to it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from intranet.core import clock
from intranet.core.db import Base, db
from intranet.core.policy import Invalid, NotFound
from intranet.duties import return_proxies
from intranet.polls import effects
from intranet.polls.models import OpenBallot, Poll, SealedBallot, Voter
from intranet.polls.procedure_models import Course
from intranet.polls.proxies import queries, service, voice_queries
from intranet.polls.proxies.models import Proxy
from intranet.polls.proxies.standing import Offer
from intranet.voting.proxies import allowed_proxies, proxy_cap
from intranet.voting.settings import Settings
from intranet.voting.types import Base as CountBase
from tests.cast import Cast, Client, acting, as_reader, this_day
from tests.polls.balloting import (
    becomes,
    circle,
    close,
    crowd,
    define,
    happened,
    open_poll,
    put_to_the_vote,
    rows,
    stored,
    submitted,
    vote,
)
from tests.polls.proxies.lending import (
    accept,
    give,
    lend,
    lend_days,
    offer_for,
    refused,
    state,
    vote_for,
)


@pytest.fixture
def poll(cast: Cast) -> int:
    """An open poll of the members."""
    return open_poll(define(cast.assembly), cast.members)


@pytest.fixture
def secret_poll(cast: Cast) -> int:
    """A secret poll of the members and four more people."""
    people = [*cast.members, *crowd(4)]
    return open_poll(define(circle(people), secret=True), people)


def line(poll_id: int, person_id: int) -> Voter:
    db.session.rollback()
    query = select(Voter).where(Voter.poll_id == poll_id, Voter.person_id == person_id)
    return db.session.scalars(query).one()


def ballots(poll_id: int) -> list[tuple[str, int | None]]:
    db.session.rollback()
    query = select(OpenBallot.option, OpenBallot.proxy_id).where(OpenBallot.poll_id == poll_id)
    return [tuple(row) for row in db.session.execute(query.order_by(OpenBallot.id))]


def today() -> date:
    return this_day()


@pytest.mark.parametrize(
    ("members", "cap"),
    [(2, 1), (7, 1), (19, 1), (20, 1), (39, 1), (40, 2), (60, 3), (100, 5), (500, 25)],
)
def test_t74_the_cap_follows_the_number_of_members(members: int, cap: int) -> None:
    assert proxy_cap(members) == cap
    assert allowed_proxies(members, None) == cap


def test_t74_a_procedure_lowers_the_cap_and_never_raises_it() -> None:
    assert [allowed_proxies(100, own) for own in (None, 0, 2, 5, 9)] == [5, 0, 2, 5, 5]
    assert allowed_proxies(0, None) == 0


def test_t74_the_cap_of_the_law_is_asked_at_the_gift(cast: Cast) -> None:
    people = crowd(40)
    poll = open_poll(define(circle(people)), people)
    holder, *others = people
    for giver in others[:2]:
        lend(giver, holder, poll)
    assert refused(lend, others[2], holder, poll) == "proxies.holder_is_full"
    assert rows(Proxy) == 2


def test_t74_a_procedure_can_allow_no_proxy_at_all(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, proxy_cap=0), cast.members)
    assert refused(lend, cast.amel, cast.bruno, poll) == "proxies.not_allowed"


def test_t75_a_proxy_counts_for_the_quorum_only_when_its_holder_took_part(cast: Cast) -> None:
    half = Settings(quorum=Fraction(1, 2))
    people = crowd(4)
    procedure = define(circle(people), settings=half)
    unused = open_poll(procedure, people, origin_id=1)
    lend(people[0], people[1], unused)
    vote(people[2], unused)
    outcome = close(unused)
    assert (outcome.taken_part, outcome.result) == (1, "no_quorum")
    used = open_poll(procedure, people, origin_id=2)
    lend(people[0], people[1], used)
    vote_for(people[1], people[0], used)
    vote(people[2], used)
    outcome = close(used)
    assert (outcome.taken_part, outcome.quorum_met) == (2, True)
    assert stored(used).by_proxy == 1
    assert stored(unused).by_proxy == 0


def test_t75_present_or_represented_counts_a_voice_that_its_holder_gave(cast: Cast) -> None:
    base = Settings(base=CountBase.PRESENT_OR_REPRESENTED)
    poll = open_poll(
        define(cast.assembly, method="qualified_majority", settings=base), cast.members
    )
    lend(cast.amel, cast.bruno, poll)
    vote(cast.bruno, poll)
    vote_for(cast.bruno, cast.amel, poll, "abstain")
    outcome = close(poll)
    assert (outcome.base_size, outcome.needed, outcome.result) == (2, 2, "rejected")


def test_t76_the_giver_who_voted_first_leaves_nothing_to_the_holder(cast: Cast, poll: int) -> None:
    proxy = lend(cast.amel, cast.bruno, poll)
    vote(cast.amel, poll, "against")
    assert state(proxy) == "revoked"
    assert refused(vote_for, cast.bruno, cast.amel, poll) == "proxies.none_for_this_vote"
    assert happened()[-2:] == ["ProxyRevoked", "BallotCast"]
    assert close(poll).counts["against"] == 1


def test_t76_the_giver_who_votes_after_the_holder_replaces_the_ballot(
    cast: Cast, poll: int
) -> None:
    proxy = lend(cast.amel, cast.bruno, poll)
    vote_for(cast.bruno, cast.amel, poll, "for")
    assert line(poll, cast.amel).proxy_id == proxy
    vote(cast.amel, poll, "against")
    assert ballots(poll) == [("for", proxy), ("against", None)]
    assert line(poll, cast.amel).proxy_id is None
    assert happened()[-5:] == [
        "ProxyUsed",
        "BallotCast",
        "ProxyOvertaken",
        "ProxyRevoked",
        "BallotCast",
    ]
    outcome = close(poll)
    assert (outcome.counts["for"], outcome.counts["against"], outcome.taken_part) == (0, 1, 1)
    assert stored(poll).by_proxy == 0


def test_t76_the_holder_cannot_vote_again_after_the_giver(cast: Cast, poll: int) -> None:
    lend_days(cast.amel, cast.bruno, cast.assembly, today(), today() + timedelta(days=5))
    vote_for(cast.bruno, cast.amel, poll)
    vote(cast.amel, poll, "against")
    assert refused(vote_for, cast.bruno, cast.amel, poll) == "proxies.giver_has_voted"


def test_t76_a_direct_vote_wins_even_where_votes_are_final(cast: Cast) -> None:
    final = define(cast.assembly, course=Course(revotable=False))
    poll = open_poll(final, cast.members)
    lend(cast.amel, cast.bruno, poll)
    vote_for(cast.bruno, cast.amel, poll, "for")
    assert refused(vote_for, cast.bruno, cast.amel, poll) == "proxies.voice_is_used"
    vote(cast.amel, poll, "against")
    assert refused(vote, cast.amel, poll, "for") == "polls.vote_is_final"
    assert close(poll).counts["against"] == 1


@pytest.mark.parametrize("first", ["giver", "holder"])
def test_t76_in_a_secret_vote_the_voice_is_used_by_whoever_came_first(
    cast: Cast, secret_poll: int, first: str
) -> None:
    lend(cast.amel, cast.bruno, secret_poll)
    if first == "giver":
        vote(cast.amel, secret_poll)
        said = refused(vote_for, cast.bruno, cast.amel, secret_poll)
        assert said == "proxies.giver_has_voted"
    else:
        vote_for(cast.bruno, cast.amel, secret_poll)
        assert refused(vote, cast.amel, secret_poll) == "polls.holder_has_voted"
        said = refused(vote_for, cast.bruno, cast.amel, secret_poll)
        assert said == "proxies.voice_is_used"
    assert rows(SealedBallot) == 1
    assert close(secret_poll).counts["for"] == 1


def test_t77_a_proxy_is_locked_once_the_holder_has_voted_with_it(cast: Cast, poll: int) -> None:
    proxy = lend(cast.amel, cast.bruno, poll)
    vote_for(cast.bruno, cast.amel, poll)
    with acting(cast.amel) as tx:
        assert refused(service.revoke_proxy, tx, proxy) == "proxies.is_used"
    with acting(cast.bruno) as tx:
        assert refused(service.hand_back, tx, proxy) == "proxies.is_used"
    vote_for(cast.bruno, cast.amel, poll, "against")
    assert close(poll).counts["against"] == 1


def test_t77_what_was_voted_with_the_proxy_of_some_days_stays_when_it_is_revoked(
    cast: Cast, poll: int
) -> None:
    proxy = lend_days(cast.amel, cast.bruno, cast.assembly, today(), today() + timedelta(days=5))
    vote_for(cast.bruno, cast.amel, poll)
    with acting(cast.amel) as tx:
        service.revoke_proxy(tx, proxy)
    other = open_poll(stored(poll).procedure_id, cast.members, origin_id=2)
    assert refused(vote_for, cast.bruno, cast.amel, other) == "proxies.none_for_this_vote"
    assert refused(vote_for, cast.bruno, cast.amel, poll) == "proxies.none_for_this_vote"
    assert close(poll).counts["for"] == 1


def test_t77_a_later_version_of_the_procedure_changes_no_proxy_of_an_open_vote(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, key="simple"), cast.members)
    define(cast.assembly, key="simple", proxy_cap=0)
    lend(cast.amel, cast.bruno, poll)
    vote_for(cast.bruno, cast.amel, poll)
    assert close(poll).counts["for"] == 1


def test_t78_a_proxy_to_oneself_is_refused(cast: Cast, poll: int) -> None:
    assert refused(lend, cast.amel, cast.amel, poll) == "proxies.oneself"
    with pytest.raises(IntegrityError), acting(None) as tx:
        tx.session.add(
            Proxy(
                giver_id=cast.amel,
                holder_id=cast.amel,
                body_id=cast.assembly,
                starts_on=today(),
                ends_on=today(),
                state="offered",
                given_at=tx.now,
            )
        )


def test_t78_a_voice_is_never_passed_on(cast: Cast, poll: int) -> None:
    give(cast.amel, offer_for(poll, cast.bruno))
    assert refused(lend, cast.bruno, cast.esther, poll) == "proxies.you_hold_one"


def test_t78_a_loop_of_two_or_three_is_refused(cast: Cast, poll: int) -> None:
    lend(cast.amel, cast.bruno, poll)
    assert refused(lend, cast.bruno, cast.amel, poll) == "proxies.you_hold_one"
    assert refused(lend, cast.esther, cast.amel, poll) == "proxies.holder_gave_theirs"


def test_t78_whoever_lent_their_voice_cannot_hold_one(cast: Cast, poll: int) -> None:
    lend(cast.amel, cast.bruno, poll)
    assert refused(lend, cast.esther, cast.amel, poll) == "proxies.holder_gave_theirs"


def test_t78_chains_across_a_vote_and_some_days_are_refused_too(cast: Cast, poll: int) -> None:
    lend_days(cast.amel, cast.bruno, cast.assembly, today(), today() + timedelta(days=9))
    assert refused(lend, cast.bruno, cast.esther, poll) == "proxies.you_hold_one"
    assert refused(lend, cast.esther, cast.amel, poll) == "proxies.holder_gave_theirs"
    assert refused(lend, cast.amel, cast.esther, poll) == "proxies.already_given"


def test_t78_a_holder_without_a_vote_is_refused(cast: Cast, poll: int) -> None:
    for nobody in (cast.chloe, cast.farid, cast.david, cast.gwen):
        assert refused(lend, cast.amel, nobody, poll) == "proxies.holder_has_no_vote"


def test_t78_a_giver_without_a_vote_is_refused(cast: Cast, poll: int) -> None:
    assert refused(lend, cast.chloe, cast.amel, poll) == "proxies.you_have_no_vote"
    assert refused(lend, cast.david, cast.amel, poll) == "polls.no_longer_here"


def test_whoever_joined_after_the_opening_cannot_hold_a_voice_of_this_vote(
    cast: Cast, poll: int
) -> None:
    (newcomer,) = crowd(1)
    assert refused(lend, cast.amel, newcomer, poll) == "proxies.holder_has_no_vote"


def test_t79_a_holder_with_the_fewest_rights_gets_the_givers_ballot(
    client: Client, cast: Cast
) -> None:
    define(cast.meeting, key="meeting")
    poll = put_to_the_vote(cast.bruno, submitted(cast.bruno, "meeting"))
    lend(cast.amel, cast.chloe, poll)
    page = client.sign_in("chloe").get(f"/polls/{poll}/voices/{cast.amel}")
    assert page.status_code == 200
    assert 'name="option"' in page.get_data(as_text=True)
    answer = client.submit(f"/polls/{poll}/voices/{cast.amel}", option="for")
    assert answer.status_code == 303
    assert close(poll).counts["for"] == 1


def test_t80_the_voices_of_a_holder_who_left_go_back_and_their_givers_are_told(
    cast: Cast, poll: int
) -> None:
    proxy = lend(cast.amel, cast.bruno, poll)
    assert return_proxies() == 0
    becomes(cast.bruno, "former", date(2020, 6, 1))
    assert refused(vote_for, cast.bruno, cast.amel, poll) == "polls.no_longer_here"
    assert return_proxies() == 1
    assert return_proxies() == 0
    assert state(proxy) == "returned"
    assert happened()[-1] == "ProxyReturned"
    (back,) = queries.came_back(as_reader(cast.amel))
    assert back.id == proxy
    lend(cast.amel, cast.esther, poll)
    assert queries.came_back(as_reader(cast.amel)) == []


def test_t80_a_voice_already_given_by_a_holder_who_left_stays_given(cast: Cast, poll: int) -> None:
    lend(cast.amel, cast.bruno, poll)
    vote_for(cast.bruno, cast.amel, poll)
    becomes(cast.bruno, "former", date(2020, 6, 1))
    assert return_proxies() == 0
    assert close(poll).counts["for"] == 1


def test_a_giver_who_left_is_spoken_for_by_nobody(cast: Cast, poll: int) -> None:
    lend(cast.amel, cast.bruno, poll)
    becomes(cast.amel, "former", date(2020, 6, 1))
    assert refused(vote_for, cast.bruno, cast.amel, poll) == "proxies.giver_left"


def test_t81_each_mandate_is_a_ballot_of_its_own_in_a_secret_vote(cast: Cast) -> None:
    people = crowd(40)
    poll = open_poll(define(circle(people), secret=True), people)
    holder, first, second = people[:3]
    for giver in (first, second):
        lend(giver, holder, poll)
    before = happened()
    vote(holder, poll, "for")
    vote_for(holder, first, poll, "against")
    vote_for(holder, second, poll, "blank")
    assert happened() == before
    db.session.rollback()
    boxes = db.session.scalars(select(SealedBallot)).all()
    assert len(boxes) == 3
    assert {column.name for column in SealedBallot.__table__.columns} == {"key", "poll_id", "box"}
    assert len({len(box.box) for box in boxes}) == 1
    counts = close(poll).counts
    assert [counts[option] for option in ("for", "against", "blank")] == [1, 1, 1]
    assert stored(poll).by_proxy == 2


def test_t82_no_voice_weighs_more_than_another(cast: Cast) -> None:
    words = {
        word
        for table in Base.metadata.tables.values()
        for column in table.columns
        for word in (table.name, column.name)
    }
    words |= set(Settings.__dataclass_fields__)
    assert not [word for word in words if "weight" in word or "share" in word.split("_")]


def test_t82_two_lines_of_one_person_are_refused_by_the_database(cast: Cast, poll: int) -> None:
    with pytest.raises(IntegrityError), acting(None) as tx:
        tx.session.add(Voter(poll_id=poll, person_id=cast.amel, has_voted=False))


def test_a_proxy_needs_its_holders_agreement(cast: Cast, poll: int) -> None:
    proxy = give(cast.amel, offer_for(poll, cast.bruno))
    assert refused(vote_for, cast.bruno, cast.amel, poll) == "proxies.none_for_this_vote"
    with acting(cast.esther) as tx, pytest.raises(NotFound):
        service.accept_proxy(tx, proxy)
    with acting(cast.amel) as tx:
        assert refused(service.accept_proxy, tx, proxy) == "proxies.not_offered_to_you"
    accept(proxy, cast.bruno)
    vote_for(cast.bruno, cast.amel, poll)
    with acting(cast.bruno) as tx:
        assert refused(service.refuse_proxy, tx, proxy) == "proxies.already_answered"


def test_a_refused_or_revoked_voice_can_be_lent_again(cast: Cast, poll: int) -> None:
    first = give(cast.amel, offer_for(poll, cast.bruno))
    with acting(cast.bruno) as tx:
        service.refuse_proxy(tx, first)
    second = lend(cast.amel, cast.bruno, poll)
    with acting(cast.amel) as tx:
        service.revoke_proxy(tx, second)
    third = lend(cast.amel, cast.esther, poll)
    with acting(cast.esther) as tx:
        service.hand_back(tx, third)
    assert [state(one) for one in (first, second, third)] == ["refused", "revoked", "returned"]
    vote(cast.amel, poll)
    assert close(poll).counts["for"] == 1


def test_a_voice_cannot_be_lent_after_it_was_given(cast: Cast, poll: int) -> None:
    vote(cast.amel, poll)
    assert refused(lend, cast.amel, cast.bruno, poll) == "proxies.you_have_voted"


def test_an_offer_cannot_be_accepted_after_its_giver_voted(cast: Cast, secret_poll: int) -> None:
    proxy = give(cast.amel, offer_for(secret_poll, cast.bruno))
    vote(cast.amel, secret_poll)
    assert refused(accept, proxy, cast.bruno) == "proxies.giver_has_voted"


def test_the_voice_of_a_meeting_is_carried_in_the_votes_that_end_then(cast: Cast) -> None:
    procedure = define(cast.assembly)
    day = today() + timedelta(days=9)
    lend_days(cast.amel, cast.bruno, cast.assembly, day, day)
    then, before = (open_poll(procedure, cast.members, hours=24 * n, origin_id=n) for n in (9, 7))
    vote_for(cast.bruno, cast.amel, then)
    assert refused(vote_for, cast.bruno, cast.amel, before) == "proxies.none_for_this_vote"
    with time_machine.travel(clock.now() + timedelta(days=5), tick=True):
        vote_for(cast.bruno, cast.amel, then, "against")
    assert close(then).counts["against"] == 1


def test_a_vote_made_longer_counts_by_its_new_end(cast: Cast) -> None:
    course = Course(extension_hours=24 * 4)
    procedure = define(cast.assembly, settings=Settings(quorum=Fraction(1, 2)), course=course)
    poll = open_poll(procedure, cast.members, hours=24 * 2)
    later = today() + timedelta(days=6)
    lend(cast.amel, cast.bruno, poll)
    offer = Offer(cast.esther, cast.assembly, starts_on=later, ends_on=later)
    assert refused(give, cast.amel, offer) == "proxies.already_given"


def test_the_cap_is_asked_again_at_each_use(cast: Cast) -> None:
    people = crowd(3)
    body = circle(people)
    procedure = define(body)
    poll = open_poll(procedure, people, hours=24)
    later = today() + timedelta(days=6)
    lend(people[0], people[2], poll)
    lend_days(people[1], people[2], body, later, later)
    vote_for(people[2], people[0], poll)
    with acting(None) as tx:
        tx.session.get_one(Poll, poll).closes_at += timedelta(days=5)
    assert refused(vote_for, people[2], people[1], poll) == "proxies.cap_is_reached"


@pytest.mark.parametrize(
    ("start", "end", "field"), [(2, 1, "ends_on"), (-5, -1, "ends_on"), (0, 400, "ends_on")]
)
def test_days_that_make_no_sense_are_refused(cast: Cast, start: int, end: int, field: str) -> None:
    days = (today() + timedelta(days=start), today() + timedelta(days=end))
    with pytest.raises(Invalid) as caught:
        give(cast.amel, Offer(cast.bruno, cast.assembly, starts_on=days[0], ends_on=days[1]))
    assert set(caught.value.errors) == {field}


def test_a_vote_that_will_not_take_place_gives_the_voices_back(cast: Cast, poll: int) -> None:
    proxy = lend(cast.amel, cast.bruno, poll)
    with acting(None) as tx:
        effects.return_proxies(tx, "essai", 1)
    assert state(proxy) == "returned"


def test_a_round_that_is_taken_up_again_keeps_its_proxies(cast: Cast, poll: int) -> None:
    proxy = lend(cast.amel, cast.bruno, poll)
    with acting(None) as tx:
        effects.cancel_poll(tx, poll)
    again = open_poll(stored(poll).procedure_id, cast.members)
    vote_for(cast.bruno, cast.amel, again)
    assert close(again).counts["for"] == 1
    assert state(proxy) == "accepted"


def test_each_side_sees_its_voices_in_the_vote(cast: Cast, poll: int) -> None:
    lend(cast.amel, cast.bruno, poll)
    (waiting,) = queries.to_use(as_reader(cast.bruno))
    assert (waiting.giver, waiting.poll_id) == ("Amel Benali", poll)
    mine = voice_queries.voices(as_reader(cast.amel), poll)
    assert mine.lent is not None
    assert (mine.lent.holder, mine.lent.is_accepted, mine.lent.is_used) == (
        "Bruno Costa",
        True,
        False,
    )
    vote_for(cast.bruno, cast.amel, poll, "against")
    (carried,) = voice_queries.voices(as_reader(cast.bruno), poll).carried
    assert carried.choice is not None
    assert carried.choice.option == "against"
    assert queries.to_use(as_reader(cast.bruno)) == []
    (one,) = voice_queries.voices(as_reader(cast.esther), poll).represented
    assert (one.giver, one.holder) == ("Amel Benali", "Bruno Costa")


def test_who_voted_for_whom_in_a_secret_vote_is_told_after_it_and_in_a_crowd(
    cast: Cast, secret_poll: int
) -> None:
    lend(cast.amel, cast.bruno, secret_poll)
    vote_for(cast.bruno, cast.amel, secret_poll)
    vote(cast.bruno, secret_poll)
    assert voice_queries.voices(as_reader(cast.esther), secret_poll).represented == ()
    close(secret_poll)
    assert voice_queries.voices(as_reader(cast.esther), secret_poll).represented == ()


def test_proxies_are_never_deleted_nor_left_without_an_end(cast: Cast, poll: int) -> None:
    lend(cast.amel, cast.bruno, poll)
    db.session.rollback()
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE proxy SET state = 'revoked'"))
    db.session.rollback()
