"""More for than against, among those who took a side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.ballots import read_choice
from intranet.voting.majority import AGAINST, FOR, OPTIONS, count_majority, majority_outcome
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import (
    BallotForm,
    CastBallot,
    Choice,
    Electorate,
    Law,
    Result,
    Setting,
    TieRule,
)

_TIES = {
    TieRule.REJECTED: (Result.REJECTED, "rejected_tie"),
    TieRule.CHAIR: (Result.TIED, "tied_chair"),
    TieRule.NEW_ROUND: (Result.TIED, "tied_new_round"),
    TieRule.DRAW: (Result.TIED, "tied_draw"),
}


class SimpleMajority:
    """Adopted when more people are for than against.

    Abstentions, blank and spoiled ballots and people who did not vote are left out of the
    majority, and count for the quorum only if they take part (code de commerce, L. 225-98, as
    amended in 2019, for votes cast). As many for as against: the status quo stays, unless the
    settings leave the tie to someone.
    """

    key = "simple_majority"
    label = "Simple majority"
    ballot = BallotForm.CHOOSE
    options: tuple[str, ...] = OPTIONS
    settings: tuple[Setting, ...] = (Setting.QUORUM, Setting.TIE)
    laws = frozenset({Law.ANONYMOUS, Law.MONOTONE, Law.NEEDS_SUPPORT})
    concludes = True

    def read(self, raw: Mapping[str, str]) -> Choice:
        """The option chosen, exactly as written. Raises InvalidChoice."""
        return read_choice(raw, self.options)

    def tally(
        self, ballots: Sequence[CastBallot], electorate: Electorate, settings: Settings
    ) -> Outcome:
        """Compare the votes for and against. Raises InvalidCount."""
        own = Settings(quorum=settings.quorum, tie=settings.tie)
        majority = count_majority(ballots, electorate, own)
        votes_for, votes_against = majority.counts[FOR], majority.counts[AGAINST]
        ties: tuple[tuple[str, ...], ...] = ()
        if not majority.quorum.is_met:
            result, verdict = Result.NO_QUORUM, "no_quorum"
        elif votes_for > votes_against:
            result, verdict = Result.ADOPTED, "adopted_more_for"
        elif votes_for < votes_against:
            result, verdict = Result.REJECTED, "rejected_not_more_for"
        elif votes_for == 0:
            result, verdict = Result.REJECTED, "rejected_no_votes_cast"
        else:
            result, verdict = _TIES[settings.tie]
            ties = ((FOR, AGAINST),)
        return majority_outcome(self.key, majority, result, verdict, ties)


METHOD = SimpleMajority()
