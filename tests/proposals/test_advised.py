"""One person decides after asking for advice, and answers it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask_babel import force_locale
from sqlalchemy import select, update

from intranet import duties
from intranet.audit.checks import checks
from intranet.commands.count import command as count_command
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.core.policy import Invalid, Refused
from intranet.core.transaction import reader as look_as
from intranet.decisions import page_queries as decisions
from intranet.notices.feeds.queries import deadlines
from intranet.notices.kinds import Kind
from intranet.notices.recipients import of_event
from intranet.notices.telling import lines
from intranet.polls import procedure_queries as procedures
from intranet.polls import result_files
from intranet.polls.advising_rules import DECIDES
from intranet.polls.models import Poll
from intranet.polls.procedure_models import Course
from intranet.proposals import registry, service
from intranet.proposals import waiting_queries as waiting
from intranet.proposals.advised.models import AdvisedDecision
from intranet.proposals.advised.queries import answers
from intranet.proposals.advised.service import answer_advice, lapse_unanswered
from intranet.proposals.models import Proposal
from intranet.proposals.options import CHOOSING
from intranet.proposals.queries import ProposalCard, in_states, proposal
from intranet.proposals.readiness import _unfit
from intranet.proposals.workflow import State
from intranet.search.sources.every import documents
from tests.cast import Cast, Client, acting, as_reader
from tests.polls.balloting import define, put_to_the_vote, submitted, vote
from tests.polls.test_views import in_english, text

ANSWER = "Le four est garanti deux ans, comme Bruno le demande."
ALONE = {"method": "advice_process", "course": Course(kinds=DECIDES), "proxy_cap": 0}


def advised(cast: Cast) -> tuple[int, int]:
    """A proposal of Amel on which two people advised, counted: its number and its poll."""
    define(cast.assembly, key="alone", **ALONE)
    proposal_id = submitted(cast.amel, "alone")
    poll_id = put_to_the_vote(cast.amel, proposal_id)
    vote(cast.bruno, poll_id, "change_first", "Une garantie de deux ans.")
    vote(cast.amel, poll_id, "no_advice")
    ended(poll_id)
    assert duties.conclude_due() == 1
    return proposal_id, poll_id


def ended(poll_id: int) -> None:
    """The time of a poll is over."""
    with acting(None) as tx:
        over = tx.now - timedelta(minutes=1)
        begun = over - timedelta(days=1)
        times = update(Poll).where(Poll.id == poll_id)
        tx.session.execute(times.values(opened_at=begun, closes_at=over))


def answer(person: int, proposal_id: int, choice: str = "adopt", words: str = ANSWER) -> None:
    with acting(person) as tx:
        answer_advice(tx, proposal_id, choice, words)


def card(cast: Cast, proposal_id: int) -> ProposalCard:
    return proposal(as_reader(cast.amel), proposal_id)


def test_advice_decides_nothing_until_its_author_has_answered_it(
    cast: Cast, tmp_path: Path
) -> None:
    proposal_id, poll_id = advised(cast)
    assert card(cast, proposal_id).state == "voting"
    mine = waiting.answers_to_give(as_reader(cast.amel))
    assert [one.proposal_id for one in mine] == [proposal_id]
    assert waiting.answers_to_give(as_reader(cast.bruno)) == []
    for command in (service.conclude, service.annul, service.take_back_to_discussion):
        words = () if command is service.conclude else ("Parce que.",)
        with acting(cast.amel) as tx, pytest.raises(Refused, match="answer_is_awaited"):
            command(tx, proposal_id, *words)  # type: ignore[operator]
    with pytest.raises(Refused, match="only_the_author"):
        answer(cast.bruno, proposal_id)
    with pytest.raises(Invalid, match="advised_answer_missing"):
        answer(cast.amel, proposal_id, words=" - ")
    with pytest.raises(Invalid, match="advised_choice_missing"):
        answer(cast.amel, proposal_id, "")
    answer(cast.amel, proposal_id)
    found = card(cast, proposal_id)
    assert found.state == "adopted"
    assert found.decision_number
    entered = decisions.decision(as_reader(cast.amel), found.decision_number)
    assert entered.outcome
    assert entered.outcome.result == "advised"
    assert entered.outcome.verdict.values["person"] == "Amel Benali"
    assert entered.outcome.verdict.values["given"] == 1
    again = result_files.recount(as_reader(cast.amel), poll_id)
    assert again.is_same
    file = tmp_path / "avis.json"
    told = result_files.result_file(as_reader(cast.amel), poll_id)
    file.write_text(json.dumps(told), encoding="utf-8")
    said = CliRunner().invoke(count_command, [str(file)])
    assert (said.exit_code, "is the same" in said.output) == (0, True), said.output
    with pytest.raises(Refused, match="nothing_to_answer"):
        answer(cast.amel, proposal_id, "give_up")
    wrong = [one for one in checks(look_as(SYSTEM)) if not one.is_well]
    assert wrong == []


def test_an_author_may_reword_after_advice_and_ask_anew_or_give_up(cast: Cast) -> None:
    proposal_id, first = advised(cast)
    answer(cast.amel, proposal_id, "revise", "Je précise la garantie.")
    assert card(cast, proposal_id).state == "discussion"
    second = put_to_the_vote(cast.amel, proposal_id)
    ended(second)
    assert duties.conclude_due() == 1
    answer(cast.amel, proposal_id, "give_up", "Personne n’a rien dit : j’attends.")
    found = card(cast, proposal_id)
    assert (found.state, found.decision_number) == ("withdrawn", None)
    given = answers(as_reader(cast.bruno), proposal_id)
    assert [(one.poll_id, one.choice) for one in given] == [(first, "revise"), (second, "give_up")]


def test_a_proposal_that_its_author_leaves_undecided_lapses_by_the_clock(cast: Cast) -> None:
    proposal_id, poll_id = advised(cast)
    with acting(None) as tx, pytest.raises(Refused, match="answer_is_awaited"):
        lapse_unanswered(tx, proposal_id)
    assert duties.lapse_unanswered() == 0
    with acting(None) as tx:
        long_ago = tx.now - timedelta(days=15)
        times = update(Poll).where(Poll.id == poll_id)
        tx.session.execute(times.values(closed_at=long_ago))
    with pytest.raises(Refused, match="too_late"):
        answer(cast.amel, proposal_id)
    assert waiting.answers_to_give(as_reader(cast.amel)) == []
    assert (duties.lapse_unanswered(), duties.lapse_unanswered()) == (1, 0)
    assert card(cast, proposal_id).state == "lapsed"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"secret": True}, "secret", "advice_is_open"),
        ({"layers": ("work_rules",)}, "layers", "advice_changes_no_rule"),
        ({"course": Course()}, "kinds", "advice_decides_resolutions"),
        ({"course": Course(kinds=("mandate",))}, "kinds", "advice_decides_resolutions"),
        (
            {"course": Course(kinds=DECIDES, revotable=False)},
            "revotable",
            "advice_can_change",
        ),
        ({"proxy_cap": None}, "proxy_cap", "advice_is_given_oneself"),
        ({"course": Course(kinds=DECIDES, second="simple")}, "second", "advice_is_no_vote"),
    ],
)
def test_one_person_alone_changes_no_rule_and_hears_advice_openly(
    cast: Cast, changes: dict[str, object], field: str, code: str
) -> None:
    define(cast.assembly, key="simple")
    with pytest.raises(Invalid) as refused:
        define(cast.assembly, key="alone", **(ALONE | changes))
    assert refused.value.errors[field] == code


def test_a_text_that_a_vote_refused_is_not_handed_to_one_person(cast: Cast) -> None:
    define(cast.assembly, key="alone", **ALONE)
    for course in (Course(second="alone", second_if="not_adopted"), Course(escalation="alone")):  # type: ignore[arg-type]
        with pytest.raises(Invalid) as refused:
            define(cast.assembly, key="simple", course=course)
        assert "advice_is_no_vote" in refused.value.errors.values()


def test_only_resolutions_are_decided_by_one_person(cast: Cast) -> None:
    define(cast.assembly, key="alone", **ALONE)
    rule = procedures.procedure(as_reader(cast.amel), "alone")
    refused = {kind.key: _unfit(rule, Proposal(kind=kind.key)) for kind in registry.all_kinds()}
    assert refused.pop("resolution") == []
    for kind, issues in refused.items():
        chooses = kind in CHOOSING
        code = "procedure_for_texts" if chooses else "advice_not_for_this"
        assert [one.code for one in issues] == [code]
    assert {"amendment", "mandate", "procedure", "status", "repeal"} <= set(refused)


def test_an_answer_is_never_changed(cast: Cast) -> None:
    proposal_id, _poll = advised(cast)
    answer(cast.amel, proposal_id)
    with pytest.raises(Exception, match="advised_decision"), acting(None) as tx:
        tx.session.execute(update(AdvisedDecision).values(answer="Autre chose."))
    db.session.rollback()
    assert db.session.scalars(select(AdvisedDecision.answer)).one() == ANSWER


def test_the_pages_ask_for_advice_and_never_speak_of_a_vote(client: Client, cast: Cast) -> None:
    define(cast.assembly, key="alone", name="Sollicitation d’avis", **ALONE)
    proposal_id = submitted(cast.amel, "alone")
    where = f"/proposals/{proposal_id}"
    in_english(client, "amel")
    assert "Ask for advice" in text(client.get(where))
    poll_id = put_to_the_vote(cast.amel, proposal_id)
    in_english(client, "bruno")
    page = text(client.get(where))
    assert "decides alone" in page
    assert "Cast my vote" not in page
    assert "Your advice is asked" in text(client.get("/"))
    sent = client.submit(f"/polls/{poll_id}/ballot", option="advise_against", reason="Trop cher.")
    assert sent.status_code == 303
    assert "Trop cher." in text(client.get(where)), "advice is seen while it is given"
    ended(poll_id)
    assert duties.conclude_due() == 1
    assert "Amel Benali was advised and decides alone" in text(client.get(where))
    assert client.submit(f"{where}/answer", choice="adopt", answer=ANSWER).status_code == 403
    in_english(client, "amel")
    assert "You were advised: you decide" in text(client.get("/"))
    again = client.submit(f"{where}/answer", choice="", answer="")
    assert again.status_code == 422
    assert "Say in words how you took the advice into account." in text(again)
    assert client.submit(f"{where}/answer", choice="adopt", answer=ANSWER).status_code == 303
    page = text(client.get(where))
    assert ANSWER in page
    assert "decided alone: adopted" in page
    number = card(cast, proposal_id).decision_number
    page = text(client.get(f"/decisions/{number}"))
    assert "Decided by Amel Benali alone, after advice. Asked: 3. Advised: 1" in page
    assert ANSWER in page, "the register holds the answer to the advice"
    rule = text(client.get("/procedures/alone"))
    assert "Who reads the advice" in rule
    assert "Changing one’s vote" not in rule
    assert "everybody votes" not in rule.lower()


def test_a_model_writes_the_procedure_with_its_source(client: Client, cast: Cast) -> None:
    page = text(in_english(client, "amel").get("/procedures/new?preset=advice"))
    assert "Dennis Bakke" in page
    assert re.search(r'name="method" value="advice_process"[^>]* checked', page)
    assert "after asking for advice" in page


def test_lists_journal_messages_and_search_speak_of_advice_and_never_of_a_vote(
    client: Client, cast: Cast
) -> None:
    proposal_id, poll_id = advised(cast)
    look = as_reader(cast.bruno)
    line = next(one for one in in_states(look, [State.VOTING]) if one.id == proposal_id)
    assert line.asks_advice
    heard = ("VotingOpened", "PollClosed")
    query = select(EventRow).where(EventRow.name.in_(heard)).order_by(EventRow.id)
    opened, counted = db.session.scalars(query)
    with force_locale("en"):
        words = [line.words for line in lines(look, [opened, counted]) if line]
    assert "you decide, within two weeks" in words[1]
    assert not [one for one in words if "vote" in one.lower()]
    assert of_event(look, counted) == {cast.amel: Kind.MINE}
    answer(cast.amel, proposal_id, "revise")
    assert of_event(look, counted) == {}, "it is answered"
    in_english(client, "bruno")
    happened = text(client.get("/audit"))
    assert "Advice was asked on the proposal" in happened
    assert "Advice was given on" in happened
    assert "Nothing was decided on" in happened
    assert not re.search(r"\b(vote|ballot) (was|on|is)\b", happened.partition("newest first")[2])
    second = put_to_the_vote(cast.amel, proposal_id)
    found = documents(look_as(SYSTEM), {f"proposal:{proposal_id}"})
    assert [one.state for one in found] == ["advising"]
    page = text(client.get("/proposals/?tab=vote"))
    assert "Advice asked" in page
    assert "Being voted" not in page
    assert [one.kind for one in deadlines(look) if one.key == f"poll:{second}"] == ["advice"]
    assert poll_id != second
