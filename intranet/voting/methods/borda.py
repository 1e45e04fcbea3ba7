"""Points by rank: one for each candidate placed below, half of one for each placed equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from intranet.voting.election import ElectionSettings, Ranking, Round, Unmarked
from intranet.voting.lines import Line, line
from intranet.voting.opening import concluded, exact_text, open_box, undecided
from intranet.voting.pairwise import Levels, levels
from intranet.voting.papers import Paper
from intranet.voting.ranking_form import read_ranks
from intranet.voting.seats import grouped, names
from intranet.voting.types import BallotForm, Law


class Borda:
    """A ballot gives each candidate one point for each candidate it places below them.

    So the first of n candidates gets n - 1 points and the last none. Candidates with equal ranks
    share the points of the places they take in equal parts, which is half a point for each other
    one of them. Unmarked as last: the unmarked share the last places. Uncompared: they get
    nothing and nobody gets points for them, so a ballot that ranks fewer gives fewer points.
    Source: Borda, 1781; ties averaged as in Kendall's ranks.
    """

    key = "borda"
    label = "Points by rank (Borda)"
    ballot = BallotForm.RANK
    settings = ("seats", "unmarked", "quorum", "tie_break")
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.MONOTONE})

    def read(
        self, raw: Mapping[str, str], candidates: Sequence[str], settings: ElectionSettings
    ) -> Paper:
        """The ranking of the form; equal ranks are allowed. Raises InvalidChoice."""
        return read_ranks(raw, candidates, settings)

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """Add the points, the most first. Raises InvalidCount."""
        own = ElectionSettings(
            seats=settings.seats,
            unmarked=settings.unmarked,
            quorum=settings.quorum,
            tie_break=settings.tie_break,
        )
        box = open_box(self.key, papers, candidates, registered, own)
        if nothing := undecided(box):
            return nothing
        halves = _half_points(levels(box.papers), box.candidates, own.unmarked)
        order = grouped(halves)
        points = {name: exact_text(Fraction(halves[name], 2)) for group in order for name in group}
        lines: list[Line] = [
            line(f"unmarked_{own.unmarked.value}", {}),
            line("points_rule", {"most": len(box.candidates) - 1}),
        ]
        place = 1
        for group in order:
            score = points[group[0]]
            lines.append(line("points", {"place": place, "names": names(group), "score": score}))
            place += len(group)
        rounds = (Round(1, points, note="points"),)
        return concluded(box, order, lines, rounds=rounds)


def _half_points(
    box: Mapping[Levels, int], candidates: Sequence[str], unmarked: Unmarked
) -> dict[str, int]:
    """Twice the points of each candidate, so that they stay whole."""
    halves = dict.fromkeys(candidates, 0)
    for ranking, copies in box.items():
        groups = list(ranking)
        if unmarked is Unmarked.LAST:
            marked = {candidate for group in ranking for candidate in group}
            groups.append(tuple(one for one in candidates if one not in marked))
        below = 0
        for group in reversed(groups):
            for candidate in group:
                halves[candidate] += copies * (2 * below + len(group) - 1)
            below += len(group)
    return halves


METHOD = Borda()
