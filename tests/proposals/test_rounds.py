"""After a vote without a decision: more time, a second convocation, the wider body; and before
one: an opening that was planned."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
import time_machine
from sqlalchemy import select

from intranet import duties
from intranet.audit import poll_checks
from intranet.core import clock
from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.core.policy import Conflict, Invalid, Refused
from intranet.polls import queries as polls
from intranet.polls import rounds, sealing
from intranet.polls.models import OpenBallot, Poll, SealedBallot
from intranet.polls.procedure_models import Choosers, Course, NewProcedure, SecondIf
from intranet.polls.service import define_procedure
from intranet.proposals import queries, service
from intranet.proposals.planning import plans
from intranet.proposals.planning import service as planning
from intranet.proposals.versions import Wording
from intranet.voting.settings import Settings
from intranet.voting.types import Base
from tests.cast import Client, acting, as_reader, this_day
from tests.polls.balloting import crowd
from tests.polls.proxies.lending import lend, vote_for
from tests.proposals import stage as on
from tests.proposals.stage import Stage

HALF = Settings(quorum=Fraction(2, 3))


def procedure(stage: Stage, key: str, course: Course = Course(), **changes: object) -> str:  # noqa: B008
    new = NewProcedure(
        key, "", stage.cast.assembly, "simple_majority", HALF, key=key, course=course
    )
    with acting(None) as tx:
        define_procedure(tx, replace(new, **changes))  # type: ignore[arg-type]
    return key


def two_rounds(stage: Stage, **changes: object) -> str:
    """A procedure with a quorum, followed by one without."""
    procedure(stage, "second", settings=Settings(), secret=bool(changes.get("secret")))
    course = Course(second="second", second_after_hours=48)
    return procedure(stage, "first", **({"course": course} | changes))  # type: ignore[arg-type]


def card(stage: Stage, proposal_id: int) -> queries.ProposalCard:
    return queries.proposal(as_reader(stage.cast.amel), proposal_id)


def current(stage: Stage, proposal_id: int) -> polls.PollCard:
    reader = as_reader(stage.cast.amel)
    number = queries.proposal(reader, proposal_id).poll_id
    assert number is not None
    return polls.poll(reader, number)


def told(name: str) -> list[dict[str, object]]:
    db.session.rollback()
    rows = db.session.scalars(select(EventRow.payload).where(EventRow.name == name))
    return [json.loads(row) if isinstance(row, str) else row for row in rows]


def missed(stage: Stage, key: str, *options: str) -> int:
    """A proposal whose first vote ended with these ballots, counted."""
    proposal_id = on.a_resolution(stage, key)
    poll_id = on.open_it(stage, proposal_id)
    for person, option in zip(stage.cast.members, options, strict=False):
        on.cast_one(poll_id, person, option)
    end(poll_id)
    on.conclude(proposal_id)
    return proposal_id


def end(poll_id: int) -> None:
    """Let the time of a vote run out, as soon as it opened."""
    with acting(None) as tx:
        poll = tx.session.get_one(Poll, poll_id)
        poll.opened_at = min(poll.opened_at, tx.now - timedelta(milliseconds=2))
        poll.closes_at = poll.opened_at + timedelta(milliseconds=1)


def no_disorder(stage: Stage) -> None:
    reader = as_reader(stage.cast.amel)
    assert [*poll_checks.openings(reader), *poll_checks.recounts(reader)] == []


def test_a_missed_quorum_convenes_a_second_vote_on_the_same_text(stage: Stage) -> None:
    proposal_id = missed(stage, two_rounds(stage), "for")
    second = current(stage, proposal_id)
    assert card(stage, proposal_id).state == "voting"
    assert (second.procedure.key, second.opens_later, second.is_open) == ("second", True, False)
    assert second.opened_at - clock.now() > timedelta(hours=46)
    assert (second.voted, second.text) == (0, "Nous achetons un vélo-cargo.")
    with pytest.raises(Refused) as caught:
        on.cast_one(second.id, stage.cast.amel, "for")
    assert caught.value.verdict.reason == "polls.not_open_yet"
    with time_machine.travel(second.opened_at + timedelta(minutes=1), tick=False):
        on.cast_one(second.id, stage.cast.amel, "for")
    end(second.id)
    on.conclude(proposal_id)
    assert card(stage, proposal_id).state == "adopted"
    assert len(card(stage, proposal_id).rounds) == 2
    no_disorder(stage)


def test_nobody_rewords_or_reopens_between_the_two_votes(stage: Stage) -> None:
    proposal_id = missed(stage, two_rounds(stage), "for")
    with pytest.raises(Refused), acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, Wording("Autre", "", "Autre."), 1)
    with acting(stage.cast.amel) as tx:
        service.annul(tx, proposal_id, "Une erreur dans le texte.")
    assert card(stage, proposal_id).state == "annulled"


def test_ballots_that_are_kept_count_in_the_second_vote(stage: Stage) -> None:
    course = Course(second="second", keeps_votes=True)
    proposal_id = missed(stage, two_rounds(stage, course=course), "for")
    second = current(stage, proposal_id)
    assert (second.is_open, second.voted, second.after and second.after.kept) == (True, 1, True)
    first = polls.poll(as_reader(stage.cast.bruno), card(stage, proposal_id).rounds[0])
    assert (first.was_put_aside, first.outcome, first.positions) == (True, None, ())
    assert rounds.yet_to_vote(as_reader(stage.cast.amel), second.id) == [
        stage.cast.bruno,
        stage.cast.esther,
    ]
    on.cast_one(second.id, stage.cast.bruno, "for")
    end(second.id)
    on.conclude(proposal_id)
    outcome = current(stage, proposal_id).outcome
    assert outcome is not None
    assert outcome.counts["for"] == 2
    no_disorder(stage)


def test_a_ballot_given_by_proxy_is_kept_with_its_proxy(stage: Stage) -> None:
    course = Course(second="second", keeps_votes=True)
    proposal_id = on.a_resolution(stage, two_rounds(stage, course=course))
    first = on.open_it(stage, proposal_id)
    amel, bruno = stage.cast.amel, stage.cast.bruno
    lend(amel, bruno, first)
    vote_for(bruno, amel, first)
    end(first)
    on.conclude(proposal_id)
    second = current(stage, proposal_id)
    assert (second.voted, second.after and second.after.kept) == (1, True)
    vote_for(bruno, amel, second.id, "against")
    on.cast_one(second.id, bruno, "for")
    with pytest.raises(Refused):
        vote_for(bruno, stage.cast.esther, second.id)
    end(second.id)
    on.conclude(proposal_id)
    counted = current(stage, proposal_id).outcome
    assert counted is not None
    assert (counted.counts["for"], counted.counts["against"]) == (1, 1)
    assert db.session.get_one(Poll, second.id).by_proxy == 1
    no_disorder(stage)


def test_whoever_lent_their_voice_votes_in_person_in_a_kept_second_vote(stage: Stage) -> None:
    course = Course(second="second", keeps_votes=True)
    proposal_id = on.a_resolution(stage, two_rounds(stage, course=course))
    first = on.open_it(stage, proposal_id)
    amel, bruno = stage.cast.amel, stage.cast.bruno
    lend(amel, bruno, first)
    vote_for(bruno, amel, first)
    end(first)
    on.conclude(proposal_id)
    second = current(stage, proposal_id)
    on.cast_one(second.id, amel, "against")
    with pytest.raises(Refused) as caught:
        vote_for(bruno, amel, second.id)
    assert caught.value.verdict.reason == "proxies.none_for_this_vote"


def test_a_kept_vote_can_be_changed_and_is_counted_once(stage: Stage) -> None:
    course = Course(second="second", keeps_votes=True)
    proposal_id = missed(stage, two_rounds(stage, course=course), "for")
    second = current(stage, proposal_id)
    on.cast_one(second.id, stage.cast.amel, "against")
    end(second.id)
    on.conclude(proposal_id)
    outcome = current(stage, proposal_id).outcome
    assert outcome is not None
    assert (outcome.counts["for"], outcome.counts["against"]) == (0, 1)


def test_secret_ballots_that_are_kept_stay_sealed_and_final(stage: Stage) -> None:
    people = crowd(4)
    course = Course(second="second", keeps_votes=True)
    key = two_rounds(stage, course=course, secret=True)
    proposal_id = on.a_resolution(stage, key)
    poll_id = on.open_it(stage, proposal_id)
    on.cast_one(poll_id, stage.cast.amel, "against")
    on.cast_one(poll_id, people[0], "for")
    end(poll_id)
    on.conclude(proposal_id)
    second = current(stage, proposal_id)
    boxes = db.session.scalars(select(SealedBallot.poll_id)).all()
    assert list(boxes) == [second.id, second.id]
    duties.forget_keys()
    assert sealing.kept_keys()
    with pytest.raises(Refused) as caught:
        on.cast_one(second.id, stage.cast.amel, "for")
    assert caught.value.verdict.reason == "polls.secret_is_final"
    on.cast_one(second.id, people[1], "for")
    end(second.id)
    on.conclude(proposal_id)
    outcome = current(stage, proposal_id).outcome
    assert outcome is not None
    assert (outcome.counts["for"], outcome.counts["against"]) == (2, 1)
    duties.forget_keys()
    assert sealing.kept_keys() == []
    no_disorder(stage)


def test_a_majority_not_reached_convenes_the_second_vote_of_the_law(stage: Stage) -> None:
    """Code de commerce, L. 223-29: 8 members, 4 for, 4 absent; then the votes cast decide."""
    people = [*stage.cast.members, *crowd(5)]
    procedure(stage, "second", settings=Settings())
    absolute = Settings(base=Base.REGISTERED)
    course = Course(second="second", second_if=SecondIf.NOT_ADOPTED)
    key = procedure(stage, "first", method="qualified_majority", settings=absolute, course=course)
    proposal_id = on.a_resolution(stage, key)
    poll_id = on.open_it(stage, proposal_id)
    for person in people[:4]:
        on.cast_one(poll_id, person, "for")
    end(poll_id)
    on.conclude(proposal_id)
    second = current(stage, proposal_id)
    assert (second.id != poll_id, second.registered, second.voted) == (True, 8, 0)
    for person, option in zip(
        people, ("for", "for", "against", "abstain", "abstain"), strict=False
    ):
        on.cast_one(second.id, person, option)
    end(second.id)
    on.conclude(proposal_id)
    assert card(stage, proposal_id).state == "adopted"


def test_a_second_vote_without_a_quorum_ends_the_proposal(stage: Stage) -> None:
    procedure(stage, "second", settings=HALF)
    key = procedure(stage, "first", course=Course(second="second"))
    proposal_id = missed(stage, key, "for")
    second = current(stage, proposal_id)
    end(second.id)
    on.conclude(proposal_id)
    assert card(stage, proposal_id).state == "lapsed"


def test_the_second_procedure_is_the_one_of_the_opening(stage: Stage) -> None:
    key = two_rounds(stage)
    proposal_id = on.a_resolution(stage, key)
    poll_id = on.open_it(stage, proposal_id)
    tomorrow = clock.now() + timedelta(days=1)
    with time_machine.travel(tomorrow, tick=False):
        procedure(stage, "second", settings=Settings(quorum=Fraction(1, 1)))
    with time_machine.travel(tomorrow + timedelta(days=2), tick=False):
        on.conclude(proposal_id)
        assert current(stage, proposal_id).procedure.version == 1
    assert current(stage, proposal_id).id != poll_id


def test_a_vote_without_quorum_is_made_longer_once_and_only_by_its_rule(stage: Stage) -> None:
    key = procedure(stage, "longer", course=Course(extension_hours=24))
    proposal_id = on.a_resolution(stage, key)
    poll_id = on.open_it(stage, proposal_id)
    on.cast_one(poll_id, stage.cast.amel, "for")
    closed = current(stage, proposal_id).closes_at
    with time_machine.travel(closed + timedelta(seconds=2), tick=False):
        assert duties.conclude_due() == 1
        longer = current(stage, proposal_id)
        assert (longer.extended_from, longer.is_open) == (closed, True)
        assert longer.closes_at == closed + timedelta(hours=24)
        on.cast_one(poll_id, stage.cast.bruno, "for")
    (event,) = told("PollExtended")
    assert (event["closed_at"], event["closes_at"]) == (
        closed.isoformat(),
        longer.closes_at.isoformat(),
    )
    with time_machine.travel(longer.closes_at, tick=False):
        assert duties.conclude_due() == 1
    assert card(stage, proposal_id).state == "adopted"
    no_disorder(stage)


def test_a_vote_is_made_longer_no_second_time(stage: Stage) -> None:
    key = procedure(stage, "longer", course=Course(extension_hours=24))
    proposal_id = missed(stage, key, "for")
    end(card(stage, proposal_id).rounds[-1])
    on.conclude(proposal_id)
    assert card(stage, proposal_id).state == "lapsed"


def test_a_text_not_adopted_goes_to_the_wider_body(stage: Stage) -> None:
    course = Course(escalation="absolute")
    key = procedure(
        stage,
        "circle",
        method="consent",
        settings=Settings(),
        body_id=stage.cast.meeting,
        course=course,
    )
    proposal_id = on.a_resolution(stage, key)
    poll_id = on.open_it(stage, proposal_id)
    on.cast_one(poll_id, stage.cast.bruno, "objection", "Trop lourd pour la remise.")
    end(poll_id)
    on.conclude(proposal_id)
    found = card(stage, proposal_id)
    assert (found.state, found.procedure_key) == ("discussion", "absolute")
    assert told("ProposalEscalated") == [{"proposal_id": proposal_id, "procedure_key": "absolute"}]
    assert polls.poll(as_reader(stage.cast.amel), poll_id).outcome is not None
    on.decide(stage, proposal_id)
    assert card(stage, proposal_id).state == "adopted"


def test_the_wider_body_discusses_anew(stage: Stage) -> None:
    procedure(stage, "wide", min_discussion_hours=72)
    proposal_id = missed(stage, procedure(stage, "narrow", course=Course(escalation="wide")), "for")
    (issue,) = card(stage, proposal_id).issues
    assert issue.code == "discussion_too_short"
    moment = issue.values["moment"]
    assert isinstance(moment, datetime)
    assert moment > clock.now() + timedelta(hours=70)


@pytest.mark.parametrize(
    ("course", "wrong"),
    [
        (Course(second="nowhere"), {"second": "procedure_unknown"}),
        (Course(escalation="first"), {"escalation": "procedure_unknown"}),
        (Course(second="consent"), {"second": "second_of_another_body"}),
        (Course(smallest_secret=2), {"smallest_secret": "too_few_to_be_secret"}),
        (Course(second_after_hours=9000), {"second_after_hours": "hours_too_many"}),
        (
            Course(second="secret", second_if=SecondIf.NOT_ADOPTED, keeps_votes=True),
            {"keeps_votes": "kept_after_the_count"},
        ),
        (Course(second="secret", keeps_votes=True), {"keeps_votes": "other_ballots"}),
    ],
)
def test_a_course_that_cannot_be_followed_is_refused(
    stage: Stage, course: Course, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as caught:
        procedure(stage, "first", course=course)
    assert caught.value.errors == wrong


@pytest.mark.parametrize(
    ("course", "wrong"),
    [
        (Course(extension_hours=24), {"extension_hours": "extension_without_quorum"}),
        (Course(second="secret"), {"second_if": "second_without_quorum"}),
    ],
)
def test_without_a_quorum_none_can_be_missed(
    stage: Stage, course: Course, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as caught:
        procedure(stage, "first", course=course, settings=Settings())
    assert caught.value.errors == wrong


def test_a_consent_always_lets_an_objection_be_lifted(stage: Stage) -> None:
    with pytest.raises(Invalid) as caught:
        procedure(stage, "c", Course(revotable=False), method="consent", settings=Settings())
    assert caught.value.errors == {"revotable": "consent_is_revotable"}


def test_a_vote_can_be_final_where_the_procedure_says_so(stage: Stage) -> None:
    key = procedure(stage, "once", course=Course(revotable=False))
    poll_id = on.open_it(stage, on.a_resolution(stage, key))
    on.cast_one(poll_id, stage.cast.amel, "for")
    with pytest.raises(Refused) as caught:
        on.cast_one(poll_id, stage.cast.amel, "against")
    assert caught.value.verdict.reason == "polls.vote_is_final"


def test_only_those_whom_the_procedure_names_choose_it(stage: Stage) -> None:
    key = procedure(stage, "chosen", course=Course(choosers=Choosers.MANDATED))
    with pytest.raises(Refused) as caught:
        on.a_resolution(stage, key)
    assert caught.value.verdict.reason == "proposals.mandated_choose"
    on.a_resolution(stage, key, stage.cast.bruno)
    members = procedure(stage, "members", course=Course(choosers=Choosers.MEMBERS))
    with pytest.raises(Refused) as caught:
        on.a_resolution(stage, members, stage.cast.chloe)
    assert caught.value.verdict.reason == "proposals.members_choose"


def test_a_procedure_decides_only_the_kinds_it_is_meant_for(stage: Stage) -> None:
    key = procedure(stage, "pages", course=Course(kinds=("amendment",)))
    found = card(stage, on.a_resolution(stage, key))
    assert [issue.code for issue in found.issues] == ["procedure_not_for_this"]


def test_a_planned_vote_opens_by_itself_at_its_time(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    opens = (clock.now() + timedelta(days=3)).replace(microsecond=0)
    closes = opens + timedelta(days=2)
    with acting(stage.cast.amel) as tx:
        planning.plan_opening(tx, proposal_id, opens, closes)
    with time_machine.travel(opens - timedelta(seconds=1), tick=False):
        assert duties.open_planned() == 0
    newcomer = crowd(1)[0]
    with time_machine.travel(opens, tick=False):
        assert duties.open_planned() == 1
        found = current(stage, proposal_id)
        assert (found.opened_at, found.closes_at) == (opens, closes)
        assert newcomer in [line.person_id for line in found.roll]
    assert plans.plan_of(as_reader(stage.cast.amel), proposal_id) is None


def test_a_late_worker_takes_no_time_from_the_voters(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    opens = clock.now() + timedelta(days=1)
    with acting(stage.cast.amel) as tx:
        planning.plan_opening(tx, proposal_id, opens, opens + timedelta(days=1))
    late = opens + timedelta(hours=12)
    with time_machine.travel(late, tick=False):
        duties.open_planned()
        found = current(stage, proposal_id)
        assert found.closes_at - found.opened_at == timedelta(days=1)


def test_a_plan_that_cannot_be_kept_says_so_and_opens_nothing(stage: Stage) -> None:
    first = on.an_amendment(stage)
    second = on.an_amendment(stage)
    opens = clock.now() + timedelta(hours=1)
    with acting(stage.cast.amel) as tx:
        planning.plan_opening(tx, first, opens, opens + timedelta(days=2))
    on.open_it(stage, second)
    with time_machine.travel(opens, tick=False):
        assert duties.open_planned() == 0
    plan = plans.plan_of(as_reader(stage.cast.amel), first)
    assert plan is not None
    assert plan.was_missed
    (event,) = told("OpeningMissed")
    assert event["issue"] == "another_vote_on_the_paragraph"


@pytest.mark.parametrize(
    ("opens", "lasts", "wrong"),
    [
        (timedelta(hours=-1), timedelta(days=2), {"opens_at": "opening_in_the_past"}),
        (timedelta(days=400), timedelta(days=2), {"opens_at": "opening_too_late"}),
        (timedelta(days=1), timedelta(hours=23), {"closes_at": "vote_too_short"}),
        (timedelta(days=1), timedelta(days=400), {"closes_at": "vote_too_long"}),
    ],
)
def test_a_plan_keeps_the_times_of_the_procedure(
    stage: Stage, opens: timedelta, lasts: timedelta, wrong: dict[str, str]
) -> None:
    proposal_id = on.a_resolution(stage)
    start = clock.now() + opens
    with pytest.raises(Invalid) as caught, acting(stage.cast.amel) as tx:
        planning.plan_opening(tx, proposal_id, start, start + lasts)
    assert caught.value.errors == wrong


def test_a_plan_can_be_made_before_the_discussion_is_long_enough(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage, procedure(stage, "slow", min_discussion_hours=48))
    early, late = clock.now() + timedelta(hours=47), clock.now() + timedelta(hours=49)
    with pytest.raises(Conflict), acting(stage.cast.amel) as tx:
        planning.plan_opening(tx, proposal_id, early, early + timedelta(days=2))
    with acting(stage.cast.amel) as tx:
        planning.plan_opening(tx, proposal_id, late, late + timedelta(days=2))


def test_a_new_wording_gives_the_plan_up_and_only_the_author_plans(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    opens = clock.now() + timedelta(hours=1)
    with pytest.raises(Refused), acting(stage.cast.bruno) as tx:
        planning.plan_opening(tx, proposal_id, opens, opens + timedelta(days=2))
    with acting(stage.cast.amel) as tx:
        planning.plan_opening(tx, proposal_id, opens, opens + timedelta(days=2))
        service.reword(tx, proposal_id, Wording("Deux vélos", "", "Deux."), 1)
    assert plans.plan_of(as_reader(stage.cast.amel), proposal_id) is None
    with pytest.raises(Conflict), acting(stage.cast.amel) as tx:
        planning.give_up_plan(tx, proposal_id)


def test_the_ballots_of_a_vote_taken_back_stay_with_it(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    poll_id = on.open_it(stage, proposal_id)
    on.cast_one(poll_id, stage.cast.bruno, "for")
    with acting(stage.cast.amel) as tx:
        service.take_back_to_discussion(tx, proposal_id, "Le texte change.")
    kept = db.session.scalars(select(OpenBallot.option).where(OpenBallot.poll_id == poll_id))
    assert list(kept) == ["for"]
    assert db.session.get_one(Poll, poll_id).state == "cancelled"


def shown(client: Client, proposal_id: int) -> str:
    return html.unescape(client.get(f"/proposals/{proposal_id}").text)


def test_the_page_tells_of_both_votes(client: Client, stage: Stage) -> None:
    client.sign_in("amel").submit("/language", language="en")
    anew = missed(stage, two_rounds(stage), "for")
    page = shown(client, anew)
    assert "Everybody votes anew." in page
    assert "Opens on" in page
    assert "Earlier vote: no quorum" in page
    course = Course(second="second", keeps_votes=True)
    kept = missed(stage, two_rounds(stage, course=course), "for")
    page = shown(client, kept)
    assert "The votes given then stay in the box and count now." in page
    assert "1 of 3 took part, and 2 were needed." in page
    assert "You have voted: For." in page


def test_the_page_tells_of_more_time_and_of_the_wider_body(client: Client, stage: Stage) -> None:
    client.sign_in("amel").submit("/language", language="en")
    longer = missed(stage, procedure(stage, "longer", course=Course(extension_hours=24)), "for")
    assert "the vote goes on once" in shown(client, longer)
    key = procedure(stage, "narrow", course=Course(escalation="absolute"))
    escalated = missed(stage, key, "for")
    page = shown(client, escalated)
    assert "Earlier votes on this proposal" in page
    assert "Open the vote" in page


def test_an_opening_is_planned_and_given_up_on_the_page(client: Client, stage: Stage) -> None:
    client.sign_in("amel").submit("/language", language="en")
    proposal_id = on.a_resolution(stage)
    day = this_day() + timedelta(days=2)
    times = {"opens_at": f"{day}T09:00", "closes_at": f"{day + timedelta(days=3)}T18:00"}
    assert client.submit(f"/proposals/{proposal_id}/vote", **times).status_code == 303
    page = shown(client, proposal_id)
    assert "The vote opens by itself on" in page
    assert "09:00" in page
    wrong = times | {"opens_at": "2020-01-01T09:00"}
    answer = client.submit(f"/proposals/{proposal_id}/vote", **wrong)
    assert answer.status_code == 422
    assert "This time is past" in html.unescape(answer.text)
    assert client.submit(f"/proposals/{proposal_id}/plan/end").status_code == 303
    assert "The vote opens by itself on" not in shown(client, proposal_id)


def test_the_times_suggested_while_a_text_is_discussed_can_be_sent_as_they_stand(
    client: Client, stage: Stage
) -> None:
    client.sign_in("amel").submit("/language", language="en")
    slow = procedure(stage, "slow", min_discussion_hours=360, min_voting_hours=48)
    proposal_id = on.a_resolution(stage, slow)
    page = shown(client, proposal_id)
    times = dict(re.findall(r'name="((?:opens|closes)_at)"[^>]*?value="([^"]+)"', page))
    assert f"{this_day() + timedelta(days=15)}T00:00" < times["opens_at"] < times["closes_at"]
    assert client.submit(f"/proposals/{proposal_id}/vote", **times).status_code == 303
    assert "The vote opens by itself on" in shown(client, proposal_id)


def test_the_end_of_a_procedure_is_proposed_on_its_page(client: Client, stage: Stage) -> None:
    on.open_it(stage, on.a_resolution(stage))
    client.sign_in("amel").submit("/language", language="en")
    page = html.unescape(client.get("/procedures/secret").text)
    assert "/proposals/procedure/new?key=secret&retires=1" in page
    form = html.unescape(client.get("/proposals/procedure/new?key=secret&retires=1").text)
    assert 'name="retires"' in form
    fields = {"key": "secret", "version": "1", "retires": "1", "decided_by": "absolute"}
    answer = client.submit("/proposals/procedure/", **fields, then="submit")
    number = int(answer.location.rsplit("/", 1)[-1])
    page = shown(client, number)
    assert "Take the procedure “Scrutin secret” out of use" in page
    assert 'name="retires"' in client.get(f"/proposals/procedure/{number}").text
    on.decide(stage, number)
    assert "Out of use" in client.get("/procedures/secret").text
    assert "Scrutin secret" in client.get("/procedures").text
