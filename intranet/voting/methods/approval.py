"""Every candidate one can live with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.crosses import count_crosses
from intranet.voting.election import ElectionSettings, Ranking
from intranet.voting.mark_fields import read_marks
from intranet.voting.papers import Paper
from intranet.voting.types import BallotForm, Law


class Approval:
    """The candidates that the most ballots approve have the seats; a ballot approves any number.

    No number of crosses is too many or too few: one is as good as all but one. A ballot that
    approves nobody on purpose is a blank ballot, which has its own button. Shares are parts of
    the valid ballots, that is of people. As many: tied.
    Source: Brams and Fishburn, 1978.
    """

    key = "approval"
    label = "Approval"
    ballot = BallotForm.CROSSES
    settings = ("seats", "quorum", "default_option", "tie_break", "more_than_half_of")
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.MONOTONE})

    def read(
        self,
        raw: Mapping[str, str],
        candidates: Sequence[str],
        settings: ElectionSettings,  # noqa: ARG002
    ) -> Paper:
        """The candidates ticked, or a blank ballot. Raises InvalidChoice."""
        return read_marks(raw, candidates, (1,))

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
        return count_crosses(self.key, papers, candidates, registered, own, most=None)


METHOD = Approval()
