"""Real elections come out as their official results say."""

from __future__ import annotations

import csv
import re
from fractions import Fraction

import pytest

from intranet.voting.election import ElectionSettings, Ranking, Unmarked, Verdict
from intranet.voting.files.reading import read_ballots
from intranet.voting.registry import election
from tests.shared import shared

READINGS = {
    "no comparison": Unmarked.UNCOMPARED,
    "below every ranked option": Unmarked.LAST,
}
KUBERNETES = [
    ("steering-2018", "schulze"),
    ("steering-2020", "schulze"),
    ("steering-2020", "condorcet_instant_runoff"),
    ("steering-2023", "schulze"),
]
DEBIAN = ["2013-leader", "2014-gr-004-supermajority", "2016-gr-002-rejected", "2017-leader"]
LOST = re.compile(
    r"Action: (?:Surplus transferred|Transfer defeated).*?"
    r"Nontransferable votes: ([0-9.]+)\n\tResidual: ([0-9.]+)",
    re.DOTALL,
)
STEP = re.compile(r"(Hopeful|Elected|Pending|Defeated): +([^()]+) \(([0-9.]+)\)")


def expected(name: str) -> dict[str, str]:
    """The line of this set in the table of expected results."""
    rows = shared("elections-expected.tsv").read_text(encoding="utf-8").splitlines()
    return next(row for row in csv.DictReader(rows, delimiter="\t") if row["set"].endswith(name))


def count(row: dict[str, str], method: str, **rules: object) -> Ranking:
    path = shared(row["set"]) / row["file"]
    settings = ElectionSettings(
        seats=int(row["seats"]),
        unmarked=READINGS.get(row["blank_means"], Unmarked.LAST),
        default_option=row["default_option"],
        **rules,  # type: ignore[arg-type]
    )
    by = election(method)
    sheet = read_ballots(path.read_text(encoding="utf-8"), path.name, by.ballot, settings)
    cast = sum(paper.copies for paper in sheet.papers)
    assert cast == int(row["ballots"])
    return by.count(sheet.papers, sheet.candidates, cast, settings)


def groups(written: str) -> list[set[str]]:
    return [{name.strip() for name in group.split("=")} for group in written.split(" > ")]


@pytest.mark.parametrize(("name", "method"), KUBERNETES)
def test_kubernetes_orders_everyone_as_published(name: str, method: str) -> None:
    row = expected(name)
    ranking = count(row, method)
    order = groups(row["expected_order_or_winner"])
    assert [set(group) for group in ranking.order] == order
    assert ranking.elected == tuple(group.pop() for group in order[: int(row["seats"])])


@pytest.mark.parametrize("name", ["steering-2018", "steering-2023"])
def test_the_other_reading_of_no_opinion_gives_another_order(name: str) -> None:
    row = expected(name)
    other = count({**row, "blank_means": "below every ranked option"}, "schulze")
    assert other.order != count(row, "schulze").order


def test_t20_six_ballots_full_of_ties_keep_their_tie() -> None:
    row = expected("code-of-conduct-2025")
    ranking = count(row, "schulze")
    assert [set(group) for group in ranking.order] == groups(row["expected_order_or_winner"])
    assert set(ranking.elected) == {"endocrimes", "divya-mohan0209", "stmcginnis"}
    one = count({**row, "seats": "1"}, "schulze")
    assert (one.verdict, one.elected) == (Verdict.TIED, ())
    assert set(one.tied) == {"endocrimes", "divya-mohan0209"}


def debian(name: str) -> tuple[Ranking, str]:
    row = expected(name)
    ratio = re.search(r"majority (\d+):1", row["method"])
    assert ratio
    official = (shared(row["set"]) / "results.txt").read_text(encoding="utf-8")
    quorum = re.search(r"> ([0-9]+\.[0-9]+)", official)
    assert quorum
    rules = {"majority": Fraction(int(ratio[1])), "above_default": Fraction(quorum[1])}
    return count(row, "schulze", **rules), official


@pytest.mark.parametrize("name", DEBIAN)
def test_debian_has_its_winner_and_every_official_cell(name: str) -> None:
    ranking, official = debian(name)
    winner = expected(name)["expected_order_or_winner"].removesuffix(" (rejected)")
    assert ranking.elected == ranking.order[0] == (winner,)
    options = re.findall(r'^Option \d+ "(.+)"$', official, re.MULTILINE)
    rows = re.findall(r"^Option \d+ ((?: +\d+)+) *$", official, re.MULTILINE)
    assert len(rows) == len(options) > 1
    for one, row in zip(options, rows, strict=True):
        others = [other for other in options if other != one]
        assert [ranking.pairwise[one, other] for other in others] == [int(n) for n in row.split()]


def test_debian_drops_the_text_that_more_are_against() -> None:
    ranking, official = debian("2016-gr-002-rejected")
    assert "Dropping Option 1 because of Majority" in official
    assert [(one.candidate, one.reason) for one in ranking.dropped] == [
        ("Allow declassifying parts of debian-private", "majority")
    ]
    assert ranking.verdict is Verdict.NOBODY


def test_a_majority_of_three_to_one_is_passed_by_both_options() -> None:
    ranking, _ = debian("2014-gr-004-supermajority")
    assert ranking.dropped == ()
    assert ranking.order == (("Option 1",), ("Option 2",), ("Further Discussion",))


def stages(report: str) -> list[dict[str, str]]:
    """The votes of everybody not yet out, before the first round and after each one."""
    begin, *rounds = re.split(r"^Round \d+:$", report, flags=re.MULTILINE)
    found = []
    for part in (begin, *rounds):
        actions = [one for one in part.split("Action: ") if not one.startswith("Elect remaining")]
        last = next(one for one in reversed(actions) if not one.startswith("Count Complete"))
        found.append(
            {name: votes for kind, name, votes in STEP.findall(last) if kind != "Defeated"}
        )
    return found


def test_glasgow_govan_is_counted_round_by_round_as_in_the_report() -> None:
    row = expected("elections-stv-glasgow-2007")
    ranking = count(row, "single_transferable_vote")
    report = (shared(row["set"]) / "Govan-2007-count-report.txt").read_text(encoding="utf-8")
    assert ranking.quota == "1913.00000"
    assert f"Quota: {ranking.quota}" in report
    assert ", ".join(ranking.elected) == row["expected_order_or_winner"]
    begin, *after = stages(report)
    assert len(ranking.rounds) == len(after) == 8
    assert ranking.rounds[0].scores == begin
    assert begin["Allison Hunter"] == "2694.00000"
    for one, votes in zip(ranking.rounds, after, strict=True):
        assert one.after == votes
    for one, before in zip(ranking.rounds, [begin, *after[:-1]], strict=True):
        assert one.scores == before
    left = re.findall(r"Action: Defeat low candidate: (.+)", report)
    assert [name for one in ranking.rounds for name in one.eliminated] == left
    gone = [(one.exhausted, one.lost) for one in ranking.rounds]
    assert gone == LOST.findall(report)
