"""Which way to decide a form proposes first."""

from __future__ import annotations

from intranet.proposals import editing
from intranet.proposals.acts.desk import new_act
from intranet.wiki.rules import rule_text
from tests.cast import as_reader
from tests.polls.balloting import define
from tests.proposals import stage as on
from tests.proposals.stage import Stage


def first(stage: Stage, person: int, *, of_the_rule: bool = True) -> str:
    """The procedure that the form of this person begins with."""
    reader = as_reader(person)
    slug = rule_text(reader, stage.page_id).slug if of_the_rule else None
    return editing.new_desk(reader, slug, None).choices[0].procedure.key


def test_the_procedure_of_the_latest_decision_on_a_rule_comes_first(stage: Stage) -> None:
    define(stage.cast.assembly, key="a", name="A", layers=("operating_rules",))
    assert first(stage, stage.cast.amel) == "a", "the register does not say"
    on.decide(stage, on.an_amendment(stage))
    assert first(stage, stage.cast.amel) == stage.absolute
    assert first(stage, stage.cast.chloe) == stage.absolute
    slug = rule_text(as_reader(stage.cast.amel), stage.page_id).slug
    repeal = new_act(as_reader(stage.cast.amel), "repeal", [slug])
    assert repeal.choices[0].procedure.key == stage.absolute


def test_whoever_has_no_voice_in_a_body_is_not_led_to_it_first(stage: Stage) -> None:
    define(stage.cast.assembly, key="simple", name="A majorité simple")
    assert first(stage, stage.cast.amel, of_the_rule=False) == "simple"
    assert first(stage, stage.cast.chloe, of_the_rule=False) == stage.consent
