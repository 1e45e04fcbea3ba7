from fractions import Fraction

import pytest

from intranet.voting.election import ElectionSettings, Unmarked
from intranet.voting.settings import InvalidSettings
from intranet.voting.types import InvalidCount


def test_settings_survive_json() -> None:
    settings = ElectionSettings(
        seats=3,
        unmarked=Unmarked.REJECT,
        quorum=Fraction(1, 2),
        default_option="None of these",
        majority=Fraction(3),
        above_default=Fraction(943, 20),
        grades=("Good", "Bad"),
        most_marks=2,
        highest=5,
        tie_break=("B", "A"),
    )
    written = settings.to_json()
    assert written["above_default"] == "943/20"
    assert ElectionSettings.from_json(written) == settings


def test_a_field_left_out_keeps_its_default() -> None:
    assert ElectionSettings.from_json({"seats": 2}) == ElectionSettings(seats=2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weight", 2),
        ("seats", "2"),
        ("seats", True),
        ("seats", None),
        ("unmarked", "zero"),
        ("unmarked", 1),
        ("quorum", 0.5),
        ("majority", None),
        ("grades", "Good"),
        ("tie_break", [1]),
        ("default_option", None),
    ],
)
def test_another_kind_of_value_is_refused(name: str, value: object) -> None:
    with pytest.raises(InvalidSettings) as refused:
        ElectionSettings.from_json({name: value})
    assert refused.value.setting == name


@pytest.mark.parametrize(
    "values", [{"seats": 0}, {"majority": "1/2"}, {"quorum": "2/1"}, {"quorum": "0/1"}]
)
def test_a_number_that_makes_no_sense_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(InvalidCount):
        ElectionSettings.from_json(values)
