import pytest

from intranet.voting.ballots import count_options, read_choice
from intranet.voting.types import Choice, Electorate, InvalidChoice, InvalidCount
from tests.voting.boxes import box

OPTIONS = ("for", "against", "abstain", "blank")


def test_a_choice_keeps_its_reason_without_the_spaces_around_it() -> None:
    assert read_choice({"option": "for", "reason": " at last \n"}, OPTIONS) == Choice(
        "for", "at last"
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({}, "choice_missing"),
        ({"option": ""}, "choice_missing"),
        ({"option": "yes"}, "choice_unknown"),
        ({"option": "For"}, "choice_unknown"),
        ({"option": " for"}, "choice_unknown"),
        ({"option": "spoiled"}, "choice_unknown"),
        ({"option": "not_voted"}, "choice_unknown"),
    ],
)
def test_a_form_is_never_guessed(raw: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidChoice) as refused:
        read_choice(raw, OPTIONS)
    assert refused.value.code == code


def test_blank_abstain_spoiled_and_not_voted_are_four_numbers() -> None:
    ballots = box(votes_for=1, abstain=2, blank=3, spoiled=4)
    assert count_options(ballots, OPTIONS, Electorate(15)) == {
        "for": 1,
        "against": 0,
        "abstain": 2,
        "blank": 3,
        "spoiled": 4,
        "not_voted": 5,
    }


@pytest.mark.parametrize(
    ("electorate", "code"),
    [(Electorate(2), "more_ballots_than_people"), (Electorate(9, 2), "more_ballots_than_people")],
)
def test_there_are_never_more_ballots_than_people(electorate: Electorate, code: str) -> None:
    with pytest.raises(InvalidCount) as refused:
        count_options(box(votes_for=3), OPTIONS, electorate)
    assert refused.value.code == code


def test_a_ballot_for_an_option_that_was_not_offered_is_not_counted_as_something_else() -> None:
    with pytest.raises(InvalidCount) as refused:
        count_options(box(consent=1), OPTIONS, Electorate(2))
    assert refused.value.code == "option_not_offered"
