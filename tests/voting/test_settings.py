from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given

from intranet.voting.settings import InvalidSettings, Settings, fraction_from_text
from intranet.voting.types import Base, Setting, Silence, TieRule
from tests.voting.strategies import SETTINGS


@given(SETTINGS)
def test_settings_survive_json(settings: Settings) -> None:
    assert Settings.from_json(settings.to_json()) == settings


def test_fractions_are_written_as_fractions() -> None:
    stored = Settings(base=Base.REGISTERED, threshold=Fraction(2, 3), quorum=Fraction(1)).to_json()
    assert stored == {
        "base": "registered",
        "threshold": "2/3",
        "strict": True,
        "quorum": "1/1",
        "tie": "rejected",
        "silence": "nothing",
        "objection_override": None,
        "blank_counts": False,
        "lowest_block": False,
    }


def test_every_field_has_a_name_among_the_settings() -> None:
    assert [field.name for field in fields(Settings)] == [name.value for name in Setting]


def test_a_setting_left_out_keeps_its_default() -> None:
    assert Settings.from_json({"tie": "chair"}) == Settings(tie=TieRule.CHAIR)


@pytest.mark.parametrize(
    ("given_values", "code", "setting"),
    [
        ({"threshold": Fraction(1, 3)}, "below_half", "threshold"),
        ({"threshold": Fraction(1)}, "unreachable", "threshold"),
        ({"threshold": Fraction(3, 2)}, "out_of_range", "threshold"),
        ({"threshold": 0.5}, "not_a_fraction", "threshold"),
        ({"threshold": 1}, "not_a_fraction", "threshold"),
        ({"quorum": Fraction(0)}, "out_of_range", "quorum"),
        ({"quorum": Fraction(-1, 2)}, "out_of_range", "quorum"),
        ({"quorum": 50}, "not_a_fraction", "quorum"),
        ({"objection_override": Fraction(1, 2)}, "below_half", "objection_override"),
        ({"objection_override": Fraction(9, 8)}, "out_of_range", "objection_override"),
        ({"base": "cast"}, "unknown_value", "base"),
        ({"tie": None}, "unknown_value", "tie"),
        ({"silence": "adopted"}, "unknown_value", "silence"),
        ({"strict": 1}, "unknown_value", "strict"),
        ({"blank_counts": None}, "unknown_value", "blank_counts"),
        ({"lowest_block": "yes"}, "unknown_value", "lowest_block"),
    ],
)
def test_a_setting_without_sense_is_refused(
    given_values: dict[str, object], code: str, setting: str
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        Settings(**given_values)  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.setting) == (code, setting)


def test_at_least_all_is_unanimity_and_can_be_reached() -> None:
    assert Settings(threshold=Fraction(1), strict=False).threshold == 1


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ({"treshold": "2/3"}, "unknown_setting"),
        ({"threshold": "66.67"}, "not_a_fraction"),
        ({"threshold": "2/0"}, "not_a_fraction"),
        ({"threshold": 1}, "not_a_fraction"),
        ({"threshold": None}, "not_a_fraction"),
        ({"base": "expressed"}, "unknown_value"),
        ({"base": None}, "unknown_value"),
        ({"silence": Silence}, "unknown_value"),
        ({"strict": "yes"}, "unknown_value"),
    ],
)
def test_stored_settings_are_never_guessed(stored: dict[str, object], code: str) -> None:
    with pytest.raises(InvalidSettings) as refused:
        Settings.from_json(stored)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["", "50%", "0,5", "0.5", "-1/2", " 1/2", "1/2/3", "½", "٢/٣"])
def test_only_plain_fractions_are_read(text: str) -> None:
    with pytest.raises(InvalidSettings):
        fraction_from_text(text, "quorum")


def test_a_fraction_is_read_exactly() -> None:
    assert fraction_from_text("2/3", "quorum") == Fraction(2, 3)
    assert fraction_from_text("1", "quorum") == 1
