"""A number of points that each ballot spreads over the candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from intranet.voting.election import ElectionSettings, Ranking
from intranet.voting.lines import line
from intranet.voting.mark_fields import read_marks
from intranet.voting.opening import open_box, undecided
from intranet.voting.papers import Paper, PaperState, spoiled
from intranet.voting.totals import by_total
from intranet.voting.types import BallotForm, ChoiceProblem, InvalidChoice, InvalidCount, Law


class DotAllocation:
    """The candidates with the most points have the seats; a ballot spreads up to `highest` points.

    A ballot may give all its points to one candidate or keep some. One that gives more than its
    points is spoiled; one that gives none is a blank ballot, which has its own button. Totals
    are points, shown beside the number of ballots that gave any, since many points may come from
    few people. As many points: tied.
    Source: cumulative voting; the dot vote of workshops.
    """

    key = "dot_allocation"
    label = "Points to share out"
    ballot = BallotForm.POINTS
    settings = ("seats", "quorum", "default_option", "highest", "tie_break")
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.MONOTONE})

    def read(
        self, raw: Mapping[str, str], candidates: Sequence[str], settings: ElectionSettings
    ) -> Paper:
        """The points given, or a blank ballot. Raises InvalidChoice, also for too many points.

        Nought is as good as an empty field. Raises InvalidCount without a number of points.
        """
        budget = _budget(settings)
        given = {name: "" if value == "0" else value for name, value in raw.items()}
        paper = read_marks(given, candidates, range(1, budget + 1))
        if sum(paper.marks.values()) > budget:
            raise InvalidChoice(ChoiceProblem.TOO_MANY_POINTS)
        return paper

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """Add the points, the most first. Raises InvalidCount."""
        budget = _budget(settings)
        own = ElectionSettings(
            seats=settings.seats,
            quorum=settings.quorum,
            default_option=settings.default_option,
            highest=budget,
            tie_break=settings.tie_break,
        )
        kept = tuple(_readable(papers, budget))
        box = open_box(self.key, kept, candidates, registered, own)
        if nothing := undecided(box):
            return nothing
        given = sum(sum(paper.marks.values()) * paper.copies for paper in box.papers)
        values = {"budget": budget, "given": given, "possible": budget * box.turnout.valid}
        return by_total(box, [line("points_shared", values)])


def _budget(settings: ElectionSettings) -> int:
    if settings.highest is None or settings.highest < 1:
        raise InvalidCount("no_points_to_share")
    return settings.highest


def _readable(papers: Iterable[Paper], budget: int) -> Iterable[Paper]:
    """Each ballot without its noughts; spoiled when it gives too much, blank when it gives none."""
    for paper in papers:
        if any(mark < 0 for mark in paper.marks.values()):
            raise InvalidCount("mark_out_of_range")
        marks = {name: mark for name, mark in paper.marks.items() if mark}
        if sum(marks.values()) > budget:
            yield spoiled(paper)
        elif paper.marks and not marks:
            yield Paper(state=PaperState.BLANK, reason=paper.reason, copies=paper.copies)
        else:
            yield Paper(marks, paper.state, paper.reason, paper.copies)


METHOD = DotAllocation()
