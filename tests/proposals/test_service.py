"""From a draft to the register and the rule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.decisions.models import Decision
from intranet.members.effects import change_status
from intranet.members.queries import today
from intranet.members.statuses import Status
from intranet.proposals import queries, service
from intranet.proposals.models import HeldBlock, Proposal
from intranet.proposals.service import NewProposal
from intranet.proposals.versions import Wording
from tests.cast import Client, acting, as_reader
from tests.proposals import stage as on
from tests.proposals.stage import CHANGED, Stage


def state(proposal_id: int) -> str:
    return db.session.get_one(Proposal, proposal_id).state


def events() -> list[str]:
    return list(db.session.scalars(select(EventRow.name).order_by(EventRow.id)))


def reason(caught: pytest.ExceptionInfo[Refused]) -> str:
    return caught.value.verdict.reason


def test_an_adopted_amendment_rewrites_the_rule_and_enters_the_register(stage: Stage) -> None:
    proposal_id = on.an_amendment(stage)
    on.decide(stage, proposal_id)
    card = queries.proposal(as_reader(stage.cast.amel), proposal_id)
    rule = on.rule(stage)
    assert card.state == "adopted"
    assert rule.blocks[0].text == CHANGED
    assert rule.blocks[1].text == "Le lundi, tout le monde est à l’atelier."
    assert rule.decisions[rule.blocks[0].id] == card.decision_number
    assert rule.decisions[rule.blocks[1].id] == stage.origin


def test_a_rejected_amendment_moves_nothing(stage: Stage) -> None:
    before = on.rule(stage)
    proposal_id = on.an_amendment(stage)
    on.decide(stage, proposal_id, "against")
    assert state(proposal_id) == "rejected"
    assert on.rule(stage) == before
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 1


def test_without_a_quorum_a_proposal_lapses(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage, stage.consent)
    poll_id = on.open_it(stage, proposal_id)
    on.cast_one(poll_id, stage.cast.amel, "consent")
    on.end(poll_id)
    on.conclude(proposal_id)
    assert state(proposal_id) == "lapsed"


def test_an_open_objection_stops_a_consent_and_lifting_it_adopts(stage: Stage) -> None:
    first = on.a_resolution(stage, stage.consent)
    poll_id = on.open_it(stage, first)
    on.vote(poll_id, consent=stage.cast.amel)
    on.cast_one(poll_id, stage.cast.bruno, "objection", "Le parking est trop petit.")
    on.cast_one(poll_id, stage.cast.chloe, "consent")
    with acting(stage.cast.bruno) as tx:
        tx.session.expire_all()
    on.cast_one(poll_id, stage.cast.bruno, "reservation", "On verra dans six mois.")
    on.end(poll_id)
    on.conclude(first)
    assert state(first) == "adopted"


def test_a_draft_is_seen_by_its_author_only(stage: Stage) -> None:
    with acting(stage.cast.amel) as tx:
        new = NewProposal("resolution", Wording("Idée", "", "Texte"), stage.absolute)
        proposal_id = service.draft(tx, new)
    with pytest.raises(NotFound):
        queries.proposal(as_reader(stage.cast.bruno), proposal_id)
    assert queries.proposal(as_reader(stage.cast.amel), proposal_id).state == "draft"


def test_a_sympathiser_cannot_propose(stage: Stage) -> None:
    with pytest.raises(Refused) as caught, acting(stage.cast.farid) as tx:
        service.draft(tx, NewProposal("resolution", Wording("Idée"), stage.absolute))
    assert reason(caught) == "proposals.may_not_propose"


def test_only_the_author_rewords_and_never_during_the_vote(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    with pytest.raises(Refused) as caught, acting(stage.cast.bruno) as tx:
        service.reword(tx, proposal_id, Wording("Autre"), 1)
    assert reason(caught) == "proposals.only_the_author"
    on.open_it(stage, proposal_id)
    with pytest.raises(Refused) as caught, acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, Wording("Autre"), 1)
    assert reason(caught) == "proposals.text_is_frozen"


def test_rewording_with_the_same_words_writes_no_version(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    same = Wording("Acheter un vélo-cargo", "Pour livrer.", "Nous achetons un vélo-cargo.")
    with acting(stage.cast.amel) as tx:
        assert service.reword(tx, proposal_id, same, 1) == 1
    assert "ProposalReworded" not in events()


def test_a_wording_on_a_stale_version_is_a_conflict(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    with acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, Wording("Deux vélos", "", "Deux."), 1)
    with pytest.raises(Conflict) as caught, acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, Wording("Trois vélos", "", "Trois."), 1)
    assert caught.value.reason == "proposals.newer_version"


def test_a_procedure_too_weak_for_the_rank_of_the_rule_does_not_open(stage: Stage) -> None:
    with acting(stage.cast.amel) as tx:
        wording = Wording("Trois jours", "", "", (on.a_change(stage),))
        new = NewProposal("amendment", wording, stage.consent, stage.page_id)
        proposal_id = service.draft(tx, new)
        service.submit(tx, proposal_id)
    card = queries.proposal(as_reader(stage.cast.amel), proposal_id)
    assert [issue.code for issue in card.issues] == ["procedure_too_weak"]
    with pytest.raises(Conflict) as caught:
        on.open_it(stage, proposal_id)
    assert caught.value.reason == "proposals.not_ready"


def test_two_votes_never_hold_the_same_paragraph(stage: Stage) -> None:
    change = on.a_change(stage)
    first, second = on.an_amendment(stage, change=change), on.an_amendment(stage, change=change)
    on.open_it(stage, first)
    card = queries.proposal(as_reader(stage.cast.amel), second)
    assert [issue.code for issue in card.issues] == ["another_vote_on_the_paragraph"]
    with pytest.raises(Conflict):
        on.open_it(stage, second)


def test_two_amendments_on_different_paragraphs_are_both_enacted(stage: Stage) -> None:
    first = on.an_amendment(stage)
    second = on.an_amendment(stage, change=on.a_change(stage, "Le mardi aussi.", 1))
    on.decide(stage, first)
    on.decide(stage, second)
    rule = on.rule(stage)
    assert [block.text for block in rule.blocks] == [CHANGED, "Le mardi aussi."]
    assert len({rule.decisions[block.id] for block in rule.blocks}) == 2


def test_t93_an_amendment_on_words_that_changed_must_be_written_again(stage: Stage) -> None:
    stale = on.an_amendment(stage)
    on.decide(stage, on.an_amendment(stage, change=on.a_change(stage, "Quatre jours.")))
    card = queries.proposal(as_reader(stage.cast.amel), stale)
    assert [issue.code for issue in card.issues] == ["base_changed"]


def test_the_paragraphs_are_free_again_after_the_vote(stage: Stage) -> None:
    on.decide(stage, on.an_amendment(stage), "against")
    assert db.session.scalar(select(func.count()).select_from(HeldBlock)) == 0
    on.decide(stage, on.an_amendment(stage))
    assert on.rule(stage).blocks[0].text == CHANGED


def test_the_decision_amends_the_one_whose_paragraph_it_changed(stage: Stage) -> None:
    proposal_id = on.an_amendment(stage)
    on.decide(stage, proposal_id)
    kind = queries.proposal(as_reader(stage.cast.amel), proposal_id)
    links = db.session.execute(
        select(Decision.number).where(Decision.number == kind.decision_number)
    ).one()
    assert links.number.startswith("AG-")


def test_a_vote_shorter_than_the_procedure_asks_is_refused(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    with pytest.raises(Invalid) as caught, acting(stage.cast.amel) as tx:
        service.open_voting(tx, proposal_id, tx.now + timedelta(hours=2))
    assert caught.value.errors == {"closes_at": "vote_too_short"}


def test_t70_a_secret_vote_needs_a_crowd(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage, stage.secret)
    card = queries.proposal(as_reader(stage.cast.amel), proposal_id)
    assert [issue.code for issue in card.issues] == ["too_few_for_secrecy"]


def test_a_withdrawal_after_discussion_says_why(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    with pytest.raises(Invalid), acting(stage.cast.amel) as tx:
        service.withdraw(tx, proposal_id)
    with acting(stage.cast.amel) as tx:
        service.withdraw(tx, proposal_id, "Trop cher.")
    assert state(proposal_id) == "withdrawn"
    with pytest.raises(Refused), acting(stage.cast.amel) as tx:
        service.withdraw(tx, proposal_id, "Encore.")


def test_a_round_can_end_without_a_result_and_the_text_be_reworded(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    on.cast_one(on.open_it(stage, proposal_id), stage.cast.bruno, "against")
    with acting(stage.cast.amel) as tx:
        service.take_back_to_discussion(tx, proposal_id, "Le texte change.")
    with acting(stage.cast.amel) as tx:
        service.reword(tx, proposal_id, Wording("Deux vélos", "", "Deux."), 1)
    on.open_it(stage, proposal_id)
    assert len(queries.proposal(as_reader(stage.cast.amel), proposal_id).rounds) == 2


def test_a_vote_taken_back_asks_for_a_reason_and_shows_it(client: Client, stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    on.open_it(stage, proposal_id)
    client.sign_in("amel").submit("/language", language="en")
    answer = client.submit(f"/proposals/{proposal_id}/discussion", because=" ")
    assert answer.status_code == 422
    answer = client.submit(f"/proposals/{proposal_id}/discussion", because="Le prix a changé.")
    assert answer.status_code == 303
    assert "Reason given: Le prix a changé." in client.get(f"/proposals/{proposal_id}").text


def test_an_annulled_vote_keeps_its_reason(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    on.open_it(stage, proposal_id)
    with acting(stage.cast.amel) as tx:
        service.annul(tx, proposal_id, "Mauvaise convocation.")
    card = queries.proposal(as_reader(stage.cast.bruno), proposal_id)
    assert (card.state, card.ended_because) == ("annulled", "Mauvaise convocation.")


def test_nobody_counts_before_the_time_unless_all_voted(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    poll_id = on.open_it(stage, proposal_id)
    on.cast_one(poll_id, stage.cast.bruno, "for")
    with pytest.raises(Refused) as caught, acting(stage.cast.bruno) as tx:
        service.conclude(tx, proposal_id)
    assert reason(caught) == "proposals.votes_are_missing"
    for person in (stage.cast.amel, stage.cast.esther):
        on.cast_one(poll_id, person, "for")
    with pytest.raises(Refused) as caught, acting(stage.cast.amel) as tx:
        service.conclude(tx, proposal_id)
    assert reason(caught) == "proposals.another_member_closes"
    with acting(stage.cast.bruno) as tx:
        service.conclude(tx, proposal_id)
    assert state(proposal_id) == "adopted"


def test_t93_an_adopted_change_is_applied_once(stage: Stage) -> None:
    proposal_id = on.an_amendment(stage)
    on.decide(stage, proposal_id)
    rule = on.rule(stage)
    with pytest.raises(Refused) as caught:
        on.conclude(proposal_id)
    assert reason(caught) == "proposals.not_voting"
    assert on.rule(stage) == rule


def test_counting_twice_changes_nothing(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    on.decide(stage, proposal_id)
    with pytest.raises(Refused) as caught:
        on.conclude(proposal_id)
    assert reason(caught) == "proposals.not_voting"
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 2


def test_comments_are_for_those_who_may_read(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    with acting(stage.cast.chloe) as tx:
        service.comment_proposal(tx, proposal_id, "Et l’entretien ?")
    with pytest.raises(NotFound), acting(stage.cast.farid) as tx:
        service.comment_proposal(tx, proposal_id, "Bonjour")
    on.decide(stage, proposal_id)
    with pytest.raises(Refused) as caught, acting(stage.cast.chloe) as tx:
        service.comment_proposal(tx, proposal_id, "Trop tard")
    assert reason(caught) == "proposals.discussion_is_over"


def test_every_step_leaves_its_event(stage: Stage) -> None:
    proposal_id = on.an_amendment(stage)
    on.decide(stage, proposal_id)
    expected = ["ProposalDrafted", "ProposalSubmitted", "PollOpened", "VotingOpened"]
    expected += ["BallotCast"] * 3 + ["PollClosed", "DecisionEntered", "RuleAmended"]
    found = [name for name in events() if name in {*expected, "ProposalAdopted"}]
    assert found[-11:] == [*expected, "ProposalAdopted"]


def test_whoever_votes_must_be_able_to_read(stage: Stage) -> None:
    with acting(stage.cast.amel) as tx:
        wording = Wording("Les salaires", "", "Nous gagnons tou·tes autant.")
        new = NewProposal("resolution", wording, stage.consent, audience="members")
        proposal_id = service.draft(tx, new)
        service.submit(tx, proposal_id)
    card = queries.proposal(as_reader(stage.cast.amel), proposal_id)
    assert [issue.code for issue in card.issues] == ["voters_cannot_read"]


@pytest.mark.parametrize(
    ("link", "field"),
    [(("supersedes", "AG-1999-001"), "link_number"), (("undoes", "AG-1999-001"), "link_kind")],
)
def test_a_link_to_a_decision_that_is_not_there_is_refused_at_once(
    stage: Stage, link: tuple[str, str], field: str
) -> None:
    wording = Wording("Remplacer", "", "Texte", links=(link,))
    with pytest.raises(Invalid) as caught, acting(stage.cast.amel) as tx:
        service.draft(tx, NewProposal("resolution", wording, stage.absolute))
    assert list(caught.value.errors) == [field]


def test_a_number_typed_in_small_letters_is_the_same_decision(stage: Stage) -> None:
    wording = Wording("Remplacer", "", "Texte", links=(("repeals", f" {stage.origin.lower()} "),))
    with acting(stage.cast.amel) as tx:
        proposal_id = service.draft(tx, NewProposal("resolution", wording, stage.absolute))
        service.submit(tx, proposal_id)
    on.decide(stage, proposal_id)
    assert state(proposal_id) == "adopted"


def test_a_change_after_one_that_is_still_to_come_waits_for_its_day(stage: Stage) -> None:
    later = today(as_reader(stage.cast.amel)) + timedelta(days=40)
    first, second = (
        on.an_amendment(stage),
        on.an_amendment(stage, change=on.a_change(stage, "Le mardi aussi.", 1)),
    )
    with acting(stage.cast.amel) as tx:
        wording = Wording("Plus tard", "", "", (on.a_change(stage),), effective_on=later)
        service.reword(tx, first, wording, 1)
    polls = [on.open_it(stage, proposal_id) for proposal_id in (first, second)]
    for poll_id in polls:
        for person in stage.cast.members:
            on.cast_one(poll_id, person, "for")
        on.end(poll_id)
    on.conclude(first)
    on.conclude(second)
    third = on.an_amendment(stage, change=on.a_change(stage, "Et le mercredi.", 1))
    card = queries.proposal(as_reader(stage.cast.amel), third)
    assert on.rule(stage).pending_from == later
    assert [block.text for block in on.rule(stage).blocks] == [CHANGED, "Le mardi aussi."]
    assert [issue.code for issue in card.issues] == ["earlier_than_pending"]


def test_who_may_no_longer_propose_cannot_go_on(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage, author=stage.cast.chloe)
    with acting(None) as tx:
        change_status(
            tx,
            stage.cast.chloe,
            Status.SYMPATHISER,
            today(tx),
            stage.origin,
        )
    with pytest.raises(Refused) as caught:
        on.open_it(stage, proposal_id, author=stage.cast.chloe)
    assert reason(caught) == "proposals.may_not_propose"


def test_a_vote_longer_than_a_year_is_refused(stage: Stage) -> None:
    proposal_id = on.a_resolution(stage)
    with pytest.raises(Invalid) as caught, acting(stage.cast.amel) as tx:
        service.open_voting(tx, proposal_id, tx.now + timedelta(days=400))
    assert caught.value.errors == {"closes_at": "vote_too_long"}
