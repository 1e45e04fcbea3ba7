"""A score for each candidate, added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.election import ElectionSettings, Ranking, Unmarked
from intranet.voting.lines import line
from intranet.voting.mark_fields import read_marks
from intranet.voting.opening import open_box, undecided
from intranet.voting.papers import Paper
from intranet.voting.totals import by_total
from intranet.voting.types import BallotForm, ChoiceProblem, InvalidChoice, InvalidCount, Law


class Score:
    """The candidates with the largest totals have the seats; each score goes from 0 to `highest`.

    A candidate without a score has 0 (`last`), or spoils the ballot (`reject`), as the vote says
    beforehand; "no opinion" cannot be added up and is refused as a rule. A total is a number of
    points, shown beside the number of ballots that gave any. Blank ballots are counted apart.
    As many points: tied.
    Source: score voting (range voting), by total.
    """

    key = "score"
    label = "Score"
    ballot = BallotForm.SCORE
    settings = ("seats", "unmarked", "quorum", "default_option", "highest", "tie_break")
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.MONOTONE})

    def read(
        self, raw: Mapping[str, str], candidates: Sequence[str], settings: ElectionSettings
    ) -> Paper:
        """The scores given, or a blank ballot. Raises InvalidChoice; InvalidCount without a top."""
        paper = read_marks(raw, candidates, range(_highest(settings) + 1))
        is_incomplete = paper.marks and len(paper.marks) < len(candidates)
        if settings.unmarked is Unmarked.REJECT and is_incomplete:
            raise InvalidChoice(ChoiceProblem.INCOMPLETE)
        return paper

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """Add the scores, the largest total first. Raises InvalidCount."""
        own = ElectionSettings(
            seats=settings.seats,
            unmarked=settings.unmarked,
            quorum=settings.quorum,
            default_option=settings.default_option,
            highest=_highest(settings),
            tie_break=settings.tie_break,
        )
        if own.unmarked is Unmarked.UNCOMPARED:
            raise InvalidCount("unmarked_cannot_be_left_out")
        highest = _highest(own)
        if any(not 0 <= mark <= highest for paper in papers for mark in paper.marks.values()):
            raise InvalidCount("mark_out_of_range")
        box = open_box(self.key, papers, candidates, registered, own)
        if nothing := undecided(box):
            return nothing
        rule = "unmarked_is_zero" if own.unmarked is Unmarked.LAST else "unmarked_reject"
        most = {"highest": highest, "possible": highest * box.turnout.valid}
        return by_total(box, [line(rule, {}), line("scores_rule", most)])


def _highest(settings: ElectionSettings) -> int:
    if settings.highest is None or settings.highest < 1:
        raise InvalidCount("no_highest_score")
    return settings.highest


METHOD = Score()
