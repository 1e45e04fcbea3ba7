from intranet.voting.methods.sense_check import METHOD
from intranet.voting.settings import Settings
from intranet.voting.types import Electorate, Result
from tests.voting.boxes import box


def test_a_sense_check_shows_where_people_stand_and_decides_nothing() -> None:
    outcome = METHOD.tally(box(looks_good=6, concerned=1, spoiled=1), Electorate(9), Settings())
    assert outcome.result is Result.ADVISED
    assert outcome.verdict.values == {"given": 7, "asked": 9}
    assert (outcome.counts["unsure"], outcome.counts["not_voted"]) == (0, 1)
    assert (outcome.needed, outcome.quorum_met) == (0, True)


def test_the_answers_need_no_reason() -> None:
    assert [METHOD.read({"option": option}).option for option in METHOD.options] == [
        "looks_good",
        "unsure",
        "concerned",
    ]
