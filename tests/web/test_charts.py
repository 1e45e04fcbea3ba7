"""The drawings of a result: what they say is what the tables beside them say."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from intranet.voting.election import Ranking
from intranet.web import charts
from intranet.web.charts import Pair, percent
from tests.conftest import Shared
from tests.voting.rankings import BLANK, CYCLE, TENNESSEE, Paper, counted, ranked

GRADES = ("Très bien", "Bien", "Passable", "À rejeter")
ALL_FORMS = (
    "single_choice",
    "approval",
    "score",
    "dot_allocation",
    "borda",
    "schulze",
    "instant_runoff",
    "condorcet_instant_runoff",
    "single_transferable_vote",
    "majority_judgment",
    "majority_gauge",
)
SETTINGS: dict[str, dict[str, object]] = {
    "score": {"highest": 10},
    "dot_allocation": {"highest": 10},
    "majority_judgment": {"grades": GRADES},
    "majority_gauge": {"grades": GRADES},
}


def crossed(*written: str) -> list[Paper]:
    """So many ballots, each with its marks: "3 Four=7 Vélo=3"."""
    papers = []
    for one in written:
        copies, *marks = one.split()
        told = (mark.split("=") for mark in marks)
        papers.append(Paper({name: int(mark) for name, mark in told}, copies=int(copies)))
    return papers


@pytest.fixture
def page(sqlite_application: Shared) -> Iterator[Flask]:
    """A page in English, which needs no database."""
    app = sqlite_application.app
    with app.test_request_context(), force_locale("en"):
        yield app


def drawn(app: Flask, ranking: Ranking, grades: tuple[str, ...] = ()) -> str:
    """The result as a page shows it."""
    macros = app.jinja_env.get_template("polls/_ranking.html").module
    return html.unescape(str(macros.ranked_outcome(ranking, grades, True)))  # type: ignore[attr-defined]


def chart(page: str) -> str:
    """The drawing of a page."""
    found = re.search(r'<svg class="chart".*?</svg>', page, re.DOTALL)
    assert found
    return found[0]


def widths(svg: str, kind: str) -> list[str]:
    """How long each shape of a kind is."""
    return re.findall(rf'<rect class="{kind}[^"]*"[^>]* width="([^"]+)"', svg)


def rows(table: str) -> list[list[str]]:
    """The cells of each line of a table, as text."""
    found = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found]
    return [[re.sub(r"<[^>]*>", "", cell).strip() for cell in row] for row in cells]


def tables(page: str) -> list[str]:
    return re.findall(r"<table.*?</table>", page, re.DOTALL)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_length_is_the_part_cut_to_two_decimals_and_never_more_than_the_whole(
    part: int, whole: int
) -> None:
    said = percent(part, whole)
    assert re.fullmatch(r"\d{1,3}(\.\d\d)?%", said)
    told = Fraction(said.rstrip("%")) / 100
    exact = min(Fraction(1), Fraction(part, whole)) if whole else Fraction(0)
    assert told <= exact < told + Fraction(1, 10000) or told == exact


def test_each_bar_is_as_long_as_its_part_of_the_ballots_and_says_the_number_of_the_table(
    page: Flask,
) -> None:
    papers = [*crossed("3 Four=1 Vélo=1", "1 Vélo=1", "4 Tour=1"), BLANK]
    ranking = counted("approval", papers, ["Four", "Tour", "Vélo"])
    shown = drawn(page, ranking)
    svg = chart(shown)
    assert "<desc>Tour 4, Vélo 4, Four 3</desc>" in svg
    assert widths(svg, "chart__bar") == ["50.00%", "50.00%", "37.50%"]
    assert svg.count("chart__bar--tied") == 2
    told = [["Tour — tied", "4"], ["Vélo — tied", "4"], ["Four", "3"]]
    assert rows(tables(shown)[0]) == told
    assert [f"{name}</text>" in svg for name, _number in told] == [True] * 3


def test_points_are_measured_against_the_most_points(page: Flask) -> None:
    papers = crossed("2 Four=10 Vélo=5", "1 Four=0 Vélo=2")
    bars = charts.result_bars(counted("score", papers, highest=10))
    assert [(bar.name, bar.said, bar.length) for bar in bars] == [
        ("Four", "20", "100.00%"),
        ("Vélo", "12", "60.00%"),
    ]


def test_a_long_name_is_cut_in_the_drawing_and_whole_in_the_table(page: Flask) -> None:
    long = "Une option dont le nom est plus long que l’écran d’un téléphone"
    shown = drawn(page, counted("approval", [Paper({long: 1})], [long, "Four"]))
    assert f"{long[: charts.LONGEST - 1]}… — chosen</text>" in shown
    assert rows(tables(shown)[0])[0] == [f"{long} — chosen", "1"]


def test_a_merit_profile_fills_its_line_and_its_middle_is_the_majority_grade(page: Flask) -> None:
    papers = crossed("1 Four=4 Vélo=3", "1 Four=4 Vélo=2", "1 Four=1 Vélo=3")
    ranking = counted("majority_judgment", papers, grades=GRADES)
    profiles = {one.bar.name: one for one in charts.result_profiles(ranking, GRADES)}
    four = [(part.grade, part.start, part.length, part.count) for part in profiles["Four"].parts]
    assert four == [
        ("Très bien", "0%", "66.66%", 2),
        ("Bien", "66.66%", "0%", 0),
        ("Passable", "66.66%", "0%", 0),
        ("À rejeter", "66.66%", "33.33%", 1),
    ]
    assert {name: one.median for name, one in profiles.items()} == {
        "Four": "Très bien",
        "Vélo": "Bien",
    }
    shown = drawn(page, ranking, GRADES)
    told = [
        ["Four — chosen", "Très bien", "2", "0", "0", "1"],
        ["Vélo", "Bien", "0", "2", "1", "0"],
    ]
    assert rows(tables(shown)[0]) == told
    svg = chart(shown)
    assert widths(svg, "chart__part") == ["66.66%", "33.33%", "66.66%", "33.33%"]


def test_with_as_many_better_as_worse_grades_the_middle_is_the_lower_one(page: Flask) -> None:
    papers = crossed("1 Four=4 Vélo=4", "1 Four=1 Vélo=3")
    ranking = counted("majority_judgment", papers, grades=GRADES)
    medians = {one.bar.name: one.median for one in charts.result_profiles(ranking, GRADES)}
    assert medians == {"Four": "À rejeter", "Vélo": "Bien"}
    judged = {
        str(line.values["candidate"]): line.values["grade"]
        for line in ranking.lines[1:]
        if line.code == "judged"
    }
    assert judged == medians, "the drawing and the arithmetic name the same grade"


def test_each_round_tells_what_each_option_had_and_what_went_to_nobody(page: Flask) -> None:
    papers = ranked("4 Four > Vélo", "3 Vélo > Four", "2 Tour")
    ranking = counted("instant_runoff", papers)
    steps = charts.result_steps(ranking)
    assert (steps[0].number, steps[0].eliminated) == (1, ("Tour",))
    first = {bar.name: (bar.said, bar.length) for bar in steps[0].bars}
    assert first == {"Four": ("4", "44.44%"), "Vélo": ("3", "33.33%"), "Tour": ("2", "22.22%")}
    shown = drawn(page, ranking)
    for step, table in zip(steps, tables(shown), strict=False):
        told = [[bar.name, bar.said] for bar in step.bars]
        assert rows(table) == told + (
            [["No further choice", step.exhausted]] * (step.exhausted != "0")
        )
    assert "No further choice" in shown
    assert "leaves: Tour" in shown


def test_the_matrix_holds_both_sides_of_each_comparison(page: Flask) -> None:
    ranking = counted("schulze", TENNESSEE)
    pairs = charts.result_pairs(ranking)
    names = [name for name, _row in pairs]
    assert names == ["Nashville", "Chattanooga", "Knoxville", "Memphis"]
    for line, (name, row) in enumerate(pairs):
        assert row[line] is None
        for other, pair in zip(names, row, strict=True):
            if pair:
                assert pair.votes_for == ranking.pairwise[name, other]
                assert pair.votes_for + pair.votes_against == 100
    shown = drawn(page, ranking)
    matrix = next(table for table in tables(shown) if "matrix__table" in table)
    assert rows(matrix)[0] == ["Nashville", "—", "68 ✓wins", "68 ✓wins", "58 ✓wins"]
    assert rows(matrix)[3] == ["Memphis", "42", "42", "42", "—"]


def test_a_comparison_says_who_is_preferred_by_its_numbers_alone() -> None:
    assert [Pair(3, 2).sign, Pair(2, 3).sign, Pair(2, 2).sign] == ["win", "loss", "tie"]


def test_tied_options_share_their_place_and_none_is_called_chosen(page: Flask) -> None:
    ranking = counted("schulze", CYCLE)
    assert charts.places(ranking) == [(1, ("A", "B", "C"))]
    shown = drawn(page, ranking)
    assert "places__chosen" not in shown
    assert "A, B, C — tied" in shown


@pytest.mark.parametrize("method", ALL_FORMS)
@pytest.mark.parametrize("papers", [[], [BLANK]], ids=["no ballot", "a blank one"])
def test_without_a_single_mark_there_is_a_page_and_no_length(
    page: Flask, method: str, papers: list[Paper]
) -> None:
    settings = SETTINGS.get(method, {})
    ranking = counted(method, papers, ["Four", "Vélo"], registered=3, **settings)
    shown = drawn(page, ranking, GRADES if "grades" in settings else ())
    assert "Nothing is chosen: no ballot says anything." in shown
    assert set(widths(shown, "chart__bar") + widths(shown, "chart__part")) <= {"0%"}
    assert rows(tables(shown)[-1])[-2:] == [
        ["Did not vote", str(3 - len(papers))],
        ["On the roll", "3"],
    ]
