"""The pages about methods name every method, and their examples come out as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from intranet.voting.election import Election
from intranet.voting.method import Method
from intranet.voting.papers import Paper
from intranet.voting.registry import all_elections, all_methods
from tests.voting.rankings import TENNESSEE, counted, ranked, said

DOCS = Path(__file__).parents[2] / "docs"
MEMBERS = (DOCS / "deciding.md").read_text(encoding="utf-8")
TRANSLATORS = (DOCS / "methods.md").read_text(encoding="utf-8")
EVERY = (*all_methods(), *all_elections())


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.key)
def test_members_find_the_rule_an_example_and_the_source_of_every_method(
    one: Method | Election,
) -> None:
    _, found, rest = MEMBERS.partition(f"\n### {one.label}\n")
    assert found, one.label
    section = rest.partition("\n#")[0]
    assert "*Example*: " in section
    assert "*Source*: " in section


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.key)
def test_every_method_has_its_section_with_settings_and_source(one: Method | Election) -> None:
    sections = [part for part in TRANSLATORS.split("\n## ") if f"`{one.key}`" in part]
    assert any("**Settings**" in part for part in sections), one.key


def test_the_towns_of_the_page_for_members() -> None:
    assert counted("schulze", TENNESSEE).elected == ("Nashville",)
    assert counted("condorcet_instant_runoff", TENNESSEE).elected == ("Nashville",)
    runoff = counted("instant_runoff", TENNESSEE)
    assert runoff.elected == ("Knoxville",)
    assert [one.eliminated for one in runoff.rounds if one.eliminated] == [
        ("Chattanooga",),
        ("Nashville",),
    ]
    points = counted("borda", TENNESSEE).rounds[0].scores
    assert points == {
        "Nashville": "194",
        "Chattanooga": "173",
        "Memphis": "126",
        "Knoxville": "107",
    }
    duels = counted("schulze", TENNESSEE).pairwise
    assert duels["Nashville", "Memphis"] == 58
    assert duels["Nashville", "Chattanooga"] == duels["Nashville", "Knoxville"] == 68


def test_the_three_seats_of_the_page_for_members() -> None:
    box = ranked("40 A > B > C", "16 B > C", "24 C", "20 D")
    ranking = counted("single_transferable_vote", box, seats=3)
    assert ranking.quota == "26.00000"
    assert ranking.elected == ("A", "B", "C")
    assert ranking.rounds[-1].scores["D"].startswith("20")


def test_the_grades_of_the_page_for_members() -> None:
    grades = ("Very good", "Good", "Fair", "To reject")
    box = [Paper({"A": 3, "B": 4}), Paper({"A": 3, "B": 3}), Paper({"A": 2, "B": 1})]
    ranking = counted("majority_judgment", box, grades=grades)
    assert ranking.order == (("A",), ("B",))
    assert {one["grade"] for one in said(ranking, "judged")} == {"Good"}
    assert said(ranking, "medians_removed") == [
        {"candidate": "A", "other": "B", "removed": 1, "grade": "Fair", "other_grade": "To reject"}
    ]
