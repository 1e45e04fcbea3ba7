"""Where people stand before anything is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.ballots import count_options, read_choice
from intranet.voting.outcome import Outcome
from intranet.voting.recorded import recorded_outcome
from intranet.voting.settings import Settings
from intranet.voting.types import BallotForm, CastBallot, Choice, Electorate, Law, Setting

OPTIONS = ("looks_good", "unsure", "concerned")


class SenseCheck:
    """Never adopts and never rejects: it shows where people stand, so that they can go on talking.

    Three answers (it looks good, not sure yet, I am concerned), with a reason if one wants. A
    spoiled answer and not having answered are counted apart and mean nothing more. There is no
    tie, since nothing is compared.
    Source: the sense check of Loomio, and the temperature check of assemblies.
    """

    key = "sense_check"
    label = "Sense check"
    ballot = BallotForm.SENSE
    options: tuple[str, ...] = OPTIONS
    settings: tuple[Setting, ...] = ()
    laws = frozenset({Law.ANONYMOUS})
    concludes = False

    def read(self, raw: Mapping[str, str]) -> Choice:
        """The answer, exactly as written. Raises InvalidChoice."""
        return read_choice(raw, self.options)

    def tally(
        self,
        ballots: Sequence[CastBallot],
        electorate: Electorate,
        settings: Settings,  # noqa: ARG002
    ) -> Outcome:
        """Count the answers and decide nothing. Raises InvalidCount."""
        counts = count_options(ballots, OPTIONS, electorate)
        given = sum(counts[option] for option in OPTIONS)
        codes = ("advised_sense", "counts_sense", "sense_decides_nothing")
        return recorded_outcome(self.key, counts, given, electorate, codes)


METHOD = SenseCheck()
