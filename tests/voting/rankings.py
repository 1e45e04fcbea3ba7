"""Ballots among candidates for tests, written as "3 Ann > Bob = Cy"."""

from __future__ import annotations

from fractions import Fraction

from intranet.voting.election import ElectionSettings, Ranking
from intranet.voting.papers import Paper, PaperState
from intranet.voting.registry import election

BLANK = Paper(state=PaperState.BLANK)
SPOILED = Paper(state=PaperState.SPOILED)


def ranked(*written: str) -> list[Paper]:
    """So many ballots, each with its order: "3 Ann > Bob = Cy" leaves out everybody else."""
    papers = []
    for one in written:
        copies, _, order = one.partition(" ")
        marks = {
            name.strip(): rank
            for rank, group in enumerate(order.split(">"), 1)
            for name in group.split("=")
        }
        papers.append(Paper(marks, copies=int(copies)))
    return papers


def names_of(papers: list[Paper]) -> list[str]:
    """Every candidate on some ballot, by name."""
    return sorted({name for paper in papers for name in paper.marks})


def counted(
    method: str,
    papers: list[Paper],
    candidates: list[str] | None = None,
    registered: int | None = None,
    **settings: object,
) -> Ranking:
    """The ranking by this method; the roll is who gave a ballot unless it is said."""
    cast = sum(paper.copies for paper in papers)
    return election(method).count(
        papers,
        names_of(papers) if candidates is None else candidates,
        cast if registered is None else registered,
        ElectionSettings(**settings),  # type: ignore[arg-type]
    )


def said(ranking: Ranking, code: str) -> list[dict[str, int | str]]:
    """The values of each line with this code."""
    return [dict(line.values) for line in ranking.lines if line.code == code]


HALF = Fraction(1, 2)
TENNESSEE = ranked(
    "42 Memphis > Nashville > Chattanooga > Knoxville",
    "26 Nashville > Chattanooga > Knoxville > Memphis",
    "15 Chattanooga > Knoxville > Nashville > Memphis",
    "17 Knoxville > Chattanooga > Nashville > Memphis",
)
"""Where should the capital be? Everybody prefers the nearest town: the textbook example."""

FORTY_FIVE = ranked(
    "5 A > C > B > E > D",
    "5 A > D > E > C > B",
    "8 B > E > D > A > C",
    "3 C > A > B > E > D",
    "7 C > A > E > B > D",
    "2 C > B > A > D > E",
    "7 D > C > E > B > A",
    "8 E > B > A > D > C",
)
"""The example of Schulze's own paper."""

CYCLE = ranked("1 A > B > C", "1 B > C > A", "1 C > A > B")
