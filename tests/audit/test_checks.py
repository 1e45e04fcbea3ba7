"""The checks, asked of a living database of either kind."""

from __future__ import annotations

from datetime import date

from flask import Flask

from intranet.audit.checks import checks
from intranet.audit.register_checks import gaps
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.transaction import reader
from intranet.decisions.models import Counter
from intranet.members.queries import today
from intranet.papers import service
from intranet.papers.service import OldDecision
from intranet.wiki import effects, placing
from intranet.wiki.models import Layer
from intranet.wiki.repeals import RuleRepeal
from intranet.wiki.rule_places import RuleDeciders, RulePlace
from tests.cast import Cast, acting, this_day
from tests.decisions.register import entered
from tests.proposals import stage as stages
from tests.proposals.stage import set_up


def wrong() -> dict[str, tuple[str, ...]]:
    """The checks that found something."""
    db.session.rollback()
    return {check.name: check.problems for check in checks(reader(SYSTEM)) if not check.is_well}


def test_what_the_product_does_passes_every_check(app: Flask, cast: Cast) -> None:
    stage = set_up(cast)
    stages.decide(stage, stages.an_amendment(stage))
    stages.decide(stage, stages.a_resolution(stage), "against")
    stages.decide(stage, stages.a_resolution(stage, stage.consent), "consent")
    assert wrong() == {}


def test_an_old_number_copied_from_a_paper_leaves_no_gap(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        old = OldDecision(
            body_id=cast.assembly,
            title="Un ancien choix",
            text="Un ancien choix.",
            decided_on=date(2019, 3, 1),
            result="adopted",
            audience="workers",
            number="AG-2019-004",
        )
        service.enter_by_hand(tx, old)
    assert wrong() == {}


def test_a_number_given_and_lost_is_a_gap(app: Flask, cast: Cast) -> None:
    today = this_day()
    with acting(None) as tx:
        entered(tx, cast, decided_on=today)
        counter = tx.session.get_one(Counter, ("AG", today.year))
        counter.last += 1
        tx.session.flush()
        entered(tx, cast, "Un autre choix", decided_on=today)
    db.session.rollback()
    assert list(gaps(reader(SYSTEM))) == [f"AG-{today.year}-002 is missing"]


def test_a_place_a_list_of_procedures_or_an_end_that_no_decision_gave_is_found(
    app: Flask, cast: Cast
) -> None:
    stage = set_up(cast)
    with acting(None) as tx:
        number, on = stage.origin, today(tx)
        new = effects.NewRule(Layer.OPERATING_RULES, "Horaires", "De 9 h à 17 h.", "members", "fr")
        other = effects.create_rule(tx, new, number, on)
        placing.place_rule(tx, other, None, number, on)
        effects.name_deciders(tx, other, [stage.absolute], number)
        effects.repeal_rule(tx, other, number, on)
    assert wrong() == {}
    with acting(None) as tx:
        row = {"in_force_on": on, "decision_number": number, "at": tx.now}
        tx.session.add(RulePlace(page_id=other, place="7", carried=False, after_id=None, **row))
        tx.session.add(RuleDeciders(page_id=other, keys="autre", **row))
        tx.session.add(
            RuleRepeal(page_id=stage.page_id, decision_number=number, repealed_on=on, at=tx.now)
        )
    problems = wrong()["places and ends of rules are those of the journal"]
    assert problems == (
        f"the journal does not say that {number} put rule {other} there",
        "the procedures that rules name are not those of the journal",
        f"the end of rule {stage.page_id} by {number} is not as the journal says",
    )
