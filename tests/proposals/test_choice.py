"""A vote among several options, from its draft to the register: T11, T17, T26, T47, T63."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from intranet.audit import poll_checks
from intranet.commands.count import command as count_command
from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.core.policy import Conflict, Invalid, Refused
from intranet.decisions import page_queries as decisions
from intranet.polls import queries as polls
from intranet.polls import result_files
from intranet.polls.models import CountedBallot, OpenBallot, Poll
from intranet.proposals import queries, service
from intranet.proposals.versions import Wording
from intranet.voting.box_file import box_from_json
from intranet.voting.election import ElectionSettings, Unmarked, Verdict
from intranet.voting.files.exported import election_from_json
from intranet.voting.registry import method
from intranet.voting.types import Electorate
from tests.cast import Client, acting, as_reader
from tests.polls.test_views import in_english, text
from tests.proposals import choosing as among
from tests.proposals.choosing import GRADES, SUPPLIERS, mark, marks
from tests.proposals.stage import Stage, a_resolution, decide, open_it

JUDGED = ElectionSettings(grades=GRADES, unmarked=Unmarked.LAST)


def card(stage: Stage, proposal_id: int) -> queries.ProposalCard:
    return queries.proposal(as_reader(stage.cast.amel), proposal_id)


def issues(stage: Stage, proposal_id: int) -> list[str]:
    return [issue.code for issue in card(stage, proposal_id).issues]


def vote_on(stage: Stage, method: str, settings: ElectionSettings | None = None, **more: object):  # type: ignore[no-untyped-def]
    """A choice put to the vote: its number and its poll."""
    seats = int(str(more.pop("seats", 1)))
    key = among.a_way_to_choose(stage, method, settings, **more)  # type: ignore[arg-type]
    proposal_id = among.a_choice(stage, key, seats=seats)
    return proposal_id, among.opened(stage, proposal_id)


def shown(stage: Stage, poll_id: int) -> polls.PollCard:
    return polls.poll(as_reader(stage.cast.amel), poll_id)


@pytest.mark.parametrize("secret", [False, True])
def test_the_chosen_option_enters_the_register_with_a_tick_and_its_ranking(
    stage: Stage, secret: bool
) -> None:
    proposal_id, poll_id = vote_on(stage, "majority_judgment", JUDGED, secret=secret)
    mark(poll_id, stage.cast.amel, marks(4, 2, 1))
    mark(poll_id, stage.cast.bruno, marks(3, 4, 1))
    mark(poll_id, stage.cast.esther, marks(4, 2, None))
    among.counted(proposal_id, poll_id)
    adopted = card(stage, proposal_id)
    assert adopted.state == "adopted"
    assert adopted.decision_number is not None
    decision = decisions.decision(as_reader(stage.cast.amel), adopted.decision_number)
    assert decision.ranking is not None
    assert decision.ranking.elected == ("Atelier du Rhône",)
    assert "☑ **Atelier du Rhône**" in decisions.wording(
        as_reader(stage.cast.amel), adopted.decision_number
    )
    assert shown(stage, poll_id).ranking == decision.ranking
    assert list(poll_checks.recounts(as_reader(stage.cast.amel))) == []
    assert list(poll_checks.openings(as_reader(stage.cast.amel))) == []


def test_t11_t26_one_outcome_is_stored_and_everything_reads_it(stage: Stage) -> None:
    proposal_id, poll_id = vote_on(stage, "approval")
    mark(poll_id, stage.cast.amel, marks(1, 1))
    mark(poll_id, stage.cast.bruno, marks(None, 1))
    among.counted(proposal_id, poll_id)
    reader = as_reader(stage.cast.amel)
    ranking = shown(stage, poll_id).ranking
    assert ranking is not None
    told = result_files.result_file(reader, poll_id)
    assert told["outcome"] == ranking.to_json()
    again = election_from_json(json.dumps(told))
    assert again.counted() == again.outcome == ranking
    assert result_files.recount(reader, poll_id).is_same


def test_a_tie_is_shown_and_decides_nothing(stage: Stage) -> None:
    proposal_id, poll_id = vote_on(stage, "single_choice")
    mark(poll_id, stage.cast.amel, {"mark": "0"})
    mark(poll_id, stage.cast.bruno, {"mark": "1"})
    among.counted(proposal_id, poll_id)
    ended, ranking = card(stage, proposal_id), shown(stage, poll_id).ranking
    assert ranking is not None
    assert (ranking.verdict, set(ranking.tied)) == (Verdict.TIED, set(SUPPLIERS[:2]))
    assert (ended.state, ended.decision_number) == ("lapsed", None)


def test_blank_ballots_are_counted_apart_and_take_part(stage: Stage) -> None:
    settings = ElectionSettings(quorum=Fraction(2, 3))
    proposal_id, poll_id = vote_on(stage, "approval", settings)
    mark(poll_id, stage.cast.amel, {"blank": "1"})
    mark(poll_id, stage.cast.bruno, marks(1))
    among.counted(proposal_id, poll_id)
    ranking = shown(stage, poll_id).ranking
    assert ranking is not None
    assert (ranking.turnout.valid, ranking.turnout.blank, ranking.turnout.spoiled) == (1, 1, 0)
    assert ranking.turnout.not_voted == 1
    assert card(stage, proposal_id).state == "adopted"


def test_without_its_quorum_nothing_is_chosen(stage: Stage) -> None:
    settings = ElectionSettings(quorum=Fraction(1))
    proposal_id, poll_id = vote_on(stage, "approval", settings)
    mark(poll_id, stage.cast.bruno, marks(1))
    among.counted(proposal_id, poll_id)
    ranking = shown(stage, poll_id).ranking
    assert ranking is not None
    assert (ranking.verdict, card(stage, proposal_id).state) == (Verdict.NO_QUORUM, "lapsed")


def test_a_box_of_blank_ballots_chooses_nobody(stage: Stage) -> None:
    proposal_id, poll_id = vote_on(stage, "approval")
    mark(poll_id, stage.cast.bruno, {"blank": "1"})
    among.counted(proposal_id, poll_id)
    assert card(stage, proposal_id).state == "rejected"


def test_t17_an_empty_form_is_no_ballot(stage: Stage) -> None:
    _proposal_id, poll_id = vote_on(stage, "single_transferable_vote")
    for fields in ({}, {"mark.0": ""}, {"blank": ""}):
        with pytest.raises(Invalid, match="choice_missing"):
            mark(poll_id, stage.cast.amel, fields)
    with pytest.raises(Invalid, match="choice_blank_with_marks"):
        mark(poll_id, stage.cast.amel, marks(1) | {"blank": "1"})
    assert shown(stage, poll_id).voted == 0


def test_t17_blank_ballots_do_not_raise_the_quota(stage: Stage) -> None:
    proposal_id, poll_id = vote_on(stage, "single_transferable_vote")
    mark(poll_id, stage.cast.amel, marks(1, 2))
    for person in (stage.cast.bruno, stage.cast.esther):
        mark(poll_id, person, {"blank": "1"})
    among.counted(proposal_id, poll_id)
    ranking = shown(stage, poll_id).ranking
    assert ranking is not None
    assert Fraction(ranking.quota) == 1
    assert (ranking.turnout.blank, ranking.elected) == (2, ("Atelier du Rhône",))


def test_t47_the_options_of_a_vote_under_way_cannot_change(stage: Stage) -> None:
    proposal_id, poll_id = vote_on(stage, "approval")
    with acting(stage.cast.amel) as tx, pytest.raises(Refused):
        service.reword(tx, proposal_id, Wording("T", text="t", options=("a", "b")), 1)
    db.session.rollback()
    poll = db.session.get_one(Poll, poll_id)
    assert json.loads(poll.candidates) == list(SUPPLIERS)
    with acting(None) as tx:
        tx.session.get_one(Poll, poll_id).candidates = json.dumps([*SUPPLIERS[:2], "Autre"])
    found = list(poll_checks.openings(as_reader(stage.cast.amel)))
    assert found == [f"poll {poll_id}: its text or procedure is not the one of its opening"]


def test_the_last_open_ballot_counts_and_all_are_kept(stage: Stage) -> None:
    _proposal_id, poll_id = vote_on(stage, "schulze")
    mark(poll_id, stage.cast.amel, marks(1, 2, 3))
    mark(poll_id, stage.cast.amel, marks(3, 1, None))
    mine = shown(stage, poll_id).my_choice
    assert mine is not None
    assert mine.option == "[3,1,null]"
    assert db.session.query(OpenBallot).filter_by(poll_id=poll_id).count() == 2


def test_thirty_long_options_fit_into_a_sealed_box_with_a_long_reason(stage: Stage) -> None:
    options = [f"{number:02} {'🗳' * 100}" for number in range(30)]
    key = among.a_way_to_choose(stage, "borda", secret=True)
    proposal_id = among.a_choice(stage, key, options, seats=5)
    poll_id = among.opened(stage, proposal_id)
    mark(poll_id, stage.cast.amel, marks(*range(1, 31)) | {"reason": "🗳" * 4000})
    among.counted(proposal_id, poll_id)
    kept = db.session.query(CountedBallot).filter_by(poll_id=poll_id).one()
    assert json.loads(kept.option) == list(range(1, 31))
    ranking = shown(stage, poll_id).ranking
    assert ranking is not None
    assert ranking.elected == tuple(options[:5])


def test_options_are_two_or_more_and_fewer_are_kept(stage: Stage) -> None:
    key = among.a_way_to_choose(stage, "approval")
    assert issues(stage, among.a_choice(stage, key, ())) == ["options_missing"]
    assert issues(stage, among.a_choice(stage, key, ("seule",))) == ["options_missing"]
    assert issues(stage, among.a_choice(stage, key, ("a", "b"), seats=2)) == ["seats_for_all"]
    assert issues(stage, among.a_choice(stage, key, ("a", "b", "c"), seats=2)) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (tuple(str(n) for n in range(31)), "options_too_many"),
        (("a" * 121, "b"), "option_too_long"),
        (("Camille", "CAMILLE"), "option_twice"),
    ],
)
def test_a_list_that_makes_no_ballot_is_refused(
    stage: Stage, options: tuple[str, ...], code: str
) -> None:
    key = among.a_way_to_choose(stage, "approval")
    with pytest.raises(Invalid) as refused:
        among.a_choice(stage, key, options)
    assert refused.value.errors == {"options": code}


def test_a_method_for_one_seat_does_not_elect_several(stage: Stage) -> None:
    key = among.a_way_to_choose(stage, "instant_runoff")
    assert issues(stage, among.a_choice(stage, key, seats=2)) == ["method_fills_one_seat"]


def test_texts_and_options_each_have_their_own_procedures(stage: Stage) -> None:
    key = among.a_way_to_choose(stage, "approval")
    resolution = a_resolution(stage, key)
    assert issues(stage, resolution) == ["procedure_for_options"]
    assert issues(stage, among.a_choice(stage, stage.absolute)) == ["procedure_for_texts"]
    with pytest.raises(Conflict):
        open_it(stage, resolution)


@pytest.mark.parametrize(
    ("method", "settings", "code"),
    [
        ("majority_judgment", ElectionSettings(), {"grades": "no_grades"}),
        ("score", ElectionSettings(), {"highest": "no_highest_score"}),
        ("dot_allocation", ElectionSettings(), {"highest": "no_points_to_share"}),
        ("approval", ElectionSettings(highest=5), {"highest": "setting_unused"}),
        ("approval", ElectionSettings(seats=3), {"seats": "of_a_vote"}),
        ("sortition", ElectionSettings(), {"drawn_from": "draw_source_missing"}),
        ("election_without_candidate", ElectionSettings(), {"consent": "consent_missing"}),
        ("schulze", ElectionSettings(majority=Fraction(2)), {"default_option": "default_missing"}),
        ("borda", ElectionSettings(default_option="Rien"), {"default_option": "setting_unused"}),
        (
            "majority_judgment",
            ElectionSettings(grades=GRADES, unmarked=Unmarked.UNCOMPARED),
            {"unmarked": "unmarked_cannot_be_left_out"},
        ),
    ],
)
def test_a_procedure_that_could_not_be_counted_is_refused(
    stage: Stage, method: str, settings: ElectionSettings, code: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        among.a_way_to_choose(stage, method, settings)
    assert refused.value.errors == code


EVERY = {
    "single_choice": ({"mark": "1"}, None),
    "multiple_choice": (marks(None, 1), None),
    "approval": (marks(None, 1), None),
    "score": (marks(0, 5, 2), ElectionSettings(highest=5)),
    "dot_allocation": (marks(None, 7, 3), ElectionSettings(highest=10)),
    "borda": (marks(2, 1, 3), None),
    "schulze": (marks(2, 1, 3), None),
    "condorcet_instant_runoff": (marks(2, 1, 3), None),
    "instant_runoff": (marks(2, 1, 3), None),
    "single_transferable_vote": (marks(2, 1, 3), None),
    "majority_judgment": (marks(1, 4, 2), JUDGED),
    "majority_gauge": (marks(1, 4, 2), JUDGED),
}


@pytest.mark.parametrize("key", EVERY)
def test_every_method_has_its_ballot_its_result_its_recount_and_its_file(
    stage: Stage, client: Client, key: str
) -> None:
    fields, settings = EVERY[key]
    proposal_id, poll_id = vote_on(stage, key, settings)
    in_english(client, "bruno")
    page = text(client.get(f"/proposals/{proposal_id}"))
    assert all(option in page for option in SUPPLIERS)
    assert "Vote blank" in page
    assert " checked" not in page.partition('class="ballot"')[2].partition("</form>")[0]
    answer = client.submit(f"/polls/{poll_id}/ballot", **fields)
    assert answer.status_code == 303
    mine = text(client.get(f"/proposals/{proposal_id}"))
    assert "You have voted" in mine
    assert " checked" in mine or " selected" in mine or 'value="7"' in mine or 'value="5"' in mine
    among.counted(proposal_id, poll_id)
    ranking = shown(stage, poll_id).ranking
    assert ranking is not None
    assert ranking.elected == ("Bois & Cie",)
    result = text(client.get(f"/proposals/{proposal_id}"))
    assert "Did not vote" in result
    assert 'class="chart"' in result or 'class="matrix' in result
    assert "style=" not in result
    again = text(client.get(f"/polls/{poll_id}/recount"))
    assert "1 stored ballot was counted again just now" in again
    file = client.get(f"/polls/{poll_id}/result.json")
    box = election_from_json(file.get_data(as_text=True))
    assert box.counted() == box.outcome == ranking


def test_a_recount_says_when_the_stored_ballots_changed(stage: Stage, client: Client) -> None:
    proposal_id, poll_id = vote_on(stage, "approval", secret=True)
    for person in stage.cast.members:
        mark(poll_id, person, marks(1))
    among.counted(proposal_id, poll_id)
    in_english(client, "bruno")
    same = text(client.get(f"/polls/{poll_id}/recount"))
    assert "3 stored ballots were counted again" in same
    with acting(None) as tx:
        poll = tx.session.get_one(Poll, poll_id)
        stored = json.loads(str(poll.outcome))
        stored["turnout"]["valid"] = 2
        poll.outcome = json.dumps(stored)
    other = text(client.get(f"/polls/{poll_id}/recount"))
    assert "The result counted here is not the stored one." in other
    assert list(poll_checks.recounts(as_reader(stage.cast.amel)))


def test_t63_the_audit_counts_again_and_names_the_vote_that_differs(stage: Stage) -> None:
    proposal_id, poll_id = vote_on(stage, "majority_judgment", JUDGED)
    mark(poll_id, stage.cast.amel, marks(4, 2, 1))
    among.counted(proposal_id, poll_id)
    assert list(poll_checks.recounts(as_reader(stage.cast.amel))) == []
    with acting(None) as tx:
        poll = tx.session.get_one(Poll, poll_id)
        stored = json.loads(str(poll.outcome)) | {"elected": ["Bois & Cie"]}
        poll.outcome = json.dumps(stored)
    (found,) = poll_checks.recounts(as_reader(stage.cast.amel))
    assert found.startswith(f"poll {poll_id}: a recount gives adopted, with other numbers")


def test_the_command_counts_the_downloaded_file(stage: Stage, tmp_path: Path) -> None:
    proposal_id, poll_id = vote_on(stage, "schulze", secret=True)
    mark(poll_id, stage.cast.amel, marks(2, 1, 3))
    mark(poll_id, stage.cast.bruno, {"blank": "1"})
    among.counted(proposal_id, poll_id)
    file = tmp_path / "vote.json"
    told = result_files.result_file(as_reader(stage.cast.amel), poll_id)
    file.write_text(json.dumps(told), encoding="utf-8")
    said = CliRunner().invoke(count_command, [str(file)])
    assert said.exit_code == 0
    assert "The outcome stored in the file is the same." in said.output
    file.write_text(json.dumps(told | {"registered": 4}), encoding="utf-8")
    assert CliRunner().invoke(count_command, [str(file)]).exit_code == 1


def test_options_are_chosen_and_never_elected_on_any_page(stage: Stage, client: Client) -> None:
    proposal_id, poll_id = vote_on(stage, "single_transferable_vote", seats=2)
    in_english(client, "amel")
    assert text(client.get(f"/proposals/{proposal_id}")).count("options are to be chosen") == 1
    for person in stage.cast.members:
        mark(poll_id, person, marks(1, 2, 3))
    among.counted(proposal_id, poll_id)
    number = card(stage, proposal_id).decision_number
    paths = (f"/proposals/{proposal_id}", f"/polls/{poll_id}/recount", f"/decisions/{number}")
    for page in (text(client.get(path)) for path in paths):
        assert "Chosen: Atelier du Rhône, Bois & Cie. Options to choose: 2." in page
        assert not re.search(r"\b([Ee]lected|[Ss]eats?)\b", re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize("secret", [False, True])
def test_the_file_holds_version_and_place_in_the_chain_and_never_changes(
    stage: Stage, client: Client, secret: bool, tmp_path: Path
) -> None:
    proposal_id, poll_id = vote_on(stage, "approval", secret=secret)
    mark(poll_id, stage.cast.amel, marks(1) | {"reason": "Parce que."})
    among.counted(proposal_id, poll_id)
    closing = db.session.query(EventRow).filter_by(name="PollClosed").one()
    place = {"number": closing.id, "name": "PollClosed", "digest": closing.digest}
    address = f"/polls/{poll_id}/result.json"
    first = client.sign_in("bruno").get(address)
    vote_on(stage, "schulze")
    later = client.sign_in("amel").get(address)
    assert first.get_data() == later.get_data()
    assert first.get_json()["counted_by_event"] == place
    assert first.get_json()["version"] == version("intranet")
    file = tmp_path / "vote.json"
    file.write_bytes(first.get_data())
    said = CliRunner().invoke(count_command, [str(file)])
    assert "The outcome stored in the file is the same." in said.output


def test_before_the_count_there_is_nothing_to_recount_or_to_download(
    stage: Stage, client: Client
) -> None:
    _proposal_id, poll_id = vote_on(stage, "approval")
    client.sign_in("bruno")
    assert client.get(f"/polls/{poll_id}/recount").status_code == 404
    assert client.get(f"/polls/{poll_id}/result.json").status_code == 404


def test_the_file_of_a_secret_vote_names_nobody_beside_a_ballot(
    stage: Stage, client: Client
) -> None:
    proposal_id, poll_id = vote_on(stage, "approval", secret=True)
    mark(poll_id, stage.cast.amel, marks(1) | {"reason": "Parce que."})
    among.counted(proposal_id, poll_id)
    told = client.sign_in("bruno").get(f"/polls/{poll_id}/result.json").get_json()
    assert told["positions"] == []
    assert [paper["reason"] for paper in told["papers"]] == ["Parce que."]


def test_a_vote_on_a_text_has_its_recount_and_its_file_too(stage: Stage, client: Client) -> None:
    proposal_id = a_resolution(stage)
    decide(stage, proposal_id)
    poll_id = card(stage, proposal_id).poll_id
    in_english(client, "bruno")
    assert "3 stored ballots" in text(client.get(f"/polls/{poll_id}/recount"))
    file = client.get(f"/polls/{poll_id}/result.json")
    box = box_from_json(file.get_data(as_text=True))
    assert method(box.method).tally(box.ballots, Electorate(3), box.settings) == box.outcome


def test_a_refused_ballot_keeps_everything_that_was_typed(stage: Stage, client: Client) -> None:
    _proposal_id, poll_id = vote_on(stage, "single_transferable_vote")
    in_english(client, "bruno")
    fields = {"mark.0": "1", "mark.1": "1", "reason": "Mes raisons"}
    answer = client.submit(f"/polls/{poll_id}/ballot", **fields)
    page = text(answer)
    assert answer.status_code == 422
    assert page.count('<option value="1" selected>') == 2
    assert "Mes raisons" in page


def test_a_choice_is_written_and_reworded_in_its_form(stage: Stage, client: Client) -> None:
    key = among.a_way_to_choose(stage, "approval")
    in_english(client, "amel")
    page = text(client.get("/proposals/new?kind=choice"))
    assert "The options, one a line" in page
    assert "Majorité absolue" not in page
    typed = {
        "kind": "choice",
        "title": "La date de la fête",
        "text": "La fête a lieu le :",
        "options": " 12 juin \r\n\r\n19 juin\r\n19 JUIN",
        "seats": "1",
        "procedure": key,
        "audience": "workers",
        "then": "submit",
    }
    wrong = client.submit("/proposals/", **typed)
    assert wrong.status_code == 422
    assert "Two options say the same" in text(wrong)
    made = client.submit("/proposals/", **(typed | {"options": " 12 juin \r\n\r\n19 juin"}))
    assert made.status_code == 303
    proposal_id = int(made.location.rsplit("/", 1)[1])
    assert card(stage, proposal_id).version.options == ("12 juin", "19 juin")
    form = text(client.get(f"/proposals/{proposal_id}/edit"))
    assert "12 juin\n19 juin" in form
    again = client.submit(
        f"/proposals/{proposal_id}/versions",
        **(
            typed
            | {
                "options": "12 juin\n26 juin\n3 juillet",
                "seats": "2",
                "base_number": "1",
                "then": "",
            }
        ),
    )
    assert again.status_code == 303
    compared = text(client.get(f"/proposals/{proposal_id}/versions"))
    assert "3 juillet" in compared
    version = card(stage, proposal_id).version
    assert (version.options, version.seats) == (("12 juin", "26 juin", "3 juillet"), 2)
