"""`intranet count`: the same ballots give the same outcome, and nothing is guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.console import Console

BALLOTS = 'option,reason\nfor,\nfor,oui\nagainst,"à\nvoir"\nabstain,\n\nspoiled,\n'


@pytest.fixture
def box(tmp_path: Path) -> Path:
    path = tmp_path / "box.csv"
    path.write_text(BALLOTS)
    return path


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Console:
    return Console(monkeypatch, tmp_path / "nowhere")


def test_a_box_is_counted_without_an_instance(console: Console, box: Path) -> None:
    said = console.call("count", box, "--method", "simple_majority", "--json").output
    outcome = json.loads(said)
    assert outcome["result"] == "adopted"
    assert outcome["counts"] == {
        "for": 2,
        "against": 1,
        "abstain": 1,
        "blank": 0,
        "spoiled": 1,
        "not_voted": 0,
    }
    assert not (box.parent / "nowhere").exists()


def test_the_rules_of_the_count_are_options(console: Console, box: Path) -> None:
    rules = ["--registered", 7, "--base", "registered", "--threshold", "2/3", "--at-least"]
    said = console.call("count", box, "--method", "qualified_majority", *rules).output
    assert said.startswith("Rejected: 2 for, 5 needed of 7")
    assert "At least two thirds of 7" in said


def test_a_table_of_a_french_spreadsheet_is_read(console: Console, tmp_path: Path) -> None:
    path = tmp_path / "box.csv"
    path.write_text("\ufeffnom;option\r\nAmel;for\r\n", encoding="utf-8")
    assert "1 for, 0 against" in console.call("count", path, "--method", "simple_majority").output


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("option\nfor\nFor\n", "line 3"),
        ("option\nfor\npeut-être\n", "line 3"),
        ("choix\nfor\n", "line 1"),
        ("option,reason\nfor,\n,sans option\n", "line 3"),
    ],
)
def test_a_ballot_that_is_not_offered_is_an_error_with_its_line(
    console: Console, tmp_path: Path, text: str, line: str
) -> None:
    path = tmp_path / "box.csv"
    path.write_text(text)
    assert line in console.call("count", path, "--method", "simple_majority", code=1).output


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--method", "majority_of_the_loudest"],
        ["--method", "simple_majority", "--threshold", "2/3"],
        ["--method", "qualified_majority", "--threshold", "66%"],
        ["--method", "qualified_majority", "--threshold", "1/3"],
    ],
)
def test_rules_that_make_no_sense_are_a_wrong_use(
    console: Console, box: Path, words: list[str]
) -> None:
    console.call("count", box, *words, code=2)


def test_more_ballots_than_people_cannot_be_counted(console: Console, box: Path) -> None:
    words = ["--method", "simple_majority", "--registered", 3]
    assert "more ballots than people" in console.call("count", box, *words, code=1).output
