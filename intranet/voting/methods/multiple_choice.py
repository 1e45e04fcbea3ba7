"""Several names on each ballot, up to a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.crosses import count_crosses
from intranet.voting.election import ElectionSettings, Ranking
from intranet.voting.mark_fields import read_marks
from intranet.voting.papers import Paper
from intranet.voting.types import BallotForm, ChoiceProblem, InvalidChoice, Law


class MultipleChoice:
    """The candidates named on the most ballots have the seats; each ballot names several at most.

    `most_marks` says how many; without it, as many as there are seats. A ballot that names more
    is spoiled; one that names fewer is valid. Shares are parts of the valid ballots, that is of
    people, so they add up to more than the whole. With `more_than_half_of`, seats for which
    nobody has that majority stay empty. Blank ballots are counted apart. As many: tied.
    Source: block voting, as the committees of most associations are elected.
    """

    key = "multiple_choice"
    label = "Multiple choice"
    ballot = BallotForm.CROSSES
    settings = (
        "seats",
        "quorum",
        "default_option",
        "most_marks",
        "tie_break",
        "more_than_half_of",
    )
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.MONOTONE})

    def read(
        self, raw: Mapping[str, str], candidates: Sequence[str], settings: ElectionSettings
    ) -> Paper:
        """The candidates ticked, or a blank ballot. Raises InvalidChoice, also for too many."""
        paper = read_marks(raw, candidates, (1,))
        if len(paper.marks) > (settings.most_marks or settings.seats):
            raise InvalidChoice(ChoiceProblem.TOO_MANY_MARKS)
        return paper

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """Count the ballots for each candidate, the most first. Raises InvalidCount."""
        own = ElectionSettings(
            seats=settings.seats,
            quorum=settings.quorum,
            default_option=settings.default_option,
            tie_break=settings.tie_break,
            more_than_half_of=settings.more_than_half_of,
            most_marks=settings.most_marks,
        )
        return count_crosses(
            self.key, papers, candidates, registered, own, most=own.most_marks or own.seats
        )


METHOD = MultipleChoice()
