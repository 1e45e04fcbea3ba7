"""The days of a proposal: each in its order, a past effect with its reason, planned actions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from intranet.core.db import db
from intranet.core.policy import Invalid
from intranet.decisions.actions.models import Action, ActionStep
from intranet.decisions.models import Decision
from intranet.members import effects as members
from intranet.members.queries import today
from intranet.members.statuses import Status
from intranet.proposals import queries, service
from intranet.proposals.planned import PlannedAction
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.rulebook.queries import rulebook
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.wiki.writing import rule as a_rule

WORDS = {"title": "Acheter un vélo", "motivation": "Pour livrer.", "text": "Nous l’achetons."}


def day(stage: Stage, after: int) -> date:
    return today(as_reader(stage.cast.amel)) + timedelta(days=after)


def proposed(stage: Stage, **more: object) -> int:
    with acting(stage.cast.amel) as tx:
        wording = Wording(**{**WORDS, **more})  # type: ignore[arg-type]
        number = service.draft(tx, NewProposal("resolution", wording, stage.absolute))
        service.submit(tx, number)
    return number


def leaves(person: int) -> None:
    """Somebody leaves the cooperative today."""
    with acting(None) as tx:
        members.change_status(tx, person, Status.FORMER, today(tx), "AG-2026-999")


def issues(stage: Stage, number: int) -> list[str]:
    return [one.code for one in queries.proposal(as_reader(stage.cast.amel), number).issues]


def decision_of(number: int) -> Decision:
    query = select(Decision).where(Decision.origin_kind == "proposal", Decision.origin_id == number)
    return db.session.scalars(query).one()


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"effective_on": 10, "review_on": 10}, "review_before_effect"),
        ({"effective_on": 10, "ends_on": 10}, "trial_ends_before_effect"),
        ({"ends_on": 20, "review_on": 21}, "review_day_after_the_end"),
    ],
)
def test_d5_days_of_a_proposal_out_of_order_are_refused(
    stage: Stage, days: dict[str, int], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        proposed(stage, **{name: day(stage, after) for name, after in days.items()})
    assert code in refused.value.errors.values()


def test_d5_a_review_before_the_vote_could_be_counted_does_not_open(stage: Stage) -> None:
    assert issues(stage, proposed(stage, review_on=day(stage, 0))) == ["review_before_the_count"]
    assert issues(stage, proposed(stage, review_on=day(stage, 300))) == []


def test_d5_a_review_that_a_long_vote_overtook_comes_a_day_after_the_effect(stage: Stage) -> None:
    number = proposed(stage, review_on=day(stage, 3))
    poll = on.open_it(stage, number)
    for person in stage.cast.members:
        on.cast_one(poll, person, "for")
    on.end(poll)
    with acting(None) as tx:
        service.conclude(Later(tx, days=30), number)  # type: ignore[arg-type]
    kept = decision_of(number)
    assert kept.effective_on is not None
    assert kept.review_on == kept.effective_on + timedelta(days=1)


class Later:
    """A transaction some days later."""

    def __init__(self, tx: object, days: int) -> None:
        self._tx, self.now = tx, tx.now + timedelta(days=days)  # type: ignore[attr-defined]

    def __getattr__(self, name: str) -> object:
        return getattr(self._tx, name)


def test_d5_a_past_effect_needs_a_reason_that_the_register_shows(
    stage: Stage, client: Client
) -> None:
    bare = proposed(stage, effective_on=day(stage, -40))
    assert issues(stage, bare) == ["effective_in_the_past"]
    because = "Le contrat court depuis ce jour."
    number = proposed(stage, effective_on=day(stage, -40), past_because=because)
    assert issues(stage, number) == []
    on.decide(stage, number)
    kept = decision_of(number)
    assert (kept.effective_on, kept.retroactive_because) == (day(stage, -40), because)
    assert because in client.sign_in("amel").get(f"/decisions/{kept.number}").text
    assert because in client.get(f"/proposals/{number}").text


def test_d5_a_rule_never_changes_before_its_newest_text(stage: Stage) -> None:
    old = a_rule("Congés", "Cinq semaines.", stage.origin, day(stage, -20))
    stage = Stage(stage.cast, old, stage.origin)
    numbers = []
    for after in (-30, -10):
        with acting(stage.cast.amel) as tx:
            day_of = {"effective_on": day(stage, after), "past_because": "Oubli."}
            wording = Wording("Six semaines", "", "", (on.a_change(stage, "Six."),), **day_of)  # type: ignore[arg-type]
            new = NewProposal("amendment", wording, stage.absolute, old)
            numbers.append(service.draft(tx, new))
            service.submit(tx, numbers[-1])
    assert issues(stage, numbers[0]) == ["earlier_than_present_text"]
    on.decide(stage, numbers[1])
    books = [rulebook(as_reader(stage.cast.amel), day(stage, after)) for after in (-11, -10)]
    told = [" ".join(p.html for a in book.articles for p in a.passages) for book in books]
    assert ["Six." in words for words in told] == [False, True]


def test_d5_who_may_vote_never_changes_for_days_that_are_over(stage: Stage, client: Client) -> None:
    typed = {"procedure": "absolute", "audience": "members", "then": "submit"}
    typed |= {"person": str(stage.cast.chloe), "status": "member_employee"}
    typed |= {"effective_on": day(stage, -3).isoformat(), "past_because": "Oubli."}
    answer = client.sign_in("amel").submit("/proposals/acts/status", **typed)
    assert issues(stage, int(answer.location.rsplit("/", 1)[1])) == ["effect_never_past"]


def test_what_a_proposal_plans_enters_the_register_with_it(stage: Stage, client: Client) -> None:
    cast, due = stage.cast, day(stage, 30)
    amel = client.sign_in("amel")
    typed = {**WORDS, "procedure": "absolute", "audience": "workers", "then": "submit"}
    typed |= {"action_what-0": "Choisir le vélo", "action_due-0": due.isoformat()}
    refused = amel.submit("/proposals/", **typed, outline="none")
    assert refused.status_code == 422
    assert "field-action_owner-0" in refused.text
    typed |= {"action_owner-0": str(cast.bruno)}
    typed |= {"action_what-1": "Prévenir l’assurance", "action_owner-1": str(cast.chloe)}
    answer = amel.submit("/proposals/", **typed, outline="none")
    number = int(answer.location.rsplit("/", 1)[1])
    assert "Choisir le vélo · Bruno" in amel.get(f"/proposals/{number}").text
    assert 'value="Choisir le vélo"' in amel.get(f"/proposals/{number}/edit").text
    leaves(cast.chloe)
    on.decide(stage, number)
    kept = decision_of(number)
    query = select(Action.what, Action.by_id, ActionStep.owner_id, ActionStep.due_on)
    rows = db.session.execute(
        query.join(ActionStep, ActionStep.action_id == Action.id)
        .where(Action.decision_id == kept.id)
        .order_by(Action.id)
    ).all()
    assert [tuple(row) for row in rows] == [
        ("Choisir le vélo", cast.amel, cast.bruno, due),
        ("Prévenir l’assurance", cast.amel, cast.amel, None),
    ]
    assert "Choisir le vélo" in amel.get(f"/decisions/{kept.number}").text


def test_what_was_planned_by_a_proposal_that_fails_asks_nobody_for_anything(stage: Stage) -> None:
    number = proposed(stage, actions=(PlannedAction("Choisir le vélo", stage.cast.bruno),))
    on.decide(stage, number, "against")
    assert db.session.scalar(select(Action.id)) is None


def test_the_difference_of_two_wordings_tells_what_surrounds_the_text(
    stage: Stage, client: Client
) -> None:
    number = proposed(stage)
    planned = (PlannedAction("Choisir le vélo", stage.cast.bruno),)
    new = Wording(
        **WORDS,
        links=(("amends", stage.origin),),
        review_on=date(2031, 3, 1),
        ends_on=date(2031, 6, 1),
        actions=planned,
    )
    with acting(stage.cast.amel) as tx:
        assert service.reword(tx, number, new, 1, stage.consent) == 2
        assert service.reword(tx, number, new, 2) == 2
    told = client.sign_in("bruno").get(f"/proposals/{number}/versions?from=1&to=2").text
    for words in ("Majorité absolue", "Consentement", "2031", stage.origin, "Choisir le vélo"):
        assert words in told
    assert "Prend effet" not in told


def test_the_form_says_who_would_decide_the_quorum_and_the_calendar(
    stage: Stage, client: Client
) -> None:
    form = client.sign_in("amel").get("/proposals/new").text
    consent = form[form.index("Consentement — Réunion coopérative") :].partition("</p>")[0]
    assert "au moins 3 personnes participent." in consent
    assert "le vote pourrait ouvrir le" in consent
    assert "et être tranché le" in consent
