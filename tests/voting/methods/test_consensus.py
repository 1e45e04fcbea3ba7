from fractions import Fraction

import pytest

from intranet.voting.methods.consensus import METHOD
from intranet.voting.settings import Settings
from intranet.voting.types import (
    Base,
    CastBallot,
    Choice,
    Electorate,
    InvalidChoice,
    InvalidCount,
    Result,
)
from tests.voting.boxes import box


def test_agreement_and_no_block_adopts_and_keeps_the_reservations() -> None:
    outcome = METHOD.tally(box(agree=3, reservation=1, stand_aside=2), Electorate(8), Settings())
    assert (outcome.result, outcome.verdict.code) == (Result.ADOPTED, "adopted_consensus")
    assert outcome.verdict.values == {"in_favour": 4, "asked": 8}
    assert "reservations_kept" in [line.code for line in outcome.lines]


def test_one_block_stops_the_text() -> None:
    outcome = METHOD.tally(box(agree=9, block=1), Electorate(10), Settings())
    assert (outcome.result, outcome.verdict.values) == (Result.REJECTED, {"block": 1})


@pytest.mark.parametrize(("agree", "result"), [(9, Result.ADOPTED), (8, Result.REJECTED)])
def test_a_block_is_overridden_from_exactly_the_share_of_the_procedure(
    agree: int, result: Result
) -> None:
    settings = Settings(objection_override=Fraction(9, 10))
    ballots = box(agree=agree, block=10 - agree, stand_aside=4)
    outcome = METHOD.tally(ballots, Electorate(20), settings)
    assert (outcome.result, outcome.base_size, outcome.needed) == (result, 10, 9)


def test_the_override_is_a_part_of_the_base() -> None:
    settings = Settings(objection_override=Fraction(9, 10), base=Base.REGISTERED)
    outcome = METHOD.tally(box(agree=9, block=1), Electorate(12), settings)
    assert (outcome.result, outcome.needed) == (Result.REJECTED, 11)


@pytest.mark.parametrize("counts", [{"stand_aside": 3}, {"spoiled": 2}, {}])
def test_silence_and_standing_aside_are_not_agreement(counts: dict[str, int]) -> None:
    outcome = METHOD.tally(box(**counts), Electorate(3), Settings())
    assert outcome.verdict.code == "rejected_nobody_in_favour"


@pytest.mark.parametrize("reason", ["", "  ", "…"])
def test_a_block_needs_words(reason: str) -> None:
    with pytest.raises(InvalidChoice, match="block_without_reason"):
        METHOD.read({"option": "block", "reason": reason})
    assert METHOD.read({"option": "stand_aside"}).option == "stand_aside"


def test_a_lifted_block_stops_nothing_and_is_told() -> None:
    lifted = CastBallot(Choice("block", "trop tôt"), is_lifted=True)
    outcome = METHOD.tally([*box(agree=2), lifted], Electorate(3), Settings())
    assert outcome.result is Result.ADOPTED
    assert (outcome.counts["block"], outcome.counts["objection_lifted"]) == (0, 1)
    assert "objections_lifted" in [line.code for line in outcome.lines]


def test_only_a_block_can_be_lifted() -> None:
    with pytest.raises(InvalidCount):
        METHOD.tally([CastBallot(Choice("agree"), is_lifted=True)], Electorate(1), Settings())
