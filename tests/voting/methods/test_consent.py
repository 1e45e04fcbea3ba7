from fractions import Fraction

import pytest

from intranet.voting.methods.consent import METHOD
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import (
    Base,
    CastBallot,
    Choice,
    Electorate,
    InvalidChoice,
    InvalidCount,
    Result,
    Silence,
)
from tests.voting.boxes import box


def codes(outcome: Outcome) -> list[str]:
    return [line.code for line in outcome.lines]


def test_five_consents_and_a_lifted_objection_adopts_and_keeps_the_objection() -> None:
    outcome = METHOD.tally(box(consent=5, objection_lifted=1), Electorate(6), Settings())
    assert outcome.result is Result.ADOPTED
    assert outcome.counts["objection_lifted"] == 1
    assert outcome.counts["objection"] == 0
    assert "objections_lifted" in codes(outcome)


@pytest.mark.parametrize(
    ("silence", "result", "said"),
    [
        (Silence.ADOPTED, Result.ADOPTED, "silence_counts_in_favour"),
        (Silence.NOTHING, Result.ADOPTED, "silence_not_counted"),
        (Silence.REJECTED, Result.REJECTED, "silence_counts_against"),
    ],
)
def test_four_consents_and_two_silent_follows_the_rule_of_silence_and_says_it(
    silence: Silence, result: Result, said: str
) -> None:
    outcome = METHOD.tally(box(consent=4), Electorate(6), Settings(silence=silence))
    assert outcome.result is result
    assert said in codes(outcome)


def test_when_everyone_must_answer_two_silent_people_are_missing() -> None:
    outcome = METHOD.tally(box(consent=4), Electorate(6), Settings(quorum=Fraction(1)))
    assert outcome.result is Result.NO_QUORUM
    assert outcome.lines[-1].values["missing"] == 2


def test_silence_alone_adopts_when_the_rule_says_so() -> None:
    outcome = METHOD.tally([], Electorate(6), Settings(silence=Silence.ADOPTED))
    assert outcome.result is Result.ADOPTED
    assert outcome.verdict.values == {"in_favour": 6, "asked": 6}


def test_silence_never_makes_a_quorum() -> None:
    settings = Settings(silence=Silence.ADOPTED, quorum=Fraction(1, 2))
    outcome = METHOD.tally(box(consent=2), Electorate(6), settings)
    assert outcome.result is Result.NO_QUORUM


def test_someone_absent_from_the_meeting_is_not_silent() -> None:
    rejected = Settings(silence=Silence.REJECTED)
    outcome = METHOD.tally(box(consent=4), Electorate(6, 4), rejected)
    assert outcome.result is Result.ADOPTED
    assert outcome.counts["not_voted"] == 2


def test_one_open_objection_blocks() -> None:
    outcome = METHOD.tally(box(consent=5, objection=1), Electorate(6), Settings())
    assert (outcome.result, outcome.verdict.code) == (Result.REJECTED, "rejected_objections")
    assert outcome.verdict.values == {"objection": 1}


def test_a_reservation_is_kept_and_does_not_block() -> None:
    outcome = METHOD.tally(box(reservation=1), Electorate(2), Settings())
    assert outcome.result is Result.ADOPTED
    assert "reservations_kept" in codes(outcome)


@pytest.mark.parametrize("counts", [{"stand_aside": 3}, {"objection_lifted": 1}, {"spoiled": 2}])
def test_nothing_is_adopted_when_nobody_is_in_favour(counts: dict[str, int]) -> None:
    outcome = METHOD.tally(box(**counts), Electorate(3), Settings())
    assert outcome.verdict.code == "rejected_nobody_in_favour"


@pytest.mark.parametrize(
    ("consents", "result", "said"),
    [(9, Result.ADOPTED, "override_met"), (8, Result.REJECTED, "override_missed")],
)
def test_an_objection_is_overridden_from_exactly_the_share_of_the_rule(
    consents: int, result: Result, said: str
) -> None:
    settings = Settings(objection_override=Fraction(9, 10))
    ballots = box(consent=consents, objection=10 - consents, stand_aside=3)
    outcome = METHOD.tally(ballots, Electorate(20), settings)
    assert (outcome.result, outcome.base_size, outcome.needed) == (result, 10, 9)
    assert said in codes(outcome)


def test_the_override_is_a_part_of_the_base() -> None:
    ballots = box(consent=9, objection=1)
    everyone = Settings(objection_override=Fraction(9, 10), base=Base.REGISTERED)
    outcome = METHOD.tally(ballots, Electorate(12), everyone)
    assert (outcome.result, outcome.base_size, outcome.needed) == (Result.REJECTED, 12, 11)


def test_silence_against_is_overridden_like_an_objection() -> None:
    settings = Settings(silence=Silence.REJECTED, objection_override=Fraction(3, 4))
    outcome = METHOD.tally(box(consent=3), Electorate(4), settings)
    assert outcome.verdict.code == "adopted_despite_objections"
    assert outcome.verdict.values == {"in_favour": 3, "objection": 0, "silent_against": 1}
    assert (outcome.base_size, outcome.needed) == (4, 3)


def test_silence_that_blocks_alone_is_named_in_the_verdict() -> None:
    outcome = METHOD.tally(box(consent=4), Electorate(6), Settings(silence=Silence.REJECTED))
    assert outcome.verdict.code == "rejected_silence"
    assert outcome.verdict.values == {"silent": 2}


@pytest.mark.parametrize("base", Base)
@pytest.mark.parametrize("silence", Silence)
def test_those_in_favour_are_never_more_than_the_base(base: Base, silence: Silence) -> None:
    settings = Settings(base=base, silence=silence, objection_override=Fraction(1))
    outcome = METHOD.tally(box(consent=1, objection=1), Electorate(10), settings)
    override = next(line for line in outcome.lines if line.code.startswith("override"))
    assert 1 <= override.values["in_favour"] < override.values["base_size"]
    assert outcome.result is Result.REJECTED


@pytest.mark.parametrize("reason", ["", "   ", "...", "—", "\u200b"])
def test_an_objection_needs_words(reason: str) -> None:
    with pytest.raises(InvalidChoice) as refused:
        METHOD.read({"option": "objection", "reason": reason})
    assert refused.value.code == "objection_without_reason"


def test_an_objection_with_words_is_read() -> None:
    choice = METHOD.read({"option": "objection", "reason": " Nous n’avons pas le budget. "})
    assert choice == Choice("objection", "Nous n’avons pas le budget.")


@pytest.mark.parametrize("option", ["consent", "reservation", "stand_aside"])
def test_other_positions_need_no_reason(option: str) -> None:
    assert METHOD.read({"option": option}) == Choice(option)


def test_only_an_objection_can_be_lifted() -> None:
    with pytest.raises(InvalidCount) as refused:
        METHOD.tally([CastBallot(Choice("consent"), is_lifted=True)], Electorate(1), Settings())
    assert refused.value.code == "lifted_without_objection"
