"""The line "none of these" in a vote among options, from its procedure to the recount."""

from __future__ import annotations

import json
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from intranet.commands.count import command as count_command
from intranet.core.db import db
from intranet.polls import queries, result_files
from intranet.polls.models import Poll
from intranet.polls.procedure_models import Course, SecondIf
from intranet.proposals import queries as proposals
from intranet.proposals import service
from intranet.voting.default_option import drop_unsupported, needed_over_default
from intranet.voting.election import ElectionSettings, Verdict
from tests.cast import Client, acting, as_reader
from tests.polls.test_views import in_english, text
from tests.proposals import choosing as among
from tests.proposals.choosing import SUPPLIERS, mark, marks
from tests.proposals.stage import Stage

NONE = "Aucune, nous continuons à chercher"


def a_vote(stage: Stage, settings: ElectionSettings, method: str = "schulze"):  # type: ignore[no-untyped-def]
    key = among.a_way_to_choose(stage, method, settings)
    proposal_id = among.a_choice(stage, key)
    return proposal_id, among.opened(stage, proposal_id)


def shown(stage: Stage, poll_id: int) -> queries.PollCard:
    return queries.poll(as_reader(stage.cast.amel), poll_id)


def state(stage: Stage, proposal_id: int) -> str:
    return proposals.proposal(as_reader(stage.cast.amel), proposal_id).state


def test_the_line_is_on_the_ballot_and_is_no_option_of_the_author(stage: Stage) -> None:
    proposal_id, poll_id = a_vote(stage, ElectionSettings(default_option=NONE))
    card = shown(stage, poll_id)
    assert card.candidates == (*SUPPLIERS, NONE)
    assert card.own_options == SUPPLIERS
    assert proposals.proposal(as_reader(stage.cast.amel), proposal_id).version.options == SUPPLIERS


def test_an_option_that_more_people_place_after_the_line_is_not_chosen(
    stage: Stage, tmp_path: Path
) -> None:
    proposal_id, poll_id = a_vote(stage, ElectionSettings(default_option=NONE))
    mark(poll_id, stage.cast.amel, marks(1, 3, 4, 2))
    for person in (stage.cast.bruno, stage.cast.esther):
        mark(poll_id, person, marks(2, 3, 4, 1))
    among.counted(proposal_id, poll_id)
    ranking = shown(stage, poll_id).ranking
    assert ranking is not None
    assert (ranking.verdict, ranking.elected) == (Verdict.NOBODY, (NONE,))
    assert state(stage, proposal_id) == "rejected"
    file = tmp_path / "vote.json"
    told = result_files.result_file(as_reader(stage.cast.amel), poll_id)
    file.write_text(json.dumps(told), encoding="utf-8")
    assert CliRunner().invoke(count_command, [str(file)]).exit_code == 0


@pytest.mark.parametrize(
    ("settings", "chosen"),
    [
        (ElectionSettings(default_option=NONE), SUPPLIERS[0]),
        (ElectionSettings(default_option=NONE, majority=Fraction(2)), SUPPLIERS[0]),
        (ElectionSettings(default_option=NONE, majority=Fraction(3)), NONE),
        (ElectionSettings(default_option=NONE, above_default=Fraction(1)), SUPPLIERS[0]),
        (ElectionSettings(default_option=NONE, above_default=Fraction(2)), NONE),
    ],
)
def test_two_ballots_before_the_line_and_one_after_reach_two_to_one_and_more_than_one(
    stage: Stage, settings: ElectionSettings, chosen: str
) -> None:
    proposal_id, poll_id = a_vote(stage, settings)
    for person in (stage.cast.amel, stage.cast.bruno):
        mark(poll_id, person, marks(1, 3, 4, 2))
    mark(poll_id, stage.cast.esther, marks(2, 3, 4, 1))
    among.counted(proposal_id, poll_id)
    ranking = shown(stage, poll_id).ranking
    assert ranking is not None
    assert ranking.elected == (chosen,)
    assert state(stage, proposal_id) == ("rejected" if chosen == NONE else "adopted")


