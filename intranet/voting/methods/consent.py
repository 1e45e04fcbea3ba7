"""Nobody says no: a text is adopted when no reasoned objection remains."""

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
    InvalidCount,
    Law,
    Result,
    Setting,
    Silence,
)

CONSENT = "consent"
RESERVATION = "reservation"
STAND_ASIDE = "stand_aside"
OBJECTION = "objection"
OBJECTION_LIFTED = "objection_lifted"
OPTIONS = (CONSENT, RESERVATION, STAND_ASIDE, OBJECTION)

_SILENCE_LINES = {
    Silence.NOTHING: "silence_not_counted",
    Silence.ADOPTED: "silence_counts_in_favour",
    Silence.REJECTED: "silence_counts_against",
}


@dataclass(frozen=True)
class _Round:
    """A round of consent, counted."""

    counts: Mapping[str, int]
    quorum: Quorum
    settings: Settings
    asked: int
    silent: int

    @property
    def silent_against(self) -> int:
        """How many silent people the settings count as opposed."""
        return self.silent if self.settings.silence is Silence.REJECTED else 0

    @property
    def in_favour(self) -> int:
        """Consents, reservations, and silences if the settings count them so."""
        silent = self.silent if self.settings.silence is Silence.ADOPTED else 0
        return self.counts[CONSENT] + self.counts[RESERVATION] + silent

    @property
    def opposed(self) -> int:
        """Open objections, and silences if the settings count them so."""
        return self.counts[OBJECTION] + self.silent_against

    @property
    def base_size(self) -> int:
        """A silence that counts is counted in every base, or a share could exceed the whole."""
        if self.settings.base is Base.REGISTERED:
            return self.quorum.registered
        if self.settings.base is Base.CAST:
            return self.in_favour + self.opposed
        if self.settings.silence is Silence.NOTHING:
            return self.quorum.taken_part
        return self.asked

    @property
    def needed(self) -> int:
        """One in favour when nobody is opposed; the override's share when somebody is."""
        if self.settings.objection_override is None or not self.opposed:
            return 1
        return votes_needed(self.settings.objection_override, False, self.base_size)

    @property
    def is_override_met(self) -> bool:
        """Whether enough people are in favour to adopt despite what is open."""
        return self.settings.objection_override is not None and self.in_favour >= self.needed

    def verdict(self) -> tuple[Result, str]:
        """The result and the code of its sentence."""
        if not self.quorum.is_met:
            return Result.NO_QUORUM, "no_quorum"
        if not self.opposed and not self.in_favour:
            return Result.REJECTED, "rejected_nobody_in_favour"
        if not self.opposed:
            return Result.ADOPTED, "adopted_consent"
        if self.is_override_met:
            return Result.ADOPTED, "adopted_despite_objections"
        if self.counts[OBJECTION]:
            return Result.REJECTED, "rejected_objections"
        return Result.REJECTED, "rejected_silence"


class Consent:
    """Adopted when nobody is opposed any more and at least one person is in favour.

    A consent or a reservation is in favour; standing aside is neither; an objection blocks until
    its author lifts it, and needs a reason. A lifted objection stays in the record and is
    neither for nor against. A silent person was asked and gave no position; the settings say
    what that means. With an override, enough people in favour adopt despite what is open.
    Source: the round of consent of sociocracy; overrides as practised by Enspiral, Social.coop.
    """

    key = "consent"
    label = "Consent"
    ballot = BallotForm.CONSENT
    options: tuple[str, ...] = OPTIONS
    settings: tuple[Setting, ...] = (
        Setting.QUORUM,
        Setting.SILENCE,
        Setting.OBJECTION_OVERRIDE,
        Setting.BASE,
    )
    laws = frozenset({Law.ANONYMOUS, Law.MONOTONE})
    concludes = True

    def read(self, raw: Mapping[str, str]) -> Choice:
        """The position taken. Raises InvalidChoice, also for an objection without a word."""
        choice = read_choice(raw, self.options)
        if choice.option == OBJECTION and not any(sign.isalnum() for sign in choice.reason):
            raise InvalidChoice(ChoiceProblem.OBJECTION_WITHOUT_REASON)
        return choice

    def tally(
        self, ballots: Sequence[CastBallot], electorate: Electorate, settings: Settings
    ) -> Outcome:
        """Look for what is still open. Raises InvalidCount."""
        counted = _count(ballots, electorate, settings)
        result, verdict = counted.verdict()
        return Outcome(
            method=self.key,
            result=result,
            counts=counted.counts,
            registered=electorate.registered,
            base=settings.base,
            base_size=counted.base_size,
            needed=counted.needed,
            taken_part=counted.quorum.taken_part,
            quorum_needed=counted.quorum.needed,
            quorum_met=counted.quorum.is_met,
            lines=_explain(verdict, counted),
        )


def _count(ballots: Sequence[CastBallot], electorate: Electorate, settings: Settings) -> _Round:
    if any(ballot.is_lifted and ballot.choice.option != OBJECTION for ballot in ballots):
        raise InvalidCount("lifted_without_objection")
    counts = count_options(ballots, OPTIONS, electorate)
    lifted = sum(ballot.is_lifted for ballot in ballots)
    counts[OBJECTION] -= lifted
    taken_part = electorate.taking_part(len(ballots))
    return _Round(
        counts=counts | {OBJECTION_LIFTED: lifted},
        quorum=quorum_of(settings.quorum, electorate.registered, taken_part),
        settings=settings,
        asked=electorate.asked,
        silent=electorate.asked - len(ballots),
    )


def _explain(verdict: str, counted: _Round) -> tuple[Line, ...]:
    """The verdict, the positions, then only the rules that played a part, then the quorum."""
    override = counted.settings.objection_override
    values: dict[str, int | str] = {
        **counted.counts,
        "in_favour": counted.in_favour,
        "asked": counted.asked,
        "silent": counted.silent,
        "silent_against": counted.silent_against,
        "needed": counted.needed,
        "base": counted.settings.base.value,
        "base_size": counted.base_size,
        "threshold": "" if override is None else fraction_to_text(override),
        "taken_part": counted.quorum.taken_part,
        "quorum_needed": counted.quorum.needed,
        "registered": counted.quorum.registered,
    }
    codes = [verdict, "counts_positions"]
    if counted.silent:
        codes.append(_SILENCE_LINES[counted.settings.silence])
    if counted.counts[OBJECTION_LIFTED]:
        codes.append("objections_lifted")
    if counted.counts[RESERVATION]:
        codes.append("reservations_kept")
    if counted.opposed and override is not None:
        codes.append("override_met" if counted.is_override_met else "override_missed")
    return (*(line(code, values) for code in codes), quorum_line(counted.quorum))


METHOD = Consent()
