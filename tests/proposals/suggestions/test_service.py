"""What may be suggested, who answers, and what enters the text."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from intranet.core.policy import Conflict, Invalid, Refused
from intranet.proposals.kinds.new_rule import RulePlace
from intranet.proposals.models import Proposal
from intranet.proposals.suggestions import desks, service, texts
from intranet.proposals.suggestions.policy import may_suggest
from intranet.proposals.suggestions.service import Suggested
from intranet.proposals.suggestions.waiting_queries import suggestions_to_answer
from intranet.proposals.versions import Wording
from intranet.web import messages
from intranet.wiki import rules
from intranet.wiki.models import Layer
from tests.cast import acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import Stage
from tests.proposals.suggestions.suggesting import (
    a_long_resolution,
    card,
    state,
    suggested,
    text_now,
)


def test_an_accepted_change_enters_a_new_version_and_the_others_follow(stage: Stage) -> None:
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    first = suggested(cast.bruno, proposal_id, "5 000", "6 000")
    other = suggested(cast.chloe, proposal_id, "en ville", "en ville et alentour")
    with acting(cast.amel) as tx:
        assert service.accept(tx, proposal_id, first) == 3
    assert "6 000 euros" in text_now(cast.amel, proposal_id)
    assert state(cast.bruno, proposal_id, first) == "accepted"
    follower = card(cast.chloe, proposal_id, other)
    assert (follower.state, follower.base_number, follower.is_stale) == ("proposed", 3, False)
    assert [(step.step, step.by_number) for step in follower.steps] == [
        ("suggest", None),
        ("carry_over", first),
    ]
    with acting(cast.amel) as tx:
        service.accept(tx, proposal_id, other)
    assert "6 000 euros" in text_now(cast.amel, proposal_id)
    assert "et alentour" in text_now(cast.amel, proposal_id)


def test_the_author_cannot_choose_alone_between_two_for_one_paragraph(stage: Stage) -> None:
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    one = suggested(cast.bruno, proposal_id, "5 000", "6 000")
    two = suggested(cast.esther, proposal_id, "5 000", "4 000")
    with acting(cast.amel) as tx, pytest.raises(Refused) as refused:
        service.accept(tx, proposal_id, one)
    assert refused.value.verdict.reason == "suggestions.has_a_rival"
    with acting(cast.amel) as tx:
        service.decline(tx, proposal_id, two, "Trop peu pour un vélo solide.")
        service.accept(tx, proposal_id, one)
    overtaken = card(cast.esther, proposal_id, two)
    assert overtaken.state == "moot"
    assert overtaken.steps[-1].by_number == one
    assert overtaken.changes[0].old_text == "Le budget est de 5 000 euros."


def test_a_new_rule_is_amended_before_it_is_one(stage: Stage) -> None:
    cast = stage.cast
    place = RulePlace("Vélos", Layer.OPERATING_RULES, "fr").to_text()
    text = "Les vélos dorment au garage.\n\nChacun·e les nettoie.\n"
    with acting(cast.amel) as tx:
        wording = on.Wording("Une règle pour les vélos", "", text, particulars=place)
        new = on.NewProposal("new_rule", wording, stage.absolute)
        proposal_id = on.service.draft(tx, new)
        on.service.submit(tx, proposal_id)
    number = suggested(cast.bruno, proposal_id, "au garage", "sous l’auvent")
    with acting(cast.amel) as tx:
        service.accept(tx, proposal_id, number)
    on.decide(stage, proposal_id)
    found = [block.text for block in rules.rule_text_of(as_reader(cast.bruno), "velos").blocks]
    assert found == ["Les vélos dorment sous l’auvent.", "Chacun·e les nettoie."]


def test_t90_a_rule_amendment_is_amended_to_the_letter(stage: Stage) -> None:
    """T90: a change of what a proposal would write into a rule, paragraph by paragraph."""
    cast, proposal_id = stage.cast, on.an_amendment(stage)
    number = suggested(cast.bruno, proposal_id, "trois jours", "quatre jours")
    whole = desks.desk(as_reader(cast.esther), proposal_id)
    with acting(cast.esther) as tx:
        changes = texts.to_whole(whole.blocks, whole.whole + "\n\nSauf en août.")
        more = service.suggest(tx, proposal_id, Suggested(changes, whole.version, "L’été."))
    with acting(cast.amel) as tx:
        service.accept(tx, proposal_id, number)
        service.accept(tx, proposal_id, more)
    on.decide(stage, proposal_id)
    rule = on.rule(stage)
    assert [block.text for block in rule.blocks] == [
        "Chacun·e peut télétravailler quatre jours par semaine.",
        "Le lundi, tout le monde est à l’atelier.",
        "Sauf en août.",
    ]
    assert len(rule.decisions) == 3


def test_a_paragraph_reworded_by_hand_makes_a_change_stale_and_says_so(stage: Stage) -> None:
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    number = suggested(cast.bruno, proposal_id, "5 000", "6 000")
    with acting(cast.amel) as tx:
        wording = Wording("Un vélo-cargo", "", "Nous louons un vélo-cargo pour un an.")
        on.service.reword(tx, proposal_id, wording, 2)
    assert card(cast.bruno, proposal_id, number).is_stale
    waiting = [one.waiting for one in suggestions_to_answer(as_reader(cast.amel))]
    assert waiting == [1]
    with acting(cast.amel) as tx, pytest.raises(Conflict):
        service.accept(tx, proposal_id, number)
    other = suggested(cast.esther, proposal_id, "un an", "deux ans")
    with acting(cast.amel) as tx:
        service.accept(tx, proposal_id, other)
    assert [one.step for one in card(cast.bruno, proposal_id, number).steps] == ["suggest"]
    desk = desks.desk(as_reader(cast.bruno), proposal_id)
    changes = texts.to_paragraph(desk.blocks, desk.blocks[0].id, "Nous louons deux vélos.")
    with acting(cast.bruno) as tx:
        service.rewrite(tx, proposal_id, number, Suggested(changes, desk.version, "Mieux."))
    assert not card(cast.bruno, proposal_id, number).is_stale


def test_nothing_goes_to_the_vote_while_a_change_waits_and_a_declined_one_falls(
    stage: Stage,
) -> None:
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    number = suggested(cast.bruno, proposal_id, "5 000", "6 000")
    with acting(cast.amel) as tx, pytest.raises(Conflict):
        on.service.open_voting(tx, proposal_id, tx.now)
    with acting(cast.amel) as tx:
        service.decline(tx, proposal_id, number, "Le budget est voté.")
    on.open_it(stage, proposal_id)
    assert state(cast.bruno, proposal_id, number) == "refused"
    with acting(cast.bruno) as tx, pytest.raises(Refused):
        service.withdraw(tx, proposal_id, number)


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("amel", "suggestions.author_rewords"),
        ("farid", "proposals.unknown"),
        ("david", "proposals.unknown"),
    ],
)
def test_who_may_not_suggest(stage: Stage, who: str, reason: str) -> None:
    proposal_id = a_long_resolution(stage)
    reader = as_reader(getattr(stage.cast, who))
    verdict = may_suggest(reader, reader.session.get_one(Proposal, proposal_id))
    assert verdict.reason == reason


def test_a_change_says_something_and_why_on_the_present_version(stage: Stage) -> None:
    cast, proposal_id = stage.cast, a_long_resolution(stage)
    desk = desks.desk(as_reader(cast.bruno), proposal_id)
    changes = texts.to_whole(desk.blocks, "Rien.")
    for wrong in (Suggested((), 2, "Parce que."), Suggested(changes, 2, " ")):
        with acting(cast.bruno) as tx, pytest.raises(Invalid):
            service.suggest(tx, proposal_id, wrong)
    with acting(cast.bruno) as tx, pytest.raises(Conflict):
        service.suggest(tx, proposal_id, Suggested(changes, 1, "Parce que."))


def test_what_happened_to_a_change_is_never_rewritten(stage: Stage) -> None:
    proposal_id = a_long_resolution(stage)
    suggested(stage.cast.bruno, proposal_id, "5 000", "6 000")
    for statement in ("UPDATE suggestion_step SET because = ''", "DELETE FROM suggestion_step"):
        with pytest.raises(IntegrityError), acting(None) as tx:
            tx.session.execute(text(statement))


def test_t90_a_text_without_paragraphs_says_what_one_does_instead(stage: Stage) -> None:
    proposal_id = a_long_resolution(stage)
    reader = as_reader(stage.cast.bruno)
    with reader.session.no_autoflush:
        asked = reader.session.get_one(Proposal, proposal_id)
        asked.kind = "repeal"
        verdict = may_suggest(reader, asked)
    assert (verdict.allowed, verdict.reason) == (False, "suggestions.other_kind")
    assert messages.reason(verdict)
