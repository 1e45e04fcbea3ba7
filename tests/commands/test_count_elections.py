"""`intranet count` among candidates: every kind of file, and one clear sentence for each error."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from intranet.voting.election import ElectionSettings
from intranet.voting.files.exported import ElectionBox, election_to_json
from tests.commands.console import Console
from tests.shared import shared
from tests.voting.rankings import TENNESSEE, names_of

TABLE = "Ann,Bo,Cy\n1,2,3\n1,2,3\n2,1,3\n"
BLT = '3 2\n4 1 2 0\n3 2 1 0\n2 3 0\n0\n"Ann"\n"Bo"\n"Cy"\n"Board"\n'
DEBIAN = "Option 1: Ann\n/ Option 2: None\nV: 12\nV: 12\nV: 21\n"


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Console:
    return Console(monkeypatch, tmp_path / "nowhere")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, text: str, name: str = "box.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def counted(console: Console, path: Path, *words: object) -> dict[str, Any]:
    found = json.loads(console.call("count", path, *words, "--json").stdout)
    assert {"order", "elected", "rounds", "dropped", "method", "verdict"} <= set(found)
    return found


def test_the_result_is_one_json_object(console: Console, folder: Path) -> None:
    found = counted(console, write(folder, TABLE), "--method", "schulze", "--seats", 2)
    assert found["order"] == [["Ann"], ["Bo"], ["Cy"]]
    assert found["elected"] == ["Ann", "Bo"]
    assert found["dropped"] == found["rounds"] == found["tied"] == []
    assert found["pairwise"]["Ann"] == {"Bo": 2, "Cy": 3}
    assert found["turnout"]["valid"] == 3
    assert not (folder / "nowhere").exists()


def test_without_json_it_says_everything_in_words(console: Console, folder: Path) -> None:
    said = console.call("count", write(folder, TABLE), "--method", "schulze").output
    assert said.startswith("Elected: Ann. Seats: 1.\n")
    assert "  Ann before Bo: 2 ballots against 1." in said


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("schulze", "schulze"),
        ("Condorcet", "schulze"),
        ("irv", "instant_runoff"),
        ("instant-runoff", "instant_runoff"),
        ("condorcet-irv", "condorcet_instant_runoff"),
        ("stv", "single_transferable_vote"),
        ("scottish-stv", "single_transferable_vote"),
        ("single_transferable_vote", "single_transferable_vote"),
        ("borda", "borda"),
    ],
)
def test_a_method_has_short_names(console: Console, folder: Path, name: str, key: str) -> None:
    assert counted(console, write(folder, TABLE), "--method", name)["method"] == key


def test_a_blt_file_says_its_seats_and_the_command_may_say_others(
    console: Console, folder: Path
) -> None:
    path = write(folder, BLT, "box.blt")
    assert counted(console, path, "--method", "stv")["elected"] == ["Ann", "Bo"]
    assert counted(console, path, "--method", "stv", "--seats", 1)["elected"] == ["Ann"]
    said = console.call("count", path, "--method", "irv", code=2).output
    assert "the file has 2 seats" in said


def test_t84_who_withdrew_is_said_and_was_never_counted(console: Console, folder: Path) -> None:
    path = write(folder, BLT.replace("3 2\n", "3 1\n-1\n", 1), "box.blt")
    found = counted(console, path, "--method", "stv")
    assert found["dropped"] == [{"candidate": "Ann", "reason": "withdrawn"}]
    assert found["elected"] == ["Bo"]
    assert (
        "Withdrawn before the count: Ann." in console.call("count", path, "--method", "stv").output
    )


def test_numbers_are_written_as_the_language_writes_them(console: Console, folder: Path) -> None:
    words = ["count", write(folder, BLT, "box.blt"), "--method", "stv", "--locale"]
    assert "4.00000" in console.call(*words, "en").output
    assert "4,00000" in console.call(*words, "fr").output


def test_debians_rule_is_made_of_options(console: Console, folder: Path) -> None:
    path = write(folder, DEBIAN, "tally.txt")
    rule = ["--method", "condorcet", "--blank", "last", "--default-option", "None"]
    assert counted(console, path, *rule, "--majority", "2:1")["elected"] == ["Ann"]
    rejected = counted(console, path, *rule, "--majority", "3:1")
    assert rejected["dropped"] == [{"candidate": "Ann", "reason": "majority"}]
    assert (rejected["verdict"], rejected["order"]) == ("nobody", [["None"]])
    few = counted(console, path, *rule, "--quorum", "2.5")
    assert few["dropped"] == [{"candidate": "Ann", "reason": "above_default"}]


def test_a_quorum_with_a_slash_is_a_part_of_the_roll(console: Console, folder: Path) -> None:
    words = ["--method", "schulze", "--quorum", "1/2", "--registered"]
    assert counted(console, write(folder, TABLE), *words, 6)["verdict"] == "decided"
    assert counted(console, write(folder, TABLE), *words, 7)["verdict"] == "no_quorum"


def test_t25_the_recorded_draw_is_given_and_named(console: Console, folder: Path) -> None:
    path = write(folder, "Ann,Bo\n1,2\n2,1\n")
    assert counted(console, path, "--method", "schulze")["tied"] == ["Ann", "Bo"]
    drawn = counted(console, path, "--method", "schulze", "--tie-break", "Bo, Ann")
    assert (drawn["elected"], drawn["order"]) == (["Bo"], [["Ann", "Bo"]])


def test_the_meaning_of_no_mark_is_asked_for_only_when_it_matters(
    console: Console, folder: Path
) -> None:
    same = write(folder, "Ann,Bo,Cy\n1,2,\n1,,2\n")
    assert counted(console, same, "--method", "schulze")["elected"] == ["Ann"]
    path = write(folder, "Ann,Bo,Cy\n" + "1,,\n" * 4 + "2,1,\n" * 2 + ",1,2\n")
    said = console.call("count", path, "--method", "schulze", code=2).output
    assert "--blank" in said
    words = ["--method", "schulze", "--blank"]
    assert counted(console, path, *words, "last")["elected"] == ["Ann"]
    assert counted(console, path, *words, "uncompared")["elected"] == ["Bo"]
    assert counted(console, path, *words, "reject")["turnout"]["spoiled"] == 7


def test_a_table_without_ballots_chooses_nobody(console: Console, folder: Path) -> None:
    found = counted(console, write(folder, "Ann,Bo\n"), "--method", "schulze", "--seats", 2)
    assert (found["verdict"], found["elected"]) == ("nobody", [])


@pytest.mark.parametrize(
    ("text", "words", "code", "said"),
    [
        ("", [], 1, "box.csv, the file is empty"),
        ("Ann,Ann\n1,2\n", [], 1, "two candidates called “Ann”"),
        ("Ann,Bo\n1,0\n", [], 1, "line 2, Bo: a rank is 1 or more"),
        ("Ann,Bo\n1,maybe\n", [], 1, "line 2, Bo: “maybe” is not a rank"),
        ("Ann,Bo\n1\n", [], 1, "line 2: 1 marks for 2 candidates"),
        (TABLE, ["--registered", 2], 1, "more ballots than people"),
        (TABLE, ["--seats", 0], 2, "--seats"),
        (TABLE, ["--default-option", "Zoe"], 2, "--default-option: “Zoe” is no candidate"),
        (TABLE, ["--tie-break", "Ann,Zoe"], 2, "--tie-break: “Zoe” is no candidate"),
        (TABLE, ["--tie-break", "Ann,Ann"], 2, "--tie-break"),
        (TABLE, ["--majority", "3:1"], 2, "--default-option"),
        (TABLE, ["--majority", "1:3", "--default-option", "Cy"], 2, "--majority"),
        (TABLE, ["--majority", "lots", "--default-option", "Cy"], 2, "--majority"),
        (TABLE, ["--quorum", "half"], 2, "--quorum"),
        (TABLE, ["--quorum", "47.15"], 2, "--quorum"),
        (TABLE, ["--quorum", "1/0"], 2, "--quorum"),
        (TABLE, ["--quorum", "1/2"], 2, "--registered"),
        (TABLE, ["--quorum", "3/2", "--registered", 9], 2, "quorum out of range"),
        (TABLE, ["--threshold", "2/3"], 2, "schulze does not use --threshold"),
        (TABLE, ["--present", 3], 2, "schulze does not use --present"),
        (TABLE, ["--grades", "Good,Bad"], 2, "schulze does not use --grades"),
        (TABLE, ["--blank", "zero"], 2, "--blank"),
    ],
)
def test_an_error_is_one_sentence_and_never_a_trace(
    console: Console, folder: Path, text: str, words: list[object], code: int, said: str
) -> None:
    path = write(folder, text)
    done = console.call("count", path, "--method", "schulze", *words, code=code)
    assert said in " ".join(done.output.split())
    assert isinstance(done.exception, SystemExit)


def test_a_text_is_not_asked_for_seats(console: Console, folder: Path) -> None:
    path = write(folder, "option\nfor\n")
    done = console.call("count", path, "--method", "consent", "--seats", 2, code=2)
    assert "consent does not use --seats" in done.output


def test_a_file_that_is_no_text_is_refused(console: Console, folder: Path) -> None:
    path = folder / "box.csv"
    path.write_bytes("Léa,Zoé\n1,2\n".encode("utf-16"))
    done = console.call("count", path, "--method", "schulze", code=1)
    assert "is not a text in UTF-8" in done.output


@pytest.fixture
def exported() -> ElectionBox:
    box = ElectionBox(
        "schulze", ElectionSettings(seats=2), 120, tuple(names_of(TENNESSEE)), tuple(TENNESSEE)
    )
    return replace(box, outcome=box.counted())


def test_an_exported_election_is_counted_again(
    console: Console, folder: Path, exported: ElectionBox
) -> None:
    path = write(folder, json.dumps(election_to_json(exported)), "poll.json")
    said = console.call("count", path).output
    assert said.startswith("Elected: Nashville, Chattanooga.")
    assert "The outcome stored in the file is the same." in said
    assert counted(console, path)["elected"] == ["Nashville", "Chattanooga"]


def test_a_stored_outcome_that_is_another_one_is_told(
    console: Console, folder: Path, exported: ElectionBox
) -> None:
    stored = election_to_json(exported)
    stored["outcome"]["elected"] = ["Memphis", "Nashville"]
    path = write(folder, json.dumps(stored), "poll.json")
    assert "is another one" in console.call("count", path, code=1).output


def test_an_exported_election_says_itself_how_it_is_counted(
    console: Console, folder: Path, exported: ElectionBox
) -> None:
    path = write(folder, json.dumps(election_to_json(exported)), "poll.json")
    console.call("count", path, "--seats", 1, code=2)
    console.call("count", write(folder, "{}", "empty.json"), code=1)


def test_debians_real_tally_is_counted_as_it_was(console: Console) -> None:
    path = shared("elections-debian/2016-gr-002-rejected/tally.txt")
    rule = ["--method", "condorcet", "--blank", "last", "--majority", "1:1"]
    rule += ["--default-option", "Further Discussion", "--quorum", "48.3735464897913"]
    found = counted(console, path, *rule)
    assert found["order"] == [["Further Discussion"]]
    assert found["dropped"][0]["reason"] == "majority"
