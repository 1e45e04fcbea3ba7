"""Majority judgment under both rules for equal grades, on vectors and on real ballots."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.voting.election import ElectionSettings, Ranking, Unmarked, Verdict
from intranet.voting.files.reading import read_ballots
from intranet.voting.papers import Paper
from intranet.voting.registry import election
from intranet.voting.types import BallotForm, InvalidCount
from tests.voting.rankings import counted, said

GRADES = ("Excellent", "Very good", "Good", "Fair", "Poor", "To reject")
RULES = ("majority_judgment", "majority_gauge")
ORSAY = Path(__file__).parents[4] / "shared" / "data" / "ballots-mj-orsay-2007" / "bureau_01.csv"

both_rules = pytest.mark.parametrize("rule", RULES)


def box(**profiles: tuple[int, ...]) -> list[Paper]:
    """Ballots that give each candidate this profile, best grade first; all of the same length."""
    columns = {
        name: [len(counts) - place for place, count in enumerate(counts) for _ in range(count)]
        for name, counts in profiles.items()
    }
    return [
        Paper(dict(zip(columns, marks, strict=True)))
        for marks in zip(*columns.values(), strict=True)
    ]


def judged(rule: str, grades: tuple[str, ...] = GRADES, **profiles: tuple[int, ...]) -> Ranking:
    return counted(rule, box(**profiles), grades=grades)


@both_rules
def test_t22_equal_profiles_are_both_listed_at_the_same_rank(rule: str) -> None:
    same = (2, 3, 1, 1, 0, 0)
    ranking = judged(rule, A=same, B=same, C=(0, 1, 1, 1, 1, 3))
    assert ranking.order == (("A", "B"), ("C",))
    assert (ranking.verdict, ranking.tied, ranking.elected) == (Verdict.TIED, ("A", "B"), ())
    assert ranking.profile["A"] == ranking.profile["B"] == same
    assert [(one["candidate"], one["place"]) for one in said(ranking, "judged")] == [
        ("A", 1),
        ("B", 1),
        ("C", 3),
    ]


@both_rules
def test_t23_half_very_good_and_half_to_reject_is_to_reject(rule: str) -> None:
    ranking = judged(rule, A=(0, 5, 0, 0, 0, 5), B=(0, 0, 5, 5, 0, 0), C=(0, 0, 0, 10, 0, 0))
    grades = {one["candidate"]: one["grade"] for one in said(ranking, "judged")}
    assert grades == {"A": "To reject", "B": "Fair", "C": "Fair"}
    assert ranking.order == (("B",), ("C",), ("A",))


def test_t23_equal_groups_above_are_separated_by_the_medians_taken_away() -> None:
    profiles = {"A": (1, 8, 7, 1, 1, 1), "B": (6, 3, 4, 4, 1, 1)}
    ranking = judged("majority_judgment", **profiles)
    assert ranking.order == (("A",), ("B",))
    assert said(ranking, "medians_removed") == [
        {"candidate": "A", "other": "B", "removed": 7, "grade": "Good", "other_grade": "Fair"}
    ]
    shown = judged("majority_gauge", **profiles)
    assert shown.order == (("A", "B"),)
    assert {one["above"] for one in said(shown, "judged")} == {9}


@both_rules
def test_t23_as_many_above_as_below_favours_those_below(rule: str) -> None:
    ranking = judged(rule, A=(0, 3, 3, 3, 0, 0), B=(0, 3, 4, 2, 0, 0), C=(0, 1, 6, 2, 0, 0))
    assert ranking.order == (("B",), ("C",), ("A",))


@both_rules
def test_t23_the_shares_on_both_sides_decide_and_not_the_share_above_alone(rule: str) -> None:
    ranking = judged(rule, A=(0, 0, 4, 2, 4, 0), B=(0, 0, 3, 5, 2, 0), C=(0, 0, 4, 1, 5, 0))
    assert ranking.order == (("B",), ("A",), ("C",))


@both_rules
def test_a_missing_grade_is_the_worst_one_and_a_blank_ballot_is_none(rule: str) -> None:
    papers = [Paper({"A": 6}), Paper({"A": 5, "B": 6}), Paper({"B": 4, "A": 1})]
    for unmarked in (Unmarked.LAST, Unmarked.REJECT):
        ranking = counted(rule, papers, grades=GRADES, unmarked=unmarked)
        assert ranking.profile["B"] == (1, 0, 1, 0, 0, 1)
        assert ranking.turnout.spoiled == 0
    with pytest.raises(InvalidCount, match="unmarked_cannot_be_left_out"):
        counted(rule, papers, grades=GRADES, unmarked=Unmarked.UNCOMPARED)


@both_rules
@pytest.mark.parametrize("grades", [(), ("good",), ("good", "good")])
def test_a_scale_has_two_grades_or_more(rule: str, grades: tuple[str, ...]) -> None:
    with pytest.raises(InvalidCount, match="no_grades"):
        counted(rule, [Paper({"A": 1})], grades=grades)


def one_by_one(profile: tuple[int, ...]) -> list[int]:
    """The published rule, word for word: note the lower median, take it away, begin again."""
    left = [grade for grade, count in enumerate(profile) for _ in range(count)]
    noted = []
    while left:
        noted.append(left.pop(len(left) // 2))
    return noted


@settings(max_examples=60)
@given(data=st.data())
def test_taking_medians_away_is_the_published_rule_and_the_shares_never_contradict_it(
    data: st.DataObject,
) -> None:
    size = data.draw(st.integers(1, 12))
    columns = {
        name: data.draw(st.lists(st.integers(1, 4), min_size=size, max_size=size))
        for name in ("A", "B", "C")
    }
    papers = [
        Paper(dict(zip(columns, marks, strict=True)))
        for marks in zip(*columns.values(), strict=True)
    ]
    grades = GRADES[:4]
    exact = counted("majority_judgment", papers, grades=grades)
    walks = {name: one_by_one(exact.profile[name]) for name in columns}
    assert [walks[group[0]] for group in exact.order] == sorted(
        {tuple(walk): walk for walk in walks.values()}.values()
    )
    by_shares = counted("majority_gauge", papers, grades=grades)
    place = {name: number for number, group in enumerate(exact.order) for name in group}
    places = [{place[name] for name in group} for group in by_shares.order]
    assert all(max(one) < min(other) for one, other in pairwise(places))


@both_rules
def test_the_ballots_of_orsay_come_out_as_published(rule: str) -> None:
    if not ORSAY.exists():
        pytest.skip("the ballots of Orsay are not beside the repository")
    grades = ElectionSettings(
        grades=("Très bien", "Bien", "Assez bien", "Passable", "Insuffisant", "À rejeter")
    )
    sheet = read_ballots(ORSAY.read_text("utf-8"), ORSAY.name, BallotForm.GRADE, grades)
    ranking = election(rule).count(sheet.papers, sheet.candidates, 559, grades)
    wanted = (
        "Bayrou Sarkozy Royal Voynet Besancenot Buffet Laguiller Bové "
        "de_Villiers Nihous Schivardi Le_Pen"
    )
    assert [group[0].replace(" ", "_") for group in ranking.order] == wanted.split()
    assert ranking.profile["Bayrou"] == (74, 175, 141, 82, 46, 41)
    shares = {
        one["candidate"]: (one["grade"], _percent(one["above"]), _percent(one["below"]))
        for one in said(ranking, "judged")
    }
    assert shares["Bayrou"] == ("Assez bien", "44.54", "30.23")
    assert shares["Sarkozy"] == ("Assez bien", "42.04", "41.68")
    assert shares["Royal"] == ("Assez bien", "34.17", "45.08")
    assert shares["Voynet"] == ("Insuffisant", "48.84", "20.75")
    assert shares["Laguiller"] == ("Insuffisant", "31.13", "42.40")
    assert shares["Bové"] == ("Insuffisant", "31.84", "42.93")
    assert shares["Le Pen"] == ("À rejeter", "23.79", "0.00")


def _percent(ballots: int | str) -> str:
    """A share of the 559 ballots in percent, with two decimals."""
    hundredths = (int(ballots) * 20000 + 559) // (2 * 559)
    return f"{hundredths // 100}.{hundredths % 100:02d}"
