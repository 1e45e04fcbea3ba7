"""The part of a procedure that changes a count. Frozen into each poll when it opens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from intranet.voting.types import Base, Setting, Silence, TieRule

_HALF = Fraction(1, 2)
_FRACTION = re.compile(r"([0-9]{1,9})(?:/([0-9]{1,9}))?")
_Rule = TypeVar("_Rule", bound=StrEnum)


class SettingProblem(StrEnum):
    """Why a setting is refused. The web layer gives each one its words."""

    NOT_A_FRACTION = "not_a_fraction"
    OUT_OF_RANGE = "out_of_range"
    BELOW_HALF = "below_half"
    UNREACHABLE = "unreachable"
    UNKNOWN_VALUE = "unknown_value"
    UNKNOWN_SETTING = "unknown_setting"


class InvalidSettings(ValueError):
    """A setting makes no sense; `code` says why and `setting` names it."""

    def __init__(self, code: SettingProblem, setting: str) -> None:
        super().__init__(f"{setting}: {code.value}")
        self.code = code
        self.setting = setting


@dataclass(frozen=True)
class Settings:
    """How to count. The defaults are a simple majority of the votes cast, without quorum.

    base: of whom the threshold is a part.
    threshold, strict: "more than" this part when strict, "at least" otherwise. From one half
        up to all, since under one half both sides could reach it.
    quorum: the part of the registered that must take part, or None.
    tie: who settles as many for as against.
    silence: what giving no position means in a round of consent.
    objection_override: the part in favour from which a text is adopted despite open objections;
        more than one half, or None when an objection always blocks.
    blank_counts: whether a blank ballot is a vote cast. Read only with the base of votes cast.
    lowest_block: whether the two lowest steps of the gradients of agreement stop a text.

    Raises InvalidSettings.
    """

    base: Base = Base.CAST
    threshold: Fraction = _HALF
    strict: bool = True
    quorum: Fraction | None = None
    tie: TieRule = TieRule.REJECTED
    silence: Silence = Silence.NOTHING
    objection_override: Fraction | None = None
    blank_counts: bool = False
    lowest_block: bool = False

    def __post_init__(self) -> None:
        _require_kind(self.base, Base, Setting.BASE)
        _require_kind(self.tie, TieRule, Setting.TIE)
        _require_kind(self.silence, Silence, Setting.SILENCE)
        _require_kind(self.strict, bool, Setting.STRICT)
        _require_kind(self.blank_counts, bool, Setting.BLANK_COUNTS)
        _require_kind(self.lowest_block, bool, Setting.LOWEST_BLOCK)
        _require_share(self.threshold, Setting.THRESHOLD)
        if self.threshold < _HALF:
            raise InvalidSettings(SettingProblem.BELOW_HALF, Setting.THRESHOLD)
        if self.threshold == 1 and self.strict:
            raise InvalidSettings(SettingProblem.UNREACHABLE, Setting.THRESHOLD)
        if self.quorum is not None:
            _require_share(self.quorum, Setting.QUORUM)
        if self.objection_override is not None:
            _require_share(self.objection_override, Setting.OBJECTION_OVERRIDE)
            if self.objection_override <= _HALF:
                raise InvalidSettings(SettingProblem.BELOW_HALF, Setting.OBJECTION_OVERRIDE)

    def to_json(self) -> dict[str, str | bool | None]:
        """The settings as JSON values, every field named, fractions as "2/3"."""
        return {field.name: _to_value(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> Settings:
        """The settings that `to_json` wrote. A field left out keeps its default.

        Raises InvalidSettings on an unknown field or value.
        """
        given: dict[str, object] = {}
        for name, value in values.items():
            if name not in _READERS:
                raise InvalidSettings(SettingProblem.UNKNOWN_SETTING, name)
            given[name] = _READERS[name](value, name)
        return cls(**given)  # type: ignore[arg-type]


def fraction_from_text(text: str, setting: str) -> Fraction:
    """Read "2/3" or "1". A percentage or a decimal is refused: it would not be exact.

    Raises InvalidSettings naming the setting.
    """
    match = _FRACTION.fullmatch(text)
    if match is None or int(match[2] or 1) == 0:
        raise InvalidSettings(SettingProblem.NOT_A_FRACTION, setting)
    return Fraction(int(match[1]), int(match[2] or 1))


def fraction_to_text(fraction: Fraction) -> str:
    """The fraction as "2/3", always with its denominator."""
    return f"{fraction.numerator}/{fraction.denominator}"


def _require_kind(value: object, kind: type, setting: Setting) -> None:
    if not isinstance(value, kind):
        raise InvalidSettings(SettingProblem.UNKNOWN_VALUE, setting)


def _require_share(value: object, setting: Setting) -> None:
    """A share of something lies above nothing and goes up to the whole."""
    if not isinstance(value, Fraction):
        raise InvalidSettings(SettingProblem.NOT_A_FRACTION, setting)
    if not 0 < value <= 1:
        raise InvalidSettings(SettingProblem.OUT_OF_RANGE, setting)


def _to_value(value: Fraction | StrEnum | bool | None) -> str | bool | None:
    if isinstance(value, Fraction):
        return fraction_to_text(value)
    return value.value if isinstance(value, StrEnum) else value


def _read_rule(kind: type[_Rule], value: object, name: str) -> _Rule:
    for rule in kind:
        if rule.value == value:
            return rule
    raise InvalidSettings(SettingProblem.UNKNOWN_VALUE, name)


def _read_bool(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidSettings(SettingProblem.UNKNOWN_VALUE, name)
    return value


def _read_fraction(value: object, name: str) -> Fraction:
    if not isinstance(value, str):
        raise InvalidSettings(SettingProblem.NOT_A_FRACTION, name)
    return fraction_from_text(value, name)


def _read_optional_fraction(value: object, name: str) -> Fraction | None:
    return None if value is None else _read_fraction(value, name)


_READERS = {
    Setting.BASE.value: lambda value, name: _read_rule(Base, value, name),
    Setting.THRESHOLD.value: _read_fraction,
    Setting.STRICT.value: _read_bool,
    Setting.QUORUM.value: _read_optional_fraction,
    Setting.TIE.value: lambda value, name: _read_rule(TieRule, value, name),
    Setting.SILENCE.value: lambda value, name: _read_rule(Silence, value, name),
    Setting.OBJECTION_OVERRIDE.value: _read_optional_fraction,
    Setting.BLANK_COUNTS.value: _read_bool,
    Setting.LOWEST_BLOCK.value: _read_bool,
}
