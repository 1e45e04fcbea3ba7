"""One paragraph: its wordings with their decisions, and what was tried and refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from intranet.core.block_changes import BlockChange
from intranet.core.blocks import IdentifiedBlock
from intranet.core.policy import NotFound
from intranet.corrections.service import correct_rule
from intranet.proposals import service
from intranet.proposals.kinds.several import RuleChange, to_text
from intranet.proposals.service import NewProposal
from intranet.proposals.suggestions import service as suggestions
from intranet.proposals.versions import Wording
from intranet.rulebook.paragraph_queries import paragraph
from intranet.wiki import rules
from intranet.wiki import worker as wiki_worker
from intranet.wiki.corrections.models import Mended
from intranet.wiki.models import Page, ParagraphAct, ParagraphChange
from intranet.wiki.provenance_queries import decided_parts
from tests.cast import Cast, Client, acting, as_reader
from tests.proposals.stage import (
    CHANGED,
    RULE,
    Stage,
    a_change,
    an_amendment,
    cast_one,
    conclude,
    end,
    open_it,
    rule,
    set_up,
)
from tests.proposals.suggestions.suggesting import suggested
from tests.wiki.writing import read
from tests.wiki.writing import rule as a_rule

FIRST = RULE.split("\n", maxsplit=1)[0]


@pytest.fixture
def stage(app: Flask, cast: Cast) -> Stage:
    return set_up(cast)


def voted(stage: Stage, option: str, new_text: str) -> int:
    """An amendment of the first paragraph on which everybody chose the same."""
    number = an_amendment(stage, change=a_change(stage, new_text))
    poll_id = open_it(stage, number)
    for person in stage.cast.members:
        cast_one(poll_id, person, option)
    end(poll_id)
    conclude(number)
    return number


def change_of(block: IdentifiedBlock) -> BlockChange:
    return BlockChange("replace", block.id, block.text, f"{block.text} Ou plus.")


def submitted(stage: Stage, new: NewProposal) -> int:
    with acting(stage.cast.amel) as tx:
        number = service.draft(tx, new)
        service.submit(tx, number)
    return number


def first_block(stage: Stage) -> str:
    return rule(stage).blocks[0].id


def test_a_paragraph_tells_its_wordings_and_how_each_was_decided(stage: Stage) -> None:
    voted(stage, "for", CHANGED)
    found = paragraph(as_reader(stage.cast.chloe), "teletravail", first_block(stage))
    newest, oldest = found.wordings
    assert (newest.wording.act, newest.wording.before, newest.wording.after) == (
        ParagraphAct.CHANGED,
        FIRST,
        CHANGED,
    )
    assert newest.decision is not None
    assert newest.decision.counts["for"] == 3
    assert newest.decision.body_name == "Assemblée générale"
    assert (oldest.wording.act, oldest.until) == (ParagraphAct.CREATED, newest.since)
    assert found.present == newest


def test_refused_attempts_stay_with_the_paragraph(stage: Stage) -> None:
    number = voted(stage, "against", CHANGED)
    running = an_amendment(stage, change=a_change(stage, "Chacun·e choisit."))
    elsewhere = an_amendment(stage, change=a_change(stage, "Le mardi.", position=1))
    found = paragraph(as_reader(stage.cast.chloe), "teletravail", first_block(stage))
    [refused] = found.refused
    assert (refused.proposal_id, refused.state, refused.counts["against"]) == (
        number,
        "rejected",
        3,
    )
    assert [change.new_text for change in refused.changes] == [CHANGED]
    assert [one.proposal_id for one in found.open_attempts] == [running]
    assert elsewhere not in {one.proposal_id for one in (*found.refused, *found.open_attempts)}


def test_refused_changes_of_several_rules_and_repeals_stay_with_the_paragraph(
    stage: Stage, client: Client
) -> None:
    cast, other = stage.cast, a_rule("Congés", "Cinq semaines.", "AG-2026-901")
    here = rule(stage)
    there = rules.rule_text(as_reader(cast.amel), other)
    parts = [
        RuleChange(here.page_id, here.title, here.revision_id, (a_change(stage),)),
        RuleChange(other, there.title, there.revision_id, (change_of(there.blocks[0]),)),
    ]
    several = Wording("Tout revoir", "Pour le rythme.", particulars=to_text(parts))
    repeal = Wording("Abroger le télétravail", "Plus utile.", "La règle est abrogée.")
    numbers = [
        submitted(stage, NewProposal("several", several, stage.absolute)),
        submitted(stage, NewProposal("repeal", repeal, stage.absolute, stage.page_id)),
    ]
    for number in numbers:
        poll = open_it(stage, number)
        cast_one(poll, cast.bruno, "against", f"Non à {number}.")
        end(poll)
        conclude(number)
    found = paragraph(as_reader(cast.chloe), "teletravail", first_block(stage))
    told = [(one.proposal_id, one.kind, one.reasons, len(one.changes)) for one in found.refused]
    assert told == [
        (numbers[1], "repeal", (f"Non à {numbers[1]}.",), 0),
        (numbers[0], "several", (f"Non à {numbers[0]}.",), 1),
    ]
    conges = paragraph(as_reader(cast.chloe), "conges", there.blocks[0].id)
    assert [one.proposal_id for one in conges.refused] == [numbers[0]]
    page = client.sign_in("chloe").get(f"/wiki/teletravail/paragraphs/{first_block(stage)}").text
    assert f"Non à {numbers[1]}." in page
    assert "Modification de plusieurs règles" in page


def test_refused_amendments_to_a_proposal_stay_with_the_paragraph(
    stage: Stage, client: Client
) -> None:
    cast, number = stage.cast, an_amendment(stage)
    one = suggested(cast.bruno, number, "trois", "quatre", "Autant y aller.")
    with acting(cast.amel) as tx:
        suggestions.decline(tx, number, one, "Trop tôt.")
    block_id = first_block(stage)
    [waiting] = paragraph(as_reader(cast.chloe), "teletravail", block_id).open_attempts[1:]
    assert (waiting.suggestion, waiting.because) == (one, "Trop tôt.")
    poll = open_it(stage, number)
    end(poll)
    conclude(number)
    [_proposal, fallen] = paragraph(as_reader(cast.chloe), "teletravail", block_id).refused
    assert (fallen.suggestion, fallen.state, fallen.because) == (one, "refused", "Trop tôt.")
    assert [change.new_text for change in fallen.changes] == [CHANGED.replace("trois", "quatre")]
    page = client.sign_in("chloe").get(f"/wiki/teletravail/paragraphs/{block_id}").text
    assert "Trop tôt." in page
    assert f"/proposals/{number}#amendment-{one}" in page


def test_a_draft_is_nobody_elses_business(stage: Stage) -> None:
    with acting(stage.cast.amel) as tx:
        wording = Wording("Un brouillon", "Parce que.", "", (a_change(stage),))
        service.draft(tx, NewProposal("amendment", wording, stage.absolute, stage.page_id))
    found = paragraph(as_reader(stage.cast.amel), "teletravail", first_block(stage))
    assert found.open_attempts == ()


def test_a_paragraph_of_a_closed_rule_does_not_exist(stage: Stage) -> None:
    block_id = first_block(stage)
    with acting(None) as tx:
        tx.session.get_one(Page, stage.page_id).audience = "members"
    with pytest.raises(NotFound):
        paragraph(as_reader(stage.cast.chloe), "teletravail", block_id)
    assert paragraph(as_reader(stage.cast.amel), "teletravail", block_id).present
    with pytest.raises(NotFound):
        paragraph(as_reader(stage.cast.amel), "teletravail", "nothing")


def test_the_worker_tells_what_an_earlier_version_did_not(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = decided_parts(as_reader(stage.cast.amel), stage.origin)
    with acting(None) as tx:
        tx.session.query(ParagraphChange).delete()
    monkeypatch.setitem(wiki_worker._next_look, "at", 0.0)
    assert wiki_worker.tell_provenance() == 1
    assert decided_parts(as_reader(stage.cast.amel), stage.origin) == before != []
    assert wiki_worker.tell_provenance() == 0


def test_the_mark_beside_a_paragraph_leads_to_its_history(stage: Stage) -> None:
    html = read(stage.cast.chloe, "teletravail").html
    assert f'href="/wiki/teletravail/paragraphs/{first_block(stage)}"' in html


def test_a_wording_to_come_is_not_the_present_one(stage: Stage) -> None:
    from intranet.members.queries import today
    from tests.wiki.writing import enact

    reader = as_reader(stage.cast.amel)
    later = today(reader) + timedelta(days=20)
    enact(stage.page_id, [a_change(stage)], "AG-2099-001", later)
    found = paragraph(as_reader(stage.cast.amel), "teletravail", first_block(stage))
    assert [one.is_coming for one in found.wordings] == [True, False]
    assert found.present == found.wordings[1]
    assert found.wordings[0].decision is None


def test_a_mended_slip_is_a_wording_without_a_decision(stage: Stage, client: Client) -> None:
    block = rule(stage).blocks[0]
    mended = Mended(stage.page_id, block.id, block.text, block.text.replace("semaine", "semaines"))
    with acting(stage.cast.chloe) as tx:
        correct_rule(tx, mended, "Une lettre manquait.")
    newest, _first = paragraph(as_reader(stage.cast.amel), "teletravail", block.id).wordings
    assert (newest.wording.after, newest.wording.decision_number) == (mended.new_text, None)
    page = client.sign_in("amel").get(f"/wiki/teletravail/paragraphs/{block.id}").text
    assert "Une lettre manquait." in page
    assert "Chloé" in page


def test_a_refused_attempt_tells_why_people_stood_against(stage: Stage) -> None:
    number = an_amendment(stage, change=a_change(stage, CHANGED))
    poll_id = open_it(stage, number)
    for person in stage.cast.members:
        cast_one(poll_id, person, "against", "L’atelier resterait vide.")
    end(poll_id)
    conclude(number)
    block_id = first_block(stage)
    found = paragraph(as_reader(stage.cast.chloe), "teletravail", block_id)
    assert set(found.refused[0].reasons) == {"L’atelier resterait vide."}
