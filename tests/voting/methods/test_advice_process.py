import pytest

from intranet.voting.methods.advice_process import METHOD, decided
from intranet.voting.outcome import Outcome
from intranet.voting.settings import Settings
from intranet.voting.types import Choice, Electorate, InvalidChoice, Result
from tests.voting.boxes import box


@pytest.mark.parametrize("counts", [{"go_ahead": 5}, {"advise_against": 5}, {}])
def test_no_number_of_advices_adopts_or_rejects(counts: dict[str, int]) -> None:
    outcome = METHOD.tally(box(**counts), Electorate(5), Settings())
    assert (outcome.result, outcome.needed, outcome.ties) == (Result.ADVISED, 0, ())


def test_who_had_no_advice_is_not_who_gave_some_nor_who_kept_silent() -> None:
    ballots = box(go_ahead=1, change_first=2, no_advice=1, spoiled=1)
    outcome = METHOD.tally(ballots, Electorate(8), Settings())
    assert outcome.verdict.values == {"given": 3, "asked": 8}
    assert (outcome.counts["no_advice"], outcome.counts["not_voted"]) == (1, 3)


def test_advice_is_words() -> None:
    for option in ("go_ahead", "change_first", "advise_against"):
        with pytest.raises(InvalidChoice, match="advice_without_reason"):
            METHOD.read({"option": option, "reason": " - "})
    assert METHOD.read({"option": "no_advice"}) == Choice("no_advice")


def test_the_decision_of_one_person_keeps_the_numbers_and_claims_no_vote() -> None:
    advice = METHOD.tally(box(go_ahead=2, advise_against=1), Electorate(4), Settings())
    outcome = decided(advice, "Amel")
    assert (outcome.result, outcome.counts) == (Result.ADVISED, advice.counts)
    assert outcome.lines[1:] == advice.lines[1:]
    assert outcome.verdict.values == {
        "person": "Amel",
        "given": 3,
        "asked": 4,
        "go_ahead": 2,
        "change_first": 0,
        "advise_against": 1,
    }
    assert Outcome.from_json(outcome.to_json()) == outcome
