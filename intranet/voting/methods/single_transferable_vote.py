"""Several seats shared in proportion: what is over the quota goes on to the next choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.election import ElectionSettings, Ranking
from intranet.voting.opening import open_box, undecided
from intranet.voting.pairwise import levels
from intranet.voting.papers import Paper, PaperState, spoiled
from intranet.voting.ranking_form import read_ranks
from intranet.voting.stv_count import Count
from intranet.voting.types import BallotForm, Law


class SingleTransferableVote:
    """Seats go to who reaches the quota; surpluses and the ballots of the lowest move on.

    The rule of Scotland's council elections (Scottish Local Government Elections Order 2007,
    schedule 1, rules 45 to 52): quota of the valid ballots over the seats plus one, rounded down,
    plus one; weighted inclusive Gregory transfers cut at five decimals; the largest surplus
    first; no ballot moves to somebody elected. Ties by the most recent earlier round where they
    differ, then by the recorded draw, else the count stops.

    A ballot without one clear first choice is spoiled, and never raises the quota. Further equal
    ranks end a ballot; a gap between ranks does not. Candidates without any vote leave together.
    The promise of proportion holds to what the five decimals lose: below ten thousand ballots.
    """

    key = "single_transferable_vote"
    label = "Single transferable vote"
    ballot = BallotForm.RANK
    settings = ("seats", "unmarked", "quorum", "tie_break")
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.MAJORITY, Law.PROPORTIONAL})

    def read(
        self, raw: Mapping[str, str], candidates: Sequence[str], settings: ElectionSettings
    ) -> Paper:
        """The ranking of the form, each rank once. Raises InvalidChoice."""
        return read_ranks(raw, candidates, settings, equal_ranks=False)

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """Elect, transfer, eliminate, until the seats are filled. Raises InvalidCount."""
        own = ElectionSettings(
            seats=settings.seats,
            unmarked=settings.unmarked,
            quorum=settings.quorum,
            tie_break=settings.tie_break,
        )
        clear = [one if _has_first_choice(one) else spoiled(one) for one in papers]
        box = open_box(self.key, clear, candidates, registered, own)
        return undecided(box) or Count(box, levels(box.papers)).run()


def _has_first_choice(paper: Paper) -> bool:
    """Whether one candidate alone has the best rank, on a ballot that says something."""
    ranks = sorted(paper.marks.values())
    return paper.state is not PaperState.VALID or ranks[:1] != ranks[1:2]


METHOD = SingleTransferableVote()