@pytest.mark.parametrize("ballots", range(1, 12))
@pytest.mark.parametrize("majority", [Fraction(1), Fraction(3, 2), Fraction(2), Fraction(3)])
@pytest.mark.parametrize("above", [Fraction(0), Fraction(5, 2), Fraction(4)])
def test_the_number_said_beforehand_is_the_one_that_the_count_asks_for(
    ballots: int, majority: Fraction, above: Fraction
) -> None:
    rule = ElectionSettings(default_option="0", majority=majority, above_default=above)
    kept = [
        number
        for number in range(ballots + 1)
        if not drop_unsupported({("a", "0"): number, ("0", "a"): ballots - number}, ["a"], rule)[0]
    ]
    needed = needed_over_default(rule, ballots)
    assert kept == list(range(needed, ballots + 1))


def test_an_option_that_says_the_same_as_the_line_stops_the_opening(stage: Stage) -> None:
    key = among.a_way_to_choose(stage, "schulze", ElectionSettings(default_option="BOIS & CIE"))
    found = proposals.proposal(as_reader(stage.cast.amel), among.a_choice(stage, key)).issues
    assert "option_is_default" in [issue.code for issue in found]


def test_a_second_vote_has_the_line_of_its_own_procedure(stage: Stage) -> None:
    second = among.a_way_to_choose(stage, "approval", ElectionSettings(default_option="Rien"))
    course = Course(second=second, second_if=SecondIf.NOT_ADOPTED)
    key = among.a_way_to_choose(
        stage, "schulze", ElectionSettings(default_option=NONE), course=course
    )
    proposal_id = among.a_choice(stage, key)
    poll_id = among.opened(stage, proposal_id)
    mark(poll_id, stage.cast.amel, marks(2, 3, 4, 1))
    with acting(None) as tx:
        poll = tx.session.get_one(Poll, poll_id)
        poll.opened_at = min(poll.opened_at, tx.now - timedelta(milliseconds=2))
        poll.closes_at = poll.opened_at + timedelta(milliseconds=1)
    with acting(None) as tx:
        service.conclude(tx, proposal_id)
    follower = db.session.query(Poll).order_by(Poll.id.desc()).first()
    assert follower is not None
    assert json.loads(follower.candidates) == [*SUPPLIERS, "Rien"]


def test_the_procedure_says_the_line_in_words_and_is_written_in_its_form(
    stage: Stage, client: Client
) -> None:
    in_english(client, "bruno")
    typed = {
        "name": "Choisir un fournisseur",
        "body_id": str(stage.cast.assembly),
        "method": "schulze",
        "default_option": f" {NONE} ",
        "majority": "3:1",
        "above_default": "2",
        "quorum": "1/3",
        "base": "cast",
        "strict": "more_than",
        "silence": "nothing",
        "min_discussion_hours": "0",
        "min_voting_hours": "24",
        "tied": "draw",
        "drawn_from": "Six dés.",
    }
    wrong = client.submit("/procedures", **(typed | {"majority": "1:3"}))
    assert (wrong.status_code, "Write it as 2:1 or 3:1" in text(wrong)) == (422, True)
    assert client.submit("/procedures", **typed).status_code == 303
    page = text(client.get("/procedures/choisir-un-fournisseur"))
    assert f"Nothing is chosen unless it comes before “{NONE}”." in page
    assert "At least 3 times as many ballots" in page
    assert "More than 2 ballots must place it before that line." in page
    assert "If all 3 people asked today place both, it takes 3 ballots." in page
    assert "Seed of the draw: Six dés." in page
    form = text(client.get("/procedures/choisir-un-fournisseur/new-version"))
    assert f'value="{NONE}"' in form
    assert 'value="3:1"' in form
    proposal_id = among.a_choice(stage, "choisir-un-fournisseur")
    among.opened(stage, proposal_id)
    ballot = text(client.get(f"/proposals/{proposal_id}"))
    assert f'for="field-mark-3">{NONE}' in ballot
    assert "1 of 3 options is to be chosen." in ballot
