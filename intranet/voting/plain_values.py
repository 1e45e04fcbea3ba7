"""The values of an election as JSON values, and back."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any

from intranet.voting.settings import (
    InvalidSettings,
    SettingProblem,
    fraction_from_text,
    fraction_to_text,
)

_FRACTIONS = ("quorum", "majority", "above_default")
_NAMES = ("grades", "tie_break")
_TEXTS = ("default_option", "unmarked")
_MAY_BE_EMPTY = ("quorum", "most_marks", "highest")


def plain(value: Any) -> Any:
    """The value as JSON has it: fractions as "2/3", groups as lists."""
    if isinstance(value, Fraction):
        return fraction_to_text(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def setting_from_value(name: str, value: Any) -> Any:
    """The value of this field of `ElectionSettings` that `plain` wrote.

    Raises InvalidSettings when it is of another kind.
    """
    if value is None and name in _MAY_BE_EMPTY:
        return None
    if name in _FRACTIONS:
        if not isinstance(value, str):
            raise InvalidSettings(SettingProblem.NOT_A_FRACTION, name)
        return fraction_from_text(value, name)
    if name in _NAMES:
        is_read = isinstance(value, list) and all(isinstance(one, str) for one in value)
        value = tuple(value) if is_read else value
    elif name in _TEXTS:
        is_read = isinstance(value, str)
    else:
        is_read = isinstance(value, int) and not isinstance(value, bool)
    if not is_read:
        raise InvalidSettings(SettingProblem.UNKNOWN_VALUE, name)
    return value
