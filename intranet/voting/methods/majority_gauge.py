"""The grade that a majority stands behind; equal ones are separated by the shares around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.election import ElectionSettings, Ranking
from intranet.voting.grades import (
    Profile,
    grade_lines,
    judged,
    profiles,
    read_grades,
    require_grades,
    require_scale,
)
from intranet.voting.lines import Line, line
from intranet.voting.opening import concluded, open_box, undecided
from intranet.voting.papers import Paper
from intranet.voting.types import BallotForm, Law


class MajorityGauge:
    """The candidates with the best majority grades have the seats.

    The majority grade is the lower median: more than half of the ballots give it or a better one.
    Between candidates with the same majority grade: one with a larger share above it than below
    comes before one without; of two such, the larger share above wins; of two others, the smaller
    share below. What these shares do not separate is tied, and shown so. Wherever they do, taking
    the medians away one by one (`majority_judgment`) gives the same order. A missing grade is the
    worst one ("to reject"). Blank ballots are counted apart.
    Source: Balinski and Laraki, "Majority Judgment", MIT Press 2011 (the majority gauge).
    """

    key = "majority_gauge"
    label = "Majority judgment (by shares)"
    ballot = BallotForm.GRADE
    settings = ("seats", "unmarked", "quorum", "default_option", "grades", "tie_break")
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.MONOTONE})

    def read(
        self, raw: Mapping[str, str], candidates: Sequence[str], settings: ElectionSettings
    ) -> Paper:
        """The grades given, or a blank ballot. Raises InvalidChoice."""
        return read_grades(raw, candidates, settings)

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """Rank by the majority grade, then by the rule of ties. Raises InvalidCount."""
        own = ElectionSettings(
            seats=settings.seats,
            quorum=settings.quorum,
            default_option=settings.default_option,
            grades=settings.grades,
            tie_break=settings.tie_break,
        )
        require_scale(settings)
        require_grades(papers, own)
        box = open_box(self.key, papers, candidates, registered, own)
        if nothing := undecided(box):
            return nothing
        found = profiles(box)
        order = _order(found)
        lines: list[Line] = [line("unmarked_is_worst", {})]
        lines += grade_lines(order, found, own)
        return concluded(box, order, lines, profile=found)


def _gauge(profile: Profile) -> tuple[int, int]:
    """The place of a candidate on the gauge; smaller is better. Every ballot grades everybody, so
    numbers of ballots compare as the shares do."""
    seen = judged(profile)
    return (seen.grade, -seen.above if seen.above > seen.below else seen.below)


def _order(found: Mapping[str, Profile]) -> list[tuple[str, ...]]:
    gauges = {name: _gauge(profile) for name, profile in found.items()}
    return [
        tuple(sorted(name for name in gauges if gauges[name] == gauge))
        for gauge in sorted(set(gauges.values()))
    ]


METHOD = MajorityGauge()
