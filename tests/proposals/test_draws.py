"""Lots drawn from a seed said by two people: a tie separated, a list drawn from. T24, T25, T26."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from intranet.audit import poll_checks
from intranet.commands.count import command as count_command
from intranet.core.policy import Invalid, Refused
from intranet.decisions import page_queries as decisions
from intranet.polls import own_queries, queries, result_files, rounds
from intranet.polls.procedure_models import Course, Tied
from intranet.proposals import queries as proposals
from intranet.proposals import service
from intranet.proposals.draws.service import say_seed
from intranet.voting.election import ElectionSettings, Verdict
from intranet.voting.methods.sortition import drawn
from tests.cast import Client, acting, as_reader
from tests.polls.test_views import in_english, text
from tests.proposals import choosing as among
from tests.proposals.choosing import SUPPLIERS, mark
from tests.proposals.stage import Stage

DICE = "Six dés jetés à la réunion du lundi, lus de gauche à droite."
SEED = "4 2 6 1 3 3"


def a_draw(stage: Stage, method: str = "sortition", seats: int = 1, secret: bool = False):  # type: ignore[no-untyped-def]
    """A choice put to the vote, whose ties are drawn: its number and its poll."""
    tied = Tied.OPEN if method == "sortition" else Tied.DRAW
    course = Course(smallest_secret=3, tied=tied, drawn_from=DICE)
    key = among.a_way_to_choose(stage, method, secret=secret, course=course)
    proposal_id = among.a_choice(stage, key, seats=seats)
    return proposal_id, among.opened(stage, proposal_id)


def a_tie(stage: Stage, secret: bool = False):  # type: ignore[no-untyped-def]
    """Two options with one ballot each, counted."""
    proposal_id, poll_id = a_draw(stage, "single_choice", secret=secret)
    mark(poll_id, stage.cast.amel, {"mark": "0"})
    mark(poll_id, stage.cast.bruno, {"mark": "1"})
    among.counted(proposal_id, poll_id)
    return proposal_id, poll_id


def say(person: int, proposal_id: int, seed: str) -> bool:
    with acting(person) as tx:
        return say_seed(tx, proposal_id, seed)


def card(stage: Stage, proposal_id: int) -> proposals.ProposalCard:
    return proposals.proposal(as_reader(stage.cast.amel), proposal_id)


def poll_of(stage: Stage, poll_id: int) -> queries.PollCard:
    return queries.poll(as_reader(stage.cast.amel), poll_id)


def test_the_rule_of_the_draw_is_computed_the_same_on_every_machine() -> None:
    # printf '4 2 6 1 3 3\nBois & Cie' | sha256sum, and so on: 1911…, 3230…, 627e….
    assert drawn(SUPPLIERS, SEED) == ("Bois & Cie", "Atelier du Rhône", "Coop des Alpes")


@pytest.mark.parametrize("secret", [False, True])
def test_t25_a_tie_waits_for_the_seed_that_two_people_said_and_follows_from_it(
    stage: Stage, secret: bool, tmp_path: Path
) -> None:
    proposal_id, poll_id = a_tie(stage, secret)
    reader = as_reader(stage.cast.amel)
    assert (card(stage, proposal_id).state, poll_of(stage, poll_id).result) == ("voting", "tied")
    assert list(poll_checks.recounts(reader)) == []
    assert not say(stage.cast.amel, proposal_id, SEED)
    assert not say(stage.cast.amel, proposal_id, SEED), "one person is not two"
    assert not say(stage.cast.bruno, proposal_id, "6 6 6")
    assert card(stage, proposal_id).state == "voting"
    assert say(stage.cast.bruno, proposal_id, f"  {SEED.replace(' ', '  ')} ")
    first = next(one for one in drawn(SUPPLIERS, SEED) if one in SUPPLIERS[:2])
    ended, ranking = card(stage, proposal_id), poll_of(stage, poll_id).ranking
    assert ranking is not None
    assert (ended.state, ranking.verdict, ranking.elected) == ("adopted", Verdict.DECIDED, (first,))
    assert ended.decision_number is not None
    assert decisions.decision(reader, ended.decision_number).ranking == ranking
    assert result_files.recount(reader, poll_id).is_same
    assert list(poll_checks.recounts(reader)) == []
    file = tmp_path / "vote.json"
    told = result_files.result_file(reader, poll_id)
    file.write_text(json.dumps(told), encoding="utf-8")
    said = CliRunner().invoke(count_command, [str(file)])
    assert (said.exit_code, "is the same" in said.output) == (0, True), said.output
    told["procedure"]["settings"]["tie_break"].reverse()  # type: ignore[index]
    file.write_text(json.dumps(told), encoding="utf-8")
    assert "draw and seed differ" in CliRunner().invoke(count_command, [str(file)]).output


def test_a_seed_is_said_after_the_count_and_by_the_roll_only(stage: Stage) -> None:
    proposal_id, poll_id = a_draw(stage, "single_choice")
    with pytest.raises(Refused, match="nothing_to_draw"):
        say(stage.cast.amel, proposal_id, SEED)
    mark(poll_id, stage.cast.amel, {"mark": "0"})
    mark(poll_id, stage.cast.bruno, {"mark": "1"})
    among.counted(proposal_id, poll_id)
    with pytest.raises(Refused, match="only_the_roll"):
        say(stage.cast.chloe, proposal_id, SEED)
    for empty in ("", "  \x00 "):
        with pytest.raises(Invalid, match="seed_missing"):
            say(stage.cast.amel, proposal_id, empty)
    with acting(None) as tx, pytest.raises(Refused, match="a_draw_is_awaited"):
        service.conclude(tx, proposal_id)


def test_without_a_tie_nothing_is_drawn(stage: Stage) -> None:
    proposal_id, poll_id = a_draw(stage, "single_choice")
    mark(poll_id, stage.cast.amel, {"mark": "0"})
    among.counted(proposal_id, poll_id)
    assert card(stage, proposal_id).state == "adopted"
    with pytest.raises(Refused):
        say(stage.cast.amel, proposal_id, SEED)


def test_its_author_may_end_a_draw_that_nobody_made_after_two_weeks(stage: Stage) -> None:
    proposal_id, poll_id = a_tie(stage)
    with acting(stage.cast.amel) as tx, pytest.raises(Refused, match="time_is_over"):
        service.annul(tx, proposal_id, "Personne n’a tiré.")
    with acting(None) as tx:
        poll = tx.session.get_one(queries.Poll, poll_id)
        poll.opened_at, poll.closes_at = tx.now - timedelta(days=17), tx.now - timedelta(days=15)
    with acting(stage.cast.amel) as tx:
        service.annul(tx, proposal_id, "Personne n’a tiré.")
    assert card(stage, proposal_id).state == "annulled"
    assert poll_of(stage, poll_id).result == "tied"


def test_lots_are_drawn_from_a_published_list_and_nobody_votes(stage: Stage) -> None:
    proposal_id, poll_id = a_draw(stage, seats=2)
    reader = as_reader(stage.cast.bruno)
    with pytest.raises(Refused, match="nobody_votes_in_a_draw"):
        mark(poll_id, stage.cast.bruno, {"mark": "1"})
    assert own_queries.my_open_polls(reader) == []
    assert rounds.yet_to_vote(reader, poll_id) == []
    among.counted(proposal_id, poll_id)
    waiting = poll_of(stage, poll_id).ranking
    assert waiting is not None
    assert (waiting.verdict, waiting.tied) == (Verdict.TIED, tuple(sorted(SUPPLIERS)))
    assert result_files.recount(reader, poll_id).is_same
    say(stage.cast.esther, proposal_id, SEED)
    assert say(stage.cast.bruno, proposal_id, SEED)
    ranking = poll_of(stage, poll_id).ranking
    assert ranking is not None
    assert ranking.elected == drawn(SUPPLIERS, SEED)[:2]
    assert card(stage, proposal_id).state == "adopted"
    assert result_files.recount(reader, poll_id).is_same
    assert list(poll_checks.recounts(reader)) == []


def test_the_draw_has_its_page_from_the_list_to_the_result(stage: Stage, client: Client) -> None:
    proposal_id, poll_id = a_draw(stage)
    in_english(client, "bruno")
    page = text(client.get(f"/proposals/{proposal_id}"))
    assert "Nobody votes: lots are drawn from this list after the end." in page
    assert "Cast my vote" not in page
    among.counted(proposal_id, poll_id)
    page = text(client.get(f"/proposals/{proposal_id}"))
    assert DICE in page
    assert "3 options are in the list, 1 to be drawn" in page
    wrong = client.submit(f"/proposals/{proposal_id}/draw/seeds", seed=" ")
    assert (wrong.status_code, "Write the seed" in text(wrong)) == (422, True)
    said = client.submit(f"/proposals/{proposal_id}/draw/seeds", seed=SEED)
    assert said.status_code == 303
    assert "A second person must now say the same." in text(client.get(said.location))
    say(stage.cast.esther, proposal_id, SEED)
    page = text(client.get(f"/proposals/{proposal_id}"))
    assert f"Seed drawn in public: “{SEED}”" in page
    assert "Drawn by lot: Bois & Cie." in page
    assert "Record this seed" not in page
    assert "style=" not in page
    again = text(client.get(f"/polls/{poll_id}/recount"))
    assert "the result is the stored one" in again


@pytest.mark.parametrize(
    ("method", "course", "code"),
    [
        ("approval", Course(tied=Tied.DRAW), {"drawn_from": "draw_source_missing"}),
        ("approval", Course(drawn_from=DICE), {"drawn_from": "setting_unused"}),
        ("sortition", Course(tied=Tied.DRAW, drawn_from=DICE), {"tied": "setting_unused"}),
        ("sortition", Course(drawn_from="x" * 501), {"drawn_from": "draw_source_too_long"}),
    ],
)
def test_a_procedure_says_where_a_seed_comes_from_and_only_if_there_is_one(
    stage: Stage, method: str, course: Course, code: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        among.a_way_to_choose(stage, method, ElectionSettings(), course=course)
    assert refused.value.errors == code


def test_the_course_survives_json_and_the_default_one_says_nothing() -> None:
    course = Course(tied=Tied.DRAW, drawn_from=DICE)
    assert Course.from_json(json.loads(json.dumps(course.to_json()))) == course
    assert Course().to_json() == {}
