"""More than half of a base that the statutes name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.ballots import read_choice
from intranet.voting.majority import OPTIONS, count_majority, outcome_by_threshold
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import BallotForm, CastBallot, Choice, Electorate, Law, Setting


class AbsoluteMajority:
    """Adopted when the votes for are more than half of the base.

    Among all registered people, half of them for is not enough, and whoever abstains, votes
    blank or stays away weighs as much as a vote against (code de commerce, L. 223-29, counted by
    person in a cooperative). Among those present or represented, whoever abstains or votes
    blank does. Among votes cast, only the votes against do.
    """

    key = "absolute_majority"
    label = "Absolute majority"
    ballot = BallotForm.CHOOSE
    options: tuple[str, ...] = OPTIONS
    settings: tuple[Setting, ...] = (Setting.BASE, Setting.QUORUM, Setting.BLANK_COUNTS)
    laws = frozenset({Law.ANONYMOUS, Law.MONOTONE, Law.NEEDS_SUPPORT})
    concludes = True

    def read(self, raw: Mapping[str, str]) -> Choice:
        """The option chosen, exactly as written. Raises InvalidChoice."""
        return read_choice(raw, self.options)

    def tally(
        self, ballots: Sequence[CastBallot], electorate: Electorate, settings: Settings
    ) -> Outcome:
        """Compare the votes for with half of the base. Raises InvalidCount."""
        own = Settings(
            base=settings.base, quorum=settings.quorum, blank_counts=settings.blank_counts
        )
        return outcome_by_threshold(self.key, count_majority(ballots, electorate, own))


METHOD = AbsoluteMajority()
