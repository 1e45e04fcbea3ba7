"""One person decides, after asking those concerned and those who know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from intranet.voting.ballots import count_options, read_choice
from intranet.voting.lines import line
from intranet.voting.outcome import Outcome
from intranet.voting.recorded import recorded_outcome
from intranet.voting.settings import Settings
from intranet.voting.types import (
    BallotForm,
    CastBallot,
    Choice,
    ChoiceProblem,
    Electorate,
    InvalidChoice,
    Law,
    Setting,
)

NO_ADVICE = "no_advice"
OPTIONS = ("go_ahead", "change_first", "advise_against", NO_ADVICE)


class AdviceProcess:
    """Never adopts and never rejects: advice is recorded, and the named person decides.

    Whoever gives advice says it in words. "I have no advice" says that one was asked and has
    nothing to add; it is not silence, which is counted apart, as are spoiled answers. However
    many advise against, the decision stays with the named person, who answers for it.
    Source: the advice process of AES (Dennis Bakke), described by Frederic Laloux; practised so
    by Enspiral.
    """

    key = "advice_process"
    label = "Advice process"
    ballot = BallotForm.ADVICE
    options: tuple[str, ...] = OPTIONS
    settings: tuple[Setting, ...] = ()
    laws = frozenset({Law.ANONYMOUS})
    concludes = False

    def read(self, raw: Mapping[str, str]) -> Choice:
        """The advice given. Raises InvalidChoice, also for advice without a word."""
        choice = read_choice(raw, self.options)
        if choice.option != NO_ADVICE and not any(sign.isalnum() for sign in choice.reason):
            raise InvalidChoice(ChoiceProblem.ADVICE_WITHOUT_REASON)
        return choice

    def tally(
        self,
        ballots: Sequence[CastBallot],
        electorate: Electorate,
        settings: Settings,  # noqa: ARG002
    ) -> Outcome:
        """Count the advice and decide nothing. Raises InvalidCount."""
        counts = count_options(ballots, OPTIONS, electorate)
        given = sum(counts[option] for option in OPTIONS if option != NO_ADVICE)
        codes = ("advised_advice", "counts_advice", "advice_decides_nothing")
        return recorded_outcome(self.key, counts, given, electorate, codes)


def decided(advice: Outcome, person: str) -> Outcome:
    """The outcome that enters the register once the named person went ahead: the same numbers,
    under a sentence that says who decided. It is still advice, and claims no vote."""
    asked = advice.verdict.values
    verdict = line("advised_decided", {**advice.counts, **asked, "person": person})
    return replace(advice, lines=(verdict, *advice.lines[1:]))


METHOD = AdviceProcess()
