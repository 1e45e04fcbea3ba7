"""Everybody can live with it: a text is adopted when nobody blocks."""

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
)

AGREE = "agree"
RESERVATION = "reservation"
STAND_ASIDE = "stand_aside"
BLOCK = "block"
OBJECTION_LIFTED = "objection_lifted"
OPTIONS = (AGREE, RESERVATION, STAND_ASIDE, BLOCK)


@dataclass(frozen=True)
class _Count:
    """The positions counted, before anyone says what they mean."""

    counts: Mapping[str, int]
    quorum: Quorum
    settings: Settings
    asked: int

    @property
    def in_favour(self) -> int:
        """Those who agree, with or without a reservation."""
        return self.counts[AGREE] + self.counts[RESERVATION]

    @property
    def base_size(self) -> int:
        """Of whom the override is a part; of the votes cast, all who agree or block."""
        return {
            Base.REGISTERED: self.quorum.registered,
            Base.PRESENT_OR_REPRESENTED: self.quorum.taken_part,
            Base.CAST: self.in_favour + self.counts[BLOCK],
        }[self.settings.base]

    @property
    def needed(self) -> int:
        """One when nobody blocks or nothing overrides a block; otherwise the override's share."""
        if self.settings.objection_override is None or not self.counts[BLOCK]:
            return 1
        return votes_needed(self.settings.objection_override, False, self.base_size)

    @property
    def is_override_met(self) -> bool:
        """Whether enough people agree to adopt despite the blocks."""
        return self.settings.objection_override is not None and self.in_favour >= self.needed

    def verdict(self) -> tuple[Result, str]:
        """The result and the code of its sentence."""
        if not self.quorum.is_met:
            return Result.NO_QUORUM, "no_quorum"
        if self.counts[BLOCK] and not self.is_override_met:
            return Result.REJECTED, "rejected_blocks"
        if not self.in_favour:
            return Result.REJECTED, "rejected_nobody_in_favour"
        if self.counts[BLOCK]:
            return Result.ADOPTED, "adopted_despite_blocks"
        return Result.ADOPTED, "adopted_consensus"


class Consensus:
    """Adopted when nobody blocks and at least one person agrees.

    Agreeing, with or without a reservation, is in favour; standing aside is neither, and says "I
    will not take part in it and do not stop it"; a block stops the text until its author lifts
    it, and needs a reason; lifted, it is neither for nor against.
    Silence is never agreement: whoever must be heard is asked for by the quorum. With an
    override, enough people in favour adopt despite the blocks. A spoiled ballot counts for the
    quorum only. There is no tie.
    Source: consensus as Seeds for Change teaches it; overrides as practised by Social.coop (nine
    tenths) and Enspiral (three quarters).
    """

    key = "consensus"
    label = "Consensus"
    ballot = BallotForm.CONSENSUS
    options: tuple[str, ...] = OPTIONS
    settings: tuple[Setting, ...] = (Setting.QUORUM, Setting.OBJECTION_OVERRIDE, Setting.BASE)
    laws = frozenset({Law.ANONYMOUS, Law.MONOTONE, Law.NEEDS_SUPPORT})
    concludes = True

    def read(self, raw: Mapping[str, str]) -> Choice:
        """The position taken. Raises InvalidChoice, also for a block without a word."""
        choice = read_choice(raw, self.options)
        if choice.option == BLOCK and not any(sign.isalnum() for sign in choice.reason):
            raise InvalidChoice(ChoiceProblem.BLOCK_WITHOUT_REASON)
        return choice

    def tally(
        self, ballots: Sequence[CastBallot], electorate: Electorate, settings: Settings
    ) -> Outcome:
        """Look for blocks, and for an override of them. Raises InvalidCount."""
        if any(ballot.is_lifted and ballot.choice.option != BLOCK for ballot in ballots):
            raise InvalidCount("lifted_without_objection")
        taken_part = electorate.taking_part(len(ballots))
        lifted = sum(ballot.is_lifted for ballot in ballots)
        counts = count_options(ballots, OPTIONS, electorate)
        counts[BLOCK] -= lifted
        counted = _Count(
            counts=counts | {OBJECTION_LIFTED: lifted} if lifted else counts,
            quorum=quorum_of(settings.quorum, electorate.registered, taken_part),
            settings=settings,
            asked=electorate.asked,
        )
        result, verdict = counted.verdict()
        return Outcome(
            method=self.key,
            result=result,
            counts=counted.counts,
            registered=electorate.registered,
            base=settings.base,
            base_size=counted.base_size,
            needed=counted.needed,
            taken_part=taken_part,
            quorum_needed=counted.quorum.needed,
            quorum_met=counted.quorum.is_met,
            lines=_explain(verdict, counted),
        )


def _explain(verdict: str, counted: _Count) -> tuple[Line, ...]:
    """The verdict, the positions, then only the rules that played a part, then the quorum."""
    override = counted.settings.objection_override
    values: dict[str, int | str] = {
        **counted.counts,
        "in_favour": counted.in_favour,
        "asked": counted.asked,
        "needed": counted.needed,
        "base": counted.settings.base.value,
        "base_size": counted.base_size,
        "threshold": "" if override is None else fraction_to_text(override),
        "taken_part": counted.quorum.taken_part,
        "quorum_needed": counted.quorum.needed,
        "registered": counted.quorum.registered,
    }
    codes = [verdict, "counts_consensus"]
    if counted.counts.get(OBJECTION_LIFTED):
        codes.append("objections_lifted")
    if counted.counts[RESERVATION]:
        codes.append("reservations_kept")
    if counted.counts[BLOCK] and override is not None:
        codes.append("override_met" if counted.is_override_met else "override_missed")
    return (*(line(code, values) for code in codes), quorum_line(counted.quorum))


METHOD = Consensus()
