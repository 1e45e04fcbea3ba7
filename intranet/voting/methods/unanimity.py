"""Everybody in the base is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from intranet.voting.ballots import read_choice
from intranet.voting.majority import AGAINST, FOR, OPTIONS, count_majority, majority_outcome
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import BallotForm, CastBallot, Choice, Electorate, Law, Result, Setting


class Unanimity:
    """Adopted when every vote of the base is for, and there is at least one.

    Among votes cast, nobody may be against; who abstains, votes blank or stays away is left
    out. Among those present or represented, each of them must vote for; among the registered,
    each of them too, so one absence is enough to stop the text.
    Source: code civil, article 1836 (unless they say otherwise, statutes change only with the
    agreement of everybody; nobody's commitments grow without that person's own).
    """

    key = "unanimity"
    label = "Unanimity"
    ballot = BallotForm.CHOOSE
    options: tuple[str, ...] = OPTIONS
    settings: tuple[Setting, ...] = (Setting.BASE, Setting.QUORUM)
    laws = frozenset({Law.ANONYMOUS, Law.MONOTONE, Law.NEEDS_SUPPORT})
    concludes = True

    def read(self, raw: Mapping[str, str]) -> Choice:
        """The option chosen, exactly as written. Raises InvalidChoice."""
        return read_choice(raw, self.options)

    def tally(
        self, ballots: Sequence[CastBallot], electorate: Electorate, settings: Settings
    ) -> Outcome:
        """Look for anybody in the base who is not for. Raises InvalidCount."""
        whole = Settings(
            base=settings.base, quorum=settings.quorum, threshold=Fraction(1), strict=False
        )
        majority = count_majority(ballots, electorate, whole)
        if not majority.quorum.is_met:
            result, verdict = Result.NO_QUORUM, "no_quorum"
        elif majority.counts[FOR] == majority.counts[AGAINST] == 0:
            result, verdict = Result.REJECTED, "rejected_no_votes_cast"
        elif majority.counts[FOR] < majority.needed:
            result, verdict = Result.REJECTED, "rejected_unanimity"
        else:
            result, verdict = Result.ADOPTED, "adopted_unanimity"
        return majority_outcome(self.key, majority, result, verdict, threshold_line="threshold_all")


METHOD = Unanimity()
