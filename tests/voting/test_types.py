import pytest

from intranet.voting.types import Electorate, InvalidCount


def test_outside_a_meeting_those_who_vote_take_part() -> None:
    electorate = Electorate(10)
    assert electorate.taking_part(4) == 4
    assert electorate.asked == 10


def test_in_a_meeting_those_present_or_represented_take_part() -> None:
    electorate = Electorate(10, 6)
    assert electorate.taking_part(4) == 6
    assert electorate.asked == 6


@pytest.mark.parametrize(
    ("registered", "present", "code"),
    [
        (-1, None, "negative_electorate"),
        (3, -1, "negative_electorate"),
        (3, 4, "more_present_than_registered"),
    ],
)
def test_an_impossible_electorate_is_refused(
    registered: int, present: int | None, code: str
) -> None:
    with pytest.raises(InvalidCount) as refused:
        Electorate(registered, present)
    assert refused.value.code == code
