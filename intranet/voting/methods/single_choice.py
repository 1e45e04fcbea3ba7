"""One name on each ballot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.crosses import count_crosses
from intranet.voting.election import ElectionSettings, Ranking
from intranet.voting.mark_fields import read_one
from intranet.voting.papers import Paper
from intranet.voting.types import BallotForm, Law


class SingleChoice:
    """The candidates named on the most ballots have the seats; each ballot names one.

    A ballot that names several is spoiled. With `more_than_half_of` a candidate needs more than
    half of the valid ballots, of all ballots or of all registered people; if nobody has it,
    nobody is chosen and the result names those in front, for a second round. A blank ballot
    is counted apart and weighs only in the last two. As many ballots: tied, at the last seat too.
    Source: plurality, in one round, or in two as most statutes have it (the first by absolute
    majority, the second by simple majority).
    """

    key = "single_choice"
    label = "Single choice"
    ballot = BallotForm.CROSS
    settings = ("seats", "quorum", "default_option", "tie_break", "more_than_half_of")
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.MONOTONE})

    def read(
        self,
        raw: Mapping[str, str],
        candidates: Sequence[str],
        settings: ElectionSettings,  # noqa: ARG002
    ) -> Paper:
        """The candidate picked, or a blank ballot. Raises InvalidChoice."""
        return read_one(raw, candidates)

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
        )
        return count_crosses(self.key, papers, candidates, registered, own, most=1)


METHOD = SingleChoice()
