"""As many for as against, options tied for the place: another round, or lots."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from intranet.audit import poll_checks
from intranet.commands.count import command as count_command
from intranet.core.policy import Invalid
from intranet.polls import queries, result_files
from intranet.polls.models import Poll
from intranet.polls.procedure_models import Course, Tied
from intranet.polls.service import NewProcedure, cast_ballot, define_procedure
from intranet.proposals import queries as proposals
from intranet.proposals import service
from intranet.proposals.draws.service import say_seed
from intranet.voting.after_draw import after_draw
from intranet.voting.election import ElectionSettings
from intranet.voting.methods.simple_majority import METHOD as SIMPLE
from intranet.voting.methods.sortition import drawn
from intranet.voting.settings import Settings
from intranet.voting.types import CastBallot, Choice, Electorate, InvalidCount, Result, TieRule
from tests.cast import Client, acting, as_reader
from tests.polls.test_views import in_english, text
from tests.proposals import choosing as among
from tests.proposals.choosing import SUPPLIERS, mark
from tests.proposals.stage import Stage, a_resolution

DICE = "Un dé jeté devant tout le monde."


def a_text(stage: Stage, tie: TieRule) -> tuple[int, int]:
    """A resolution put to the vote under a simple majority with this rule of ties."""
    course = Course(drawn_from=DICE if tie is TieRule.DRAW else "")
    settings = Settings(tie=tie)
    with acting(None) as tx:
        new = NewProcedure(
            "Simple",
            "",
            stage.cast.assembly,
            "simple_majority",
            settings,
            key="simple",
            course=course,
            min_voting_hours=1,
        )
        define_procedure(tx, new)
    proposal_id = a_resolution(stage, "simple")
    return proposal_id, among.opened(stage, proposal_id)


def answer(stage: Stage, poll_id: int, *options: str) -> None:
    for voter, option in zip(stage.cast.members, options, strict=False):
        with acting(voter) as tx:
            cast_ballot(tx, poll_id, {"option": option, "reason": ""})


def card(stage: Stage, proposal_id: int) -> proposals.ProposalCard:
    return proposals.proposal(as_reader(stage.cast.amel), proposal_id)


def shown(stage: Stage, poll_id: int) -> queries.PollCard:
    return queries.poll(as_reader(stage.cast.amel), poll_id)


def last(stage: Stage, proposal_id: int) -> int:
    return card(stage, proposal_id).rounds[-1]


def in_order(stage: Stage) -> None:
    reader = as_reader(stage.cast.amel)
    assert [*poll_checks.openings(reader), *poll_checks.recounts(reader)] == []


def test_a_draw_between_for_and_against_is_the_one_of_sortition() -> None:
    ballots = [CastBallot(Choice("for")), CastBallot(Choice("against"))]
    tied = SIMPLE.tally(ballots, Electorate(2), Settings(tie=TieRule.DRAW))
    results = {seed: after_draw(tied, seed).result for seed in ("1", "2", "3", "4", "5")}
    assert set(results.values()) == {Result.ADOPTED, Result.REJECTED}
    for seed, result in results.items():
        first = drawn(("for", "against"), seed)[0]
        assert result is (Result.ADOPTED if first == "for" else Result.REJECTED)
    decided = SIMPLE.tally(ballots[:1], Electorate(2), Settings(tie=TieRule.DRAW))
    with pytest.raises(InvalidCount, match="nothing_to_draw"):
        after_draw(decided, "1")


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_as_many_for_as_against_waits_for_the_seed_and_its_file_counts_the_same(
    stage: Stage, tmp_path: Path, seed: str
) -> None:
    proposal_id, poll_id = a_text(stage, TieRule.DRAW)
    answer(stage, poll_id, "for", "against", "abstain")
    among.counted(proposal_id, poll_id)
    assert (card(stage, proposal_id).state, shown(stage, poll_id).result) == ("voting", "tied")
    for voter in (stage.cast.amel, stage.cast.bruno):
        with acting(voter) as tx:
            say_seed(tx, proposal_id, seed)
    is_for = drawn(("for", "against"), seed)[0] == "for"
    assert card(stage, proposal_id).state == ("adopted" if is_for else "rejected")
    in_order(stage)
    told = result_files.result_file(as_reader(stage.cast.amel), poll_id)
    file = tmp_path / "vote.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    said = CliRunner().invoke(count_command, [str(file)])
    assert (said.exit_code, "is the same" in said.output) == (0, True), said.output


def test_a_new_round_asks_the_people_of_the_first_roll_on_the_same_text(
    stage: Stage, client: Client
) -> None:
    proposal_id, poll_id = a_text(stage, TieRule.NEW_ROUND)
    answer(stage, poll_id, "for", "against")
    among.counted(proposal_id, poll_id)
    again = last(stage, proposal_id)
    assert (card(stage, proposal_id).state, again == poll_id) == ("voting", False)
    first, second = shown(stage, poll_id), shown(stage, again)
    assert (first.text, [line.person_id for line in first.roll]) == (
        second.text,
        [line.person_id for line in second.roll],
    )
    in_english(client, "bruno")
    page = text(client.get(f"/proposals/{proposal_id}"))
    assert "This is a new round after a tie: the same people vote again." in page
    answer(stage, again, "for", "for")
    among.counted(proposal_id, again)
    assert card(stage, proposal_id).state == "adopted"
    in_order(stage)


def a_run_off(stage: Stage, secret: bool = False, default: str = "") -> tuple[int, int]:
    course = Course(tied=Tied.RUNOFF, smallest_secret=3)
    settings = ElectionSettings(default_option=default)
    key = among.a_way_to_choose(stage, "single_choice", settings, secret=secret, course=course)
    proposal_id = among.a_choice(stage, key)
    return proposal_id, among.opened(stage, proposal_id)


@pytest.mark.parametrize("secret", [False, True])
def test_the_run_off_is_among_the_tied_and_chooses(stage: Stage, secret: bool) -> None:
    proposal_id, poll_id = a_run_off(stage, secret, default="Aucune")
    mark(poll_id, stage.cast.amel, {"mark": "0"})
    mark(poll_id, stage.cast.bruno, {"mark": "2"})
    among.counted(proposal_id, poll_id)
    again = last(stage, proposal_id)
    assert shown(stage, again).candidates == (SUPPLIERS[0], SUPPLIERS[2], "Aucune")
    for voter in stage.cast.members:
        mark(again, voter, {"mark": "1"})
    among.counted(proposal_id, again)
    ranking = shown(stage, again).ranking
    assert ranking is not None
    assert (ranking.elected, card(stage, proposal_id).state) == ((SUPPLIERS[2],), "adopted")
    assert result_files.recount(as_reader(stage.cast.amel), again).is_same
    in_order(stage)


def test_another_tie_brings_another_round_and_no_ballot_brings_none(stage: Stage) -> None:
    proposal_id, poll_id = a_run_off(stage)
    for _round in range(2):
        mark(last(stage, proposal_id), stage.cast.amel, {"mark": "0"})
        mark(last(stage, proposal_id), stage.cast.bruno, {"mark": "1"})
        among.counted(proposal_id, last(stage, proposal_id))
    assert len(card(stage, proposal_id).rounds) == 3
    among.counted(proposal_id, last(stage, proposal_id))
    assert (card(stage, proposal_id).state, len(card(stage, proposal_id).rounds)) == ("rejected", 3)
    with acting(None) as tx:
        lasted = tx.session.get_one(Poll, poll_id)
        assert lasted.closes_at - lasted.opened_at > timedelta(hours=1)


def test_its_author_may_leave_a_new_round_for_the_discussion(stage: Stage) -> None:
    proposal_id, poll_id = a_run_off(stage)
    mark(poll_id, stage.cast.amel, {"mark": "0"})
    mark(poll_id, stage.cast.bruno, {"mark": "1"})
    among.counted(proposal_id, poll_id)
    with acting(stage.cast.amel) as tx:
        service.take_back_to_discussion(tx, proposal_id, "On en reparle.")
    assert card(stage, proposal_id).state == "discussion"


def test_a_run_off_is_for_one_place_and_not_for_rounds_of_elimination(stage: Stage) -> None:
    course = Course(tied=Tied.RUNOFF)
    with pytest.raises(Invalid) as refused:
        among.a_way_to_choose(stage, "instant_runoff", course=course)
    assert refused.value.errors == {"tied": "runoff_while_eliminating"}
    key = among.a_way_to_choose(stage, "approval", course=course)
    found = card(stage, among.a_choice(stage, key, seats=2)).issues
    assert "runoff_for_one_seat" in [issue.code for issue in found]
