"""A rule names the procedures that may change it; a weaker one is refused with words."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest

from intranet.core.block_changes import BlockChange
from intranet.core.policy import Conflict
from intranet.polls.procedure_models import ProcedureChange
from intranet.polls.service import define_procedure
from intranet.proposals import editing, queries, service
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from intranet.wiki.rules import RuleText
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.proposals.test_procedure_change import changed, current, issues, propose


def name(stage: Stage, *keys: str, decided_by: str = "absolute") -> int:
    """A submitted proposal that these procedures alone may change the rule."""
    wording = Wording("Qui peut changer la règle", "", "En mots.", deciders=keys)
    with acting(stage.cast.amel) as tx:
        new = NewProposal("deciders", wording, decided_by, stage.page_id)
        proposal_id = service.draft(tx, new)
        service.submit(tx, proposal_id)
    return proposal_id


@pytest.fixture
def guarded(stage: Stage) -> Stage:
    """A second procedure of the same ranks, which the rule does not name."""
    easy = replace(current(stage, "absolute"), key="easy", name="Facile", after_version=None)
    with acting(stage.cast.amel) as tx:
        define_procedure(tx, easy)
    on.decide(stage, name(stage, "absolute"))
    return stage


def slug_of(stage: Stage) -> str:
    rule: RuleText = on.rule(stage)
    return rule.slug


def test_an_adopted_list_is_what_the_rule_names(guarded: Stage) -> None:
    assert on.rule(guarded).deciders == ("absolute",)


def test_a_procedure_that_the_rule_does_not_name_cannot_change_it(guarded: Stage) -> None:
    offered = editing.new_desk(as_reader(guarded.cast.amel), slug_of(guarded), None).choices
    assert [choice.procedure.key for choice in offered] == ["absolute"]
    amendment = on.an_amendment(guarded)
    assert issues(guarded, amendment) == []
    with acting(guarded.cast.amel) as tx:
        wording = Wording("Trois jours de télétravail", "Moins de trajets.", "", changes(guarded))
        service.reword(tx, amendment, wording, 1, "easy")
    assert issues(guarded, amendment) == ["procedure_not_named"]
    with pytest.raises(Conflict):
        on.open_it(guarded, amendment)


def changes(stage: Stage) -> tuple[BlockChange, ...]:
    return (on.a_change(stage),)


def test_the_list_is_changed_only_by_a_procedure_that_it_names(guarded: Stage) -> None:
    assert issues(guarded, name(guarded, "easy", decided_by="easy")) == ["procedure_not_named"]
    on.decide(guarded, name(guarded, decided_by="absolute"))
    assert on.rule(guarded).deciders == ()


def test_a_rule_names_only_procedures_of_its_rank(stage: Stage) -> None:
    assert issues(stage, name(stage, "secret")) == ["decider_unfit"]
    assert issues(stage, name(stage)) == ["deciders_unchanged"]


def test_a_procedure_left_out_cannot_weaken_one_that_is_named(guarded: Stage) -> None:
    easier = changed(guarded, "absolute", description="Plus simple.")
    assert issues(guarded, propose(guarded, easier, "easy")) == ["procedure_of_a_named_rule"]
    assert issues(guarded, propose(guarded, easier, "absolute")) == []


def test_the_only_procedure_that_a_rule_names_stays_in_use(guarded: Stage) -> None:
    gone = propose(guarded, ProcedureChange("absolute", 1, None), "absolute")
    assert issues(guarded, gone) == ["rules_left_alone"]
    fewer = changed(guarded, "absolute", layers=("statutes",))
    assert "rules_left_alone" in issues(guarded, propose(guarded, fewer, "absolute"))


def test_one_vote_at_a_time_is_about_who_may_change_a_rule(stage: Stage) -> None:
    on.open_it(stage, name(stage, "absolute"))
    assert "another_vote_on_the_rule_itself" in issues(stage, name(stage, "absolute"))


def test_the_page_of_a_rule_says_who_may_change_it(guarded: Stage, client: Client) -> None:
    client.sign_in("amel").submit("/language", language="en")
    page = html.unescape(client.get(f"/wiki/{slug_of(guarded)}").text)
    assert "May be changed by" in page
    assert "Majorité absolue" in page and "Facile" not in page  # noqa: PT018
    form = html.unescape(client.get(f"/proposals/deciders/new?page={slug_of(guarded)}").text)
    assert "Facile" in form
    typed = {"page": slug_of(guarded), "named": ["absolute", "easy"], "decided_by": "absolute"}
    answer = client.submit("/proposals/deciders/", **typed, then="submit")
    card = queries.proposal(as_reader(guarded.cast.amel), int(answer.location.rsplit("/", 1)[1]))
    assert set(card.version.deciders) == {"absolute", "easy"}
    assert card.issues == ()
    assert client.get(f"/proposals/deciders/{card.id}").status_code == 200
