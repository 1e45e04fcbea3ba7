import json
from fractions import Fraction

import pytest

from intranet.voting.methods.qualified_majority import METHOD
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import Base, Electorate
from tests.voting.boxes import box

OUTCOME = METHOD.tally(
    box(votes_for=31, against=9, blank=2),
    Electorate(60, 44),
    Settings(base=Base.CAST, threshold=Fraction(2, 3), strict=False, quorum=Fraction(1, 2)),
)


def test_a_verdict_is_one_sentence_and_its_arithmetic() -> None:
    assert [line.code for line in OUTCOME.lines] == [
        "adopted_majority",
        "counts_votes",
        "base_cast",
        "threshold_at_least",
        "quorum_met",
    ]
    assert OUTCOME.verdict.values == {
        "votes_for": 31,
        "needed": 27,
        "base": "cast",
        "base_size": 40,
    }
    assert OUTCOME.lines[-1].values == {"taken_part": 44, "quorum_needed": 30, "registered": 60}


def test_the_stored_result_cannot_change() -> None:
    with pytest.raises(TypeError):
        OUTCOME.counts["for"] = 32  # type: ignore[index]


def test_an_unknown_result_is_not_read_back() -> None:
    stored = json.loads(json.dumps(OUTCOME.to_json()))
    with pytest.raises(ValueError, match="perhaps"):
        Outcome.from_json(stored | {"result": "perhaps"})
    del stored["needed"]
    with pytest.raises(KeyError):
        Outcome.from_json(stored)
