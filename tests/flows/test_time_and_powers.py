"""Where other tools went wrong on time, on edits after votes and on powers: cases T38 to T53, T94
and T95, each a test named after its number."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from intranet import duties
from intranet.core import clock
from intranet.core.db import Base, db
from intranet.core.events import EventRow
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.discussions.models import Comment
from intranet.members.models import Cooperative
from intranet.polls import own_queries, queries, rounds
from intranet.polls.models import OpenBallot, Poll
from intranet.polls.procedure_models import Course, settings_from_form
from intranet.proposals import forms, sequels, service
from intranet.proposals import queries as proposals
from intranet.proposals.models import Proposal
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.proposals.workflow import ENDED, STEPS, State
from intranet.voting.settings import Settings
from tests.cast import Cast, Client, acting, as_reader
from tests.polls.balloting import crowd, define, put_to_the_vote, stored, submitted, vote

PARIS = ZoneInfo("Europe/Paris")
REUNION = ZoneInfo("Indian/Reunion")


def under_vote(cast: Cast, hours: float = 48, **course: object) -> tuple[int, int]:
    """A proposal of Amel under vote, and its poll."""
    define(cast.assembly, key="simple", course=Course(**course))  # type: ignore[arg-type]
    proposal_id = submitted(cast.amel, "simple")
    return proposal_id, put_to_the_vote(cast.amel, proposal_id, hours)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """A moment at which nobody reads any more from before."""
    db.session.rollback()
    with time_machine.travel(moment, tick=False):
        yield
    db.session.rollback()


def after(shown: str, moment: datetime, zone: ZoneInfo) -> str:
    """What a page says after the hour of a moment in a zone: 09:03, or 9 h 03 in French."""
    local = moment.astimezone(zone)
    told = re.split(rf"\b0?{local.hour}(?::|\sh\s){local.minute:02}\b", shown, maxsplit=1)
    return told[1] if len(told) > 1 else ""


def state(proposal_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Proposal, proposal_id).state


def typed(moment: str, zone: ZoneInfo = PARIS) -> datetime:
    return forms.instant({"closes_at": moment}, "closes_at", zone)


def page(client: Client, proposal_id: int) -> str:
    return html.unescape(client.get(f"/proposals/{proposal_id}").text)


def live_in(zone: str) -> None:
    with acting(None) as tx:
        tx.session.get_one(Cooperative, 1).time_zone = zone


def test_t38_the_clock_closes_a_vote_even_if_the_worker_stands_still(cast: Cast) -> None:
    proposal_id, poll_id = under_vote(cast)
    closes = stored(poll_id).closes_at
    with at(closes - timedelta(seconds=1)):
        vote(cast.bruno, poll_id)
    with at(closes), pytest.raises(Refused) as caught:
        vote(cast.esther, poll_id)
    assert caught.value.verdict.reason == "polls.closed"
    assert state(proposal_id) == "voting"


def test_t39_the_minute_is_kept_and_shown_with_its_zone(client: Client, cast: Cast) -> None:
    define(cast.assembly, key="simple")
    proposal_id = submitted(cast.amel, "simple")
    client.sign_in("amel")
    day = clock.local_day(clock.now(), PARIS) + timedelta(days=3)
    client.submit(f"/proposals/{proposal_id}/vote", closes_at=f"{day}T23:59")
    poll = db.session.scalars(select(Poll)).one()
    assert poll.closes_at.astimezone(PARIS).strftime("%H:%M:%S") == "23:59:00"
    shown = page(client, proposal_id)
    assert after(shown, poll.closes_at, PARIS)
    assert "Paris" in shown


@pytest.mark.parametrize(("zone", "city"), [("Europe/Paris", "Paris"), ("Indian/Reunion", "union")])
def test_t40_one_zone_for_everybody_printed_beside_each_time(
    client: Client, cast: Cast, zone: str, city: str
) -> None:
    live_in(zone)
    proposal_id, poll_id = under_vote(cast)
    closes, local = stored(poll_id).closes_at, ZoneInfo(zone)
    for name in ("amel", "bruno"):
        shown = page(client.sign_in(name), proposal_id)
        assert city in after(shown, closes, local)[:60]
    home = html.unescape(client.get("/").text)
    assert city in after(home, closes, local)[:60]


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("2027-03-28T02:30", "moment_skipped"),
        ("2027-03-28T02:00", "moment_skipped"),
        ("2026-10-25T02:30", "moment_twice"),
        ("2026-10-25T02:59", "moment_twice"),
        ("2027-03-28", "moment_unclear_or_midnight"),
        ("2027-03-27T10:00+05:00", "moment_unclear"),
        ("demain", "moment_unclear"),
    ],
)
def test_t41_an_hour_that_names_no_single_instant_is_refused(moment: str, code: str) -> None:
    if code == "moment_unclear_or_midnight":
        assert typed(moment) == datetime(2027, 3, 27, 23, tzinfo=UTC)
        return
    with pytest.raises(Invalid) as caught:
        typed(moment)
    assert caught.value.errors == {"closes_at": code}


def test_t41_the_hours_around_a_change_of_clocks_are_defined() -> None:
    assert typed("2027-03-28T01:59") == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    assert typed("2027-03-28T03:00") == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert typed("2026-10-25T01:59") == datetime(2026, 10, 24, 23, 59, tzinfo=UTC)
    assert typed("2026-10-25T03:00") == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert typed("2027-03-28T02:30", REUNION) == datetime(2027, 3, 27, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 22, 167), (10, 20, 169), (6, 1, 168)])
def test_t41_seven_days_are_the_same_hour_a_week_later(month: int, day: int, hours: int) -> None:
    begins = datetime(2026 if month == 10 else 2027, month, day, 18, 0, tzinfo=PARIS)
    ends = clock.same_wall_time_after(begins, 7 * 24, PARIS)
    assert ends.astimezone(PARIS).strftime("%H:%M") == "18:00"
    assert (ends - begins.astimezone(UTC)) == timedelta(hours=hours)


def test_t41_a_vote_of_seven_days_may_last_an_hour_less_in_spring(cast: Cast) -> None:
    define(cast.assembly, key="week", min_voting_hours=7 * 24)
    with at(datetime(2027, 3, 22, 18, 0, tzinfo=PARIS)):
        proposal_id = submitted(cast.amel, "week")
        with acting(cast.amel) as tx:
            service.open_voting(tx, proposal_id, typed("2027-03-29T18:00"))
    with at(datetime(2027, 3, 22, 18, 0, tzinfo=PARIS)):
        proposal_id = submitted(cast.amel, "week")
        with pytest.raises(Invalid), acting(cast.amel) as tx:
            service.open_voting(tx, proposal_id, typed("2027-03-29T17:58"))


def test_t41_a_member_far_away_reads_the_cooperatives_hour(client: Client, cast: Cast) -> None:
    proposal_id, poll_id = under_vote(cast)
    closes = stored(poll_id).closes_at
    client.sign_in("esther")
    answer = client.get(f"/proposals/{proposal_id}", headers={"Accept-Language": "fr-RE"})
    shown = html.unescape(answer.text)
    assert after(shown, closes, PARIS)
    assert not after(shown, closes, REUNION)
    assert "Paris" in shown


def test_t42_a_ballot_that_comes_a_second_late_is_refused_and_its_words_come_back(
    client: Client, cast: Cast
) -> None:
    proposal_id, poll_id = under_vote(cast)
    closes = stored(poll_id).closes_at
    with at(closes + timedelta(seconds=1)):
        client.sign_in("bruno")
        typed_words = {"option": "for", "reason": "Parce que le four fuit."}
        answer = client.submit(f"/polls/{poll_id}/ballot", **typed_words)
        assert answer.status_code == 403
        assert "Parce que le four fuit." in html.unescape(answer.text)
    assert rounds.yet_to_vote(as_reader(cast.amel), poll_id) == list(cast.members)
    assert state(proposal_id) == "voting"


def test_t43_a_vote_that_ended_while_somebody_wrote_tells_them_and_loses_nothing(
    client: Client, cast: Cast
) -> None:
    proposal_id, poll_id = under_vote(cast)
    with acting(cast.amel) as tx:
        service.annul(tx, proposal_id, "Le texte nommait le mauvais four.")
    client.sign_in("bruno")
    answer = client.submit(f"/polls/{poll_id}/ballot", option="for", reason="Mes raisons.")
    assert answer.status_code == 403
    assert "Mes raisons." in html.unescape(answer.text)


def test_t44_only_those_who_have_not_voted_are_reminded_once(cast: Cast) -> None:
    _, poll_id = under_vote(cast, hours=72)
    closes = stored(poll_id).closes_at
    vote(cast.bruno, poll_id)
    with at(closes - timedelta(hours=24, seconds=1)):
        assert duties.remind_voters() == 0
    crowd(1)
    with at(closes - timedelta(hours=24)):
        assert duties.remind_voters() == 1
        assert duties.remind_voters() == 0
        reader = as_reader(cast.amel)
        assert rounds.yet_to_vote(reader, poll_id) == [cast.amel, cast.esther]
    payloads = db.session.scalars(select(EventRow.payload).where(EventRow.name == "VoteEndsSoon"))
    (told,) = payloads.all()
    told = json.loads(told) if isinstance(told, str) else told
    assert told["poll_id"] == poll_id
    assert not [name for name in told if "person" in name or "voter" in name]


def test_t44_nobody_is_reminded_of_a_vote_where_all_voted_or_that_ended(cast: Cast) -> None:
    _, poll_id = under_vote(cast, hours=72)
    for person in cast.members:
        vote(person, poll_id)
    with at(stored(poll_id).closes_at - timedelta(hours=1)):
        duties.remind_voters()
    names = db.session.scalars(select(EventRow.name)).all()
    assert "VoteEndsSoon" not in names
    define(cast.assembly, key="other")
    other = put_to_the_vote(cast.amel, submitted(cast.amel, "other"), 48)
    with at(stored(other).closes_at):
        assert duties.remind_voters() == 0
        assert rounds.to_remind(as_reader(cast.amel)) == []


def test_t44_a_short_vote_reminds_at_half_of_its_time(cast: Cast) -> None:
    opened = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
    assert rounds.reminder_at(opened, opened + timedelta(hours=6)) == opened + timedelta(hours=3)
    assert rounds.reminder_at(opened, opened + timedelta(days=7)) == opened + timedelta(days=6)


def test_t45_no_vote_is_opened_again_and_a_new_one_is_linked_to_the_old(
    client: Client, cast: Cast
) -> None:
    proposal_id, poll_id = under_vote(cast)
    vote(cast.bruno, poll_id, "against")
    with at(stored(poll_id).closes_at):
        duties.conclude_due()
    assert not [step for step in STEPS if step.sources & ENDED]
    with pytest.raises(Refused), acting(cast.amel) as tx:
        service.open_voting(tx, proposal_id, tx.now + timedelta(days=2))
    client.sign_in("amel")
    form = html.unescape(client.get(f"/proposals/new?again={proposal_id}").text)
    assert 'value="Acheter un four"' in form
    fields = {"title": "Acheter un four", "text": "Un four moins cher.", "procedure": "simple"}
    fields |= {"again": str(proposal_id), "audience": "workers", "then": "submit"}
    answer = client.submit("/proposals/", **fields)
    newer = int(answer.location.rsplit("/", 1)[-1])
    reader = as_reader(cast.bruno)
    assert sequels.related(reader, newer).before == ((proposal_id, "Acheter un four"),)
    assert sequels.related(reader, proposal_id).after == ((newer, "Acheter un four"),)
    assert f'href="/proposals/{newer}"' in page(client, proposal_id)
    assert stored(poll_id).state == "closed"


def test_t45_a_proposal_under_vote_is_not_taken_up(cast: Cast) -> None:
    proposal_id, _ = under_vote(cast)
    new = NewProposal("resolution", Wording("Encore"), "simple", after_id=proposal_id)
    with pytest.raises(Conflict), acting(cast.bruno) as tx:
        service.draft(tx, new)
    with pytest.raises(NotFound), acting(cast.bruno) as tx:
        service.draft(tx, NewProposal("resolution", Wording("Encore"), "simple", after_id=999))


@pytest.mark.parametrize("option", ["for", "against"])
def test_t46_no_early_count_before_everybody_voted_however_certain(cast: Cast, option: str) -> None:
    proposal_id, poll_id = under_vote(cast)
    for person in (cast.amel, cast.bruno):
        vote(person, poll_id, option)
    with pytest.raises(Refused) as caught, acting(cast.bruno) as tx:
        service.conclude(tx, proposal_id)
    assert caught.value.verdict.reason == "proposals.votes_are_missing"
    vote(cast.esther, poll_id, option)
    with acting(cast.bruno) as tx:
        service.conclude(tx, proposal_id)
    assert state(proposal_id) == ("adopted" if option == "for" else "rejected")


def test_t46_no_early_count_where_the_procedure_allows_none(cast: Cast) -> None:
    proposal_id, poll_id = under_vote(cast, early_close=False)
    for person in cast.members:
        vote(person, poll_id)
    with pytest.raises(Refused) as caught, acting(cast.bruno) as tx:
        service.conclude(tx, proposal_id)
    assert caught.value.verdict.reason == "proposals.never_early"


def test_t47_the_answers_offered_stay_those_of_the_opening(cast: Cast) -> None:
    _, poll_id = under_vote(cast)
    define(cast.assembly, key="simple", method="consent")
    card = queries.poll(as_reader(cast.bruno), poll_id)
    assert card.options == ("for", "against", "abstain", "blank")
    with pytest.raises(Invalid):
        vote(cast.bruno, poll_id, "consent")
    vote(cast.bruno, poll_id, "for")


def test_t48_a_new_wording_asks_everybody_anew_and_moves_no_ballot(cast: Cast) -> None:
    proposal_id, first = under_vote(cast)
    vote(cast.bruno, first)
    with acting(cast.amel) as tx:
        service.take_back_to_discussion(tx, proposal_id, "Le texte change.")
        service.reword(tx, proposal_id, Wording("Acheter un four", "", "Deux fours."), 1)
    second = put_to_the_vote(cast.amel, proposal_id, 48)
    assert stored(first).text_digest != stored(second).text_digest
    assert rounds.yet_to_vote(as_reader(cast.amel), second) == list(cast.members)
    votes = db.session.scalars(select(OpenBallot.poll_id)).all()
    assert list(votes) == [first]


def test_t49_a_procedure_under_vote_cannot_be_edited_even_in_the_database(cast: Cast) -> None:
    _, poll_id = under_vote(cast)
    before = stored(poll_id).procedure.settings
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE procedure SET settings = '{}'"))
    db.session.rollback()
    assert stored(poll_id).procedure.settings == before


def test_t50_a_vote_keeps_its_secrecy_or_its_openness(cast: Cast) -> None:
    crowd(3)
    _, poll_id = under_vote(cast)
    define(cast.assembly, key="simple", secret=True)
    vote(cast.bruno, poll_id)
    poll = stored(poll_id)
    assert (poll.secret, poll.sealing_key) == (False, None)
    assert db.session.scalars(select(OpenBallot.option)).all() == ["for"]
    with pytest.raises(IntegrityError), acting(None) as tx:
        tx.session.get_one(Poll, poll_id).secret = True


def test_t51_nobody_weighs_more_than_another_and_no_setting_says_so() -> None:
    columns = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    assert not [name for name in columns if "weight" in name or "shares" in name]
    with pytest.raises(Invalid) as caught:
        settings_from_form({"weight": "2"})
    assert caught.value.errors == {"weight": "setting_unknown_setting"}
    assert not [name for name in Settings().to_json() if "weight" in name]


def test_t52_one_current_vote_and_a_history_seen_by_its_author_alone(
    client: Client, cast: Cast
) -> None:
    proposal_id, poll_id = under_vote(cast)
    vote(cast.bruno, poll_id, "against", "Trop cher.")
    vote(cast.bruno, poll_id, "for", "Finalement oui.")
    mine = own_queries.my_ballots(as_reader(cast.bruno), poll_id)
    assert [ballot.option for ballot in mine] == ["for", "against"]
    assert own_queries.my_ballots(as_reader(cast.esther), poll_id) == []
    assert "Trop cher." in page(client.sign_in("bruno"), proposal_id)
    assert "Trop cher." not in page(client.sign_in("esther"), proposal_id)
    with at(stored(poll_id).closes_at):
        duties.conclude_due()
    outcome = queries.poll(as_reader(cast.amel), poll_id).outcome
    assert outcome is not None
    assert (outcome.counts["for"], outcome.counts["against"]) == (1, 0)


def test_t53_what_is_closed_is_sealed_and_an_answer_names_its_version(cast: Cast) -> None:
    _, poll_id = under_vote(cast)
    vote(cast.bruno, poll_id)
    with at(stored(poll_id).closes_at):
        duties.conclude_due()
        with pytest.raises(Refused):
            vote(cast.bruno, poll_id, "against")
    for statement in ("UPDATE open_ballot SET option = 'against'", "DELETE FROM open_ballot"):
        with pytest.raises(IntegrityError):
            db.session.execute(text(statement))
        db.session.rollback()
    discussed = submitted(cast.amel, "simple")
    with acting(cast.bruno) as tx:
        service.comment_proposal(tx, discussed, "Et la garantie ?")
    with acting(cast.amel) as tx:
        service.reword(tx, discussed, Wording("Acheter un four", "", "Garanti dix ans."), 1)
    with acting(cast.bruno) as tx:
        service.comment_proposal(tx, discussed, "Merci.")
    versions = db.session.scalars(select(Comment.about_version).order_by(Comment.id)).all()
    assert versions == [1, 2]


def test_t94_nothing_adopts_but_a_count_and_nothing_deletes_a_vote(
    client: Client, cast: Cast
) -> None:
    assert [step.sources for step in STEPS if step.target is State.ADOPTED] == [{State.VOTING}]
    proposal_id, poll_id = under_vote(cast)
    vote(cast.bruno, poll_id, "against")
    client.sign_in("gwen")
    assert client.submit(f"/proposals/{proposal_id}/count").status_code in (403, 404)
    assert state(proposal_id) == "voting"
    with acting(cast.amel) as tx:
        service.annul(tx, proposal_id, "Le devis était périmé.")
    assert list(db.session.scalars(select(OpenBallot.option))) == ["against"]
    assert stored(poll_id).state == "cancelled"
    client.sign_in("esther")
    assert "Le devis était périmé." in page(client, proposal_id)


def test_t94_an_annulment_without_a_reason_is_refused(cast: Cast) -> None:
    proposal_id, _ = under_vote(cast)
    with pytest.raises(Invalid) as caught, acting(cast.amel) as tx:
        service.annul(tx, proposal_id, "  ")
    assert caught.value.errors == {"because": "reason_missing"}


def test_t95_the_author_closes_only_when_the_time_is_over(cast: Cast) -> None:
    proposal_id, poll_id = under_vote(cast)
    for person in cast.members:
        vote(person, poll_id)
    with pytest.raises(Refused) as caught, acting(cast.amel) as tx:
        service.conclude(tx, proposal_id)
    assert caught.value.verdict.reason == "proposals.another_member_closes"
    with at(stored(poll_id).closes_at), acting(cast.amel) as tx:
        service.conclude(tx, proposal_id)
    assert proposals.proposal(as_reader(cast.amel), proposal_id).state == "adopted"
