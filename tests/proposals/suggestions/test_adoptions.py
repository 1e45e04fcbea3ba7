"""A page proposed as a rule is amended in its wording; page and amendments come together."""

from __future__ import annotations

import pytest

from intranet.core.policy import Invalid
from intranet.proposals import editing, queries, service
from intranet.proposals.suggestions import service as suggestions
from intranet.wiki import rules
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.proposals.suggestions.suggesting import (
    card,
    decided,
    on_a_ballot,
    state,
    suggested,
    text_now,
)
from tests.proposals.test_adoption import TEXT, issues, leave_page, proposed
from tests.wiki.writing import revise, source


def accepted(stage: Stage, proposal_id: int, old: str, new: str) -> int:
    """An amendment by Bruno that Amel takes in."""
    number = suggested(stage.cast.bruno, proposal_id, old, new)
    with acting(stage.cast.amel) as tx:
        suggestions.accept(tx, proposal_id, number)
    return number


def reworded(stage: Stage, proposal_id: int, **typed: str) -> None:
    """Amel opens the form and saves it with these fields."""
    reader = as_reader(stage.cast.amel)
    desk = editing.desk_of(reader, proposal_id, whole=False)
    form = editing.filled(desk)
    form.values |= typed
    number = queries.proposal(reader, proposal_id).version.number
    with acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, editing.wording(desk, form), number)


def test_t90_the_page_becomes_a_rule_in_the_words_amended(stage: Stage) -> None:
    """T90: every paragraph bears the decision, and the page stays as it is until then."""
    cast, slug = stage.cast, leave_page(stage)
    proposal_id = proposed(stage, slug)
    other = suggested(cast.esther, proposal_id, "un mois", "deux mois")
    accepted(stage, proposal_id, "Cinq semaines", "Six semaines")
    follower = card(cast.amel, proposal_id, other)
    assert (follower.state, follower.base_number) == ("proposed", 2)
    with acting(cast.amel) as tx:
        suggestions.accept(tx, proposal_id, other)
    assert issues(stage, proposal_id) == []
    assert source(slug) == TEXT
    on.decide(stage, proposal_id)
    rule = rules.rule_text_of(as_reader(cast.amel), slug)
    amended = TEXT.replace("Cinq", "Six").replace("un mois", "deux mois")
    assert rule.header + rule.body == amended
    number = queries.proposal(as_reader(cast.amel), proposal_id).decision_number
    assert set(rule.decisions.values()) == {number}
    assert len(rule.decisions) == len(rule.blocks) == 3


def test_t89_amendments_of_a_page_that_compete_are_on_one_ballot(stage: Stage) -> None:
    cast, slug = stage.cast, leave_page(stage)
    proposal_id = proposed(stage, slug)
    one = suggested(cast.bruno, proposal_id, "Cinq semaines", "Six semaines")
    two = suggested(cast.esther, proposal_id, "Cinq semaines", "Sept semaines")
    ballot_id = on_a_ballot(stage, proposal_id, one)
    decided(stage, proposal_id, ballot_id, (None, 1, None), (None, 1, None))
    assert [state(cast.amel, proposal_id, number) for number in (one, two)] == [
        "refused",
        "adopted",
    ]
    alone = suggested(cast.bruno, proposal_id, "un mois", "un an")
    ballot_id = on_a_ballot(stage, proposal_id, alone)
    decided(stage, proposal_id, ballot_id, (None, 1), (None, 1))
    assert state(cast.amel, proposal_id, alone) == "refused"
    on.decide(stage, proposal_id)
    assert source(slug) == TEXT.replace("Cinq", "Sept")


def test_what_is_written_on_the_page_meanwhile_comes_beside_the_amendments(stage: Stage) -> None:
    cast, slug = stage.cast, leave_page(stage)
    proposal_id = proposed(stage, slug)
    accepted(stage, proposal_id, "Cinq semaines", "Six semaines")
    revise(cast.bruno, slug, TEXT + "\nSauf en été.\n")
    assert issues(stage, proposal_id) == ["page_changed"]
    reworded(stage, proposal_id)
    assert issues(stage, proposal_id) == []
    both = TEXT.replace("Cinq", "Six") + "\nSauf en été.\n"
    assert text_now(cast.amel, proposal_id) == both.rstrip()
    revise(cast.bruno, slug, both)
    assert issues(stage, proposal_id) == [], "the page says no more than the proposal"


def test_where_page_and_amendment_changed_one_paragraph_the_author_chooses(stage: Stage) -> None:
    cast, slug = stage.cast, leave_page(stage)
    proposal_id = proposed(stage, slug)
    accepted(stage, proposal_id, "Cinq semaines", "Six semaines")
    page = TEXT.replace("Cinq semaines", "Quatre semaines")
    revise(cast.bruno, slug, page)
    assert issues(stage, proposal_id) == ["page_changed"]
    with pytest.raises(Invalid) as invalid:
        reworded(stage, proposal_id)
    assert invalid.value.errors == {"adopted_text": "amendments_and_page_differ"}
    reworded(stage, proposal_id, adopted_text="page")
    assert text_now(cast.amel, proposal_id) == page.rstrip()
    assert issues(stage, proposal_id) == []


def test_a_page_is_amended_taken_up_and_adopted_through_its_pages(
    client: Client, stage: Stage
) -> None:
    cast, slug = stage.cast, leave_page(stage)
    proposal_id = proposed(stage, slug)
    where = f"/proposals/{proposal_id}"
    suggested(cast.bruno, proposal_id, "Cinq semaines", "Six semaines")
    client.sign_in("esther")
    assert f"{where}/amendments/new?block=" in client.get(f"{where}/amendments/new").text
    client.sign_in("amel")
    assert client.submit(f"{where}/amendments/1/acceptance").status_code == 303
    shown = client.get(where).text
    assert "Six semaines par an." in shown
    assert 'name="adopted_text"' in client.get(f"{where}/edit").text
    revise(cast.bruno, slug, TEXT.replace("Cinq semaines", "Quatre semaines"))
    form = client.get(f"{where}/edit").text
    page, amended = form.split('class="diff__text"')[1:3]
    assert "Quatre" in page
    assert "Six" in amended
    base = form.split('name="base_revision" value="')[1].split('"')[0]
    typed = {"title": "Adopter", "base_number": "2", "base_revision": base}
    assert client.submit(f"{where}/versions", **typed).status_code == 422
    taken = client.submit(f"{where}/versions", **typed, adopted_text="page")
    assert taken.status_code == 303
    on.decide(stage, proposal_id)
    assert "Quatre semaines" in source(slug)
