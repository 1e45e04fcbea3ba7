"""A fraction of a base that the statutes name: two thirds, three quarters, absolute majority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.ballots import read_choice
from intranet.voting.majority import OPTIONS, count_majority, outcome_by_threshold
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import BallotForm, CastBallot, Choice, Electorate, Law, Setting


class QualifiedMajority:
    """Adopted when the votes for reach the threshold in the base of the settings.

    Among all registered people, whoever abstains, votes blank or stays away weighs as much as
    a vote against; among those present or represented, whoever abstains or votes blank does;
    among votes cast, only the votes against do. An absolute majority is more than one half of
    all registered (code de commerce, L. 223-29, counted by person in a cooperative).
    "At least one half" with as many for as against leaves the status quo.
    """

    key = "qualified_majority"
    label = "Qualified majority"
    ballot = BallotForm.CHOOSE
    options: tuple[str, ...] = OPTIONS
    settings: tuple[Setting, ...] = (
        Setting.BASE,
        Setting.THRESHOLD,
        Setting.STRICT,
        Setting.QUORUM,
        Setting.BLANK_COUNTS,
    )
    laws = frozenset({Law.ANONYMOUS, Law.MONOTONE, Law.NEEDS_SUPPORT})
    concludes = True

    def read(self, raw: Mapping[str, str]) -> Choice:
        """The option chosen, exactly as written. Raises InvalidChoice."""
        return read_choice(raw, self.options)

    def tally(
        self, ballots: Sequence[CastBallot], electorate: Electorate, settings: Settings
    ) -> Outcome:
        """Compare the votes for with the number needed in the base. Raises InvalidCount."""
        return outcome_by_threshold(self.key, count_majority(ballots, electorate, settings))


METHOD = QualifiedMajority()
