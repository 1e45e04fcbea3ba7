"""`intranet count` on crosses, scores, grades, steps and lots."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.console import Console

ORSAY = Path(__file__).parents[3] / "shared" / "data" / "ballots-mj-orsay-2007" / "bureau_01.csv"
Write = Callable[[str], Path]
GRADES = "id,A,B\n1,3,2\n2,3,0\n3,1,2\n"


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Console:
    return Console(monkeypatch, tmp_path / "nowhere")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writing(text: str) -> Path:
        path = tmp_path / "box.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return writing


@pytest.mark.parametrize("blank", [[], ["--blank", "last"], ["--blank", "reject"]])
@pytest.mark.parametrize("name", ["majority-judgment", "mj", "majority-gauge"])
def test_grades_are_numbers_until_they_have_words_and_a_missing_one_is_the_worst(
    console: Console, write: Write, name: str, blank: list[str]
) -> None:
    said = console.call("count", write(GRADES), "--method", name, *blank, "--json").output
    ranking = json.loads(said)
    assert ranking["order"] == [["A"], ["B"]]
    assert ranking["profile"] == {"A": [2, 0, 1], "B": [0, 2, 1]}
    words = ["--grades", "good,fair,reject"]
    said = console.call("count", write(GRADES), "--method", name, *words).output
    assert "A. Majority grade: good." in said


def test_the_ballots_of_orsay_come_out_as_published(console: Console) -> None:
    if not ORSAY.exists():
        pytest.skip("the ballots of Orsay are not beside the repository")
    said = console.call(
        "count", ORSAY, "--method", "majority-judgment", "--blank", "last", "--json"
    )
    order = [group[0] for group in json.loads(said.output)["order"]]
    assert order[:4] == ["Bayrou", "Sarkozy", "Royal", "Voynet"]
    assert order[4:8] == ["Besancenot", "Buffet", "Laguiller", "Bové"]
    assert order[8:] == ["de Villiers", "Nihous", "Schivardi", "Le Pen"]


def test_an_absolute_majority_is_asked_for_by_its_base(console: Console, write: Write) -> None:
    box = write("A,B,C\nx,,\nx,,\n,x,\n,,x\n")
    assert console.call("count", box, "--method", "single-choice").output.startswith("Elected: A.")
    rule = ["--more-than-half-of", "cast"]
    said = console.call("count", box, "--method", "single-choice", *rule).output
    assert said.startswith("Nobody is chosen: 3 ballots are needed of 4")


def test_scores_and_points_need_their_top(console: Console, write: Write) -> None:
    box = write("A,B\n5,0\n3,4\n")
    said = console.call("count", box, "--method", "score", "--highest", 5).output
    assert "A. Points: 8, given by 2 of 2" in said
    console.call("count", box, "--method", "score", code=1)
    said = console.call("count", box, "--method", "dot-allocation", "--highest", 6).output
    assert "Valid ballots: 1. Blank: 0. Spoiled: 1." in said


def test_a_missing_score_is_never_guessed_when_it_matters(console: Console, write: Write) -> None:
    box = write("A,B\n5,\n3,4\n")
    refused = console.call("count", box, "--method", "score", "--highest", 5, code=2)
    assert "say --blank last or reject" in refused.output
    rule = ["--highest", 5, "--blank", "last"]
    assert console.call("count", box, "--method", "score", *rule).output.startswith("Elected: A.")


def test_lots_are_drawn_again_from_the_recorded_seed(console: Console, write: Write) -> None:
    names = write("Zoé,Amel,Bruno,Chloé\n")
    rule = ["--seats", 2, "--seed", "12 7 33"]
    said = console.call("count", names, "--method", "sortition", *rule).output
    assert said.startswith("Drawn by lot: Amel, Zoé. On the list: 4.")
    console.call("count", names, "--method", "sortition", code=1)


def test_the_steps_that_stop_a_text_are_an_option(console: Console, write: Write) -> None:
    box = write("option\nendorse\nendorse\nblock\n")
    method = ["--method", "gradients-of-agreement"]
    assert console.call("count", box, *method).output.startswith("Adopted: 2 in support")
    stopped = console.call("count", box, *method, "--lowest-block").output
    assert stopped.startswith("Rejected. On the two lowest steps")
