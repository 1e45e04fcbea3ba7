"""Eight steps from wholehearted support to blocking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intranet.voting.ballots import count_options, read_choice
from intranet.voting.lines import Line, line
from intranet.voting.outcome import Outcome
from intranet.voting.quorum import Quorum, quorum_line, quorum_of, votes_needed
from intranet.voting.settings import Settings, fraction_to_text
from intranet.voting.types import (
    BallotForm,
    Base,
    CastBallot,
    Choice,
    ChoiceProblem,
    Electorate,
    InvalidChoice,
    Law,
    Result,
    Setting,
)

SUPPORT = ("endorse", "endorse_minor", "support_with_reservation")
NEITHER = ("abstain", "stand_aside")
OPPOSED = ("disagree_but_follow", "disagree_not_involved", "block")
OPTIONS = (*SUPPORT, *NEITHER, *OPPOSED)
LOWEST = OPTIONS[-2:]


@dataclass(frozen=True)
class _Steps:
    """The eight steps counted, before anyone says what they mean."""

    counts: Mapping[str, int]
    quorum: Quorum
    settings: Settings

    def on(self, steps: Sequence[str]) -> int:
        """How many people stand on these steps."""
        return sum(self.counts[step] for step in steps)

    @property
    def base_size(self) -> int:
        """Of whom the support is a part; of the votes cast, those who support or oppose."""
        return {
            Base.REGISTERED: self.quorum.registered,
            Base.PRESENT_OR_REPRESENTED: self.quorum.taken_part,
            Base.CAST: self.on(SUPPORT) + self.on(OPPOSED),
        }[self.settings.base]

    @property
    def needed(self) -> int:
        """The smallest support that reaches the share of the procedure."""
        return votes_needed(self.settings.threshold, self.settings.strict, self.base_size)

    def verdict(self) -> tuple[Result, str]:
        """The result and the code of its sentence."""
        support = self.on(SUPPORT)
        if not self.quorum.is_met:
            return Result.NO_QUORUM, "no_quorum"
        if self.settings.lowest_block and self.on(LOWEST):
            return Result.REJECTED, "rejected_lowest_steps"
        if not support:
            return Result.REJECTED, "rejected_nobody_in_favour"
        if support < self.needed:
            return Result.REJECTED, "rejected_support"
        if support <= self.on(OPPOSED):
            return Result.REJECTED, "rejected_support_not_more"
        return Result.ADOPTED, "adopted_support"


class GradientsOfAgreement:
    """Adopted when enough people stand on the three steps of support, and more than oppose it.

    Steps one to three support the text (fully, with a minor concern, with reservations); four
    and five are neither (abstain, stand aside); six to eight oppose it (disagree but follow the
    majority, disagree and do not want to be involved, block). The procedure says which share of
    which base the support must reach, and whether the two lowest steps stop the text. As many
    opposed as in support leaves things as they are. A spoiled ballot counts for the quorum only;
    not having voted counts for nothing, except in a base of all registered people.
    Source: the gradients of agreement of Sam Kaner and others (Community at Work, 1987), in the
    Facilitator's Guide to Participatory Decision-Making.
    """

    key = "gradients_of_agreement"
    label = "Gradients of agreement"
    ballot = BallotForm.GRADIENTS
    options: tuple[str, ...] = OPTIONS
    settings: tuple[Setting, ...] = (
        Setting.BASE,
        Setting.THRESHOLD,
        Setting.STRICT,
        Setting.QUORUM,
        Setting.LOWEST_BLOCK,
    )
    laws = frozenset({Law.ANONYMOUS, Law.MONOTONE, Law.NEEDS_SUPPORT})
    concludes = True

    def read(self, raw: Mapping[str, str]) -> Choice:
        """The step chosen. Raises InvalidChoice, also for a block without a word."""
        choice = read_choice(raw, self.options)
        if choice.option == "block" and not any(sign.isalnum() for sign in choice.reason):
            raise InvalidChoice(ChoiceProblem.BLOCK_WITHOUT_REASON)
        return choice

    def tally(
        self, ballots: Sequence[CastBallot], electorate: Electorate, settings: Settings
    ) -> Outcome:
        """Compare the support with the number needed in the base. Raises InvalidCount."""
        taken_part = electorate.taking_part(len(ballots))
        steps = _Steps(
            counts=count_options(ballots, OPTIONS, electorate),
            quorum=quorum_of(settings.quorum, electorate.registered, taken_part),
            settings=settings,
        )
        result, verdict = steps.verdict()
        return Outcome(
            method=self.key,
            result=result,
            counts=steps.counts,
            registered=electorate.registered,
            base=settings.base,
            base_size=steps.base_size,
            needed=steps.needed,
            taken_part=taken_part,
            quorum_needed=steps.quorum.needed,
            quorum_met=steps.quorum.is_met,
            lines=_explain(verdict, steps),
        )


def _explain(verdict: str, steps: _Steps) -> tuple[Line, ...]:
    """The verdict, the steps, what they add up to, the base, the share, the quorum."""
    settings = steps.settings
    values: dict[str, int | str] = {
        **steps.counts,
        "support": steps.on(SUPPORT),
        "neither": steps.on(NEITHER),
        "opposed": steps.on(OPPOSED),
        "lowest": steps.on(LOWEST),
        "registered": steps.quorum.registered,
        "present_or_represented": steps.quorum.taken_part,
        "taken_part": steps.quorum.taken_part,
        "quorum_needed": steps.quorum.needed,
        "base": settings.base.value,
        "base_size": steps.base_size,
        "needed": steps.needed,
        "threshold": fraction_to_text(settings.threshold),
    }
    codes = (
        verdict,
        "counts_steps",
        "steps_added_up",
        "base_steps_cast" if settings.base is Base.CAST else f"base_{settings.base.value}",
        "threshold_more_than" if settings.strict else "threshold_at_least",
        "lowest_steps_stop" if settings.lowest_block else "lowest_steps_do_not_stop",
    )
    return (*(line(code, values) for code in codes), quorum_line(steps.quorum))


METHOD = GradientsOfAgreement()
