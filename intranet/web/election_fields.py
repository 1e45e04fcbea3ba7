"""The fields of a procedure's form that say how options are chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction

from intranet.voting import registry
from intranet.voting.election import ElectionSettings, Unmarked
from intranet.voting.opening import exact_text
from intranet.voting.settings import Settings
from intranet.voting.types import Base

ELECTION_FIELDS = (
    "unmarked",
    "grades",
    "most_marks",
    "highest",
    "more_than_half_of",
    "default_option",
    "majority",
    "above_default",
)
NUMBERS = ("most_marks", "highest")
_WHOLE = re.compile(r"[0-9]{1,6}")
_RATIO = re.compile(r"([0-9]{1,3})\s*(?:[:/]\s*([0-9]{1,3}))?")


def offered() -> list[str]:
    """The keys of the methods that a procedure may choose options with."""
    return [one.key for one in registry.offered_elections()]


def typed_election(settings: ElectionSettings | None) -> dict[str, str]:
    """The settings as the fields of the form show them."""
    settings = settings or ElectionSettings()
    return {
        "unmarked": settings.unmarked.value,
        "grades": "\n".join(settings.grades),
        "most_marks": str(settings.most_marks or ""),
        "highest": str(settings.highest or ""),
        "more_than_half_of": (settings.more_than_half_of or ""),
        "default_option": settings.default_option,
        "majority": ratio_text(settings.majority) if settings.majority != 1 else "",
        "above_default": exact_text(settings.above_default) if settings.above_default else "",
    }


def election_of(
    values: Mapping[str, str], quorum: Fraction | None, errors: dict[str, str]
) -> ElectionSettings | None:
    """How options are chosen, or None with what means nothing added to the errors by field.

    A field that was left out keeps its default.
    """
    typed = typed_election(None) | {name: values[name].strip() for name in ELECTION_FIELDS}
    typed["unmarked"] = typed["unmarked"] or Unmarked.LAST.value
    for name in NUMBERS:
        if typed[name] and not (_WHOLE.fullmatch(typed[name]) and int(typed[name])):
            errors[name] = "number_unclear"
    if typed["unmarked"] not in list(Unmarked):
        errors["unmarked"] = "setting_unknown_value"
    if typed["more_than_half_of"] not in ("", *Base):
        errors["more_than_half_of"] = "setting_unknown_value"
    majority_to_one = _ratio(typed["majority"], errors)
    above_default = typed["above_default"]
    if above_default and not _WHOLE.fullmatch(above_default):
        errors["above_default"] = "number_unclear"
    if errors:
        return None
    majority = typed["more_than_half_of"]
    return ElectionSettings(
        unmarked=Unmarked(typed["unmarked"]),
        quorum=quorum,
        grades=tuple(filter(None, (" ".join(g.split()) for g in typed["grades"].splitlines()))),
        most_marks=int(typed["most_marks"]) if typed["most_marks"] else None,
        highest=int(typed["highest"]) if typed["highest"] else None,
        more_than_half_of=Base(majority) if majority else None,
        default_option=" ".join(typed["default_option"].split()),
        majority=majority_to_one,
        above_default=Fraction(int(above_default or 0)),
    )


def ratio_text(ratio: Fraction) -> str:
    """A majority as it is said: "3:1"."""
    return f"{ratio.numerator}:{ratio.denominator}"


def _ratio(typed: str, errors: dict[str, str]) -> Fraction:
    """The majority that was typed, one to one when nothing was; else an error is added."""
    match = _RATIO.fullmatch(typed or "1:1")
    over, under = (int(match[1]), int(match[2] or 1)) if match else (0, 1)
    if not under or over < under:
        errors["majority"] = "ratio_unclear"
        return Fraction(1)
    return Fraction(over, under)


def told_in_vain(values: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """The fields of the other sort of vote that say something: nothing would count with them."""
    if values["method"] not in offered():
        usual = typed_election(None)
        given = {name: values[name].strip() for name in ELECTION_FIELDS}
        told = [name for name, value in given.items() if value not in ("", usual[name])]
        return dict.fromkeys(told, "setting_unused")
    plain = Settings(quorum=settings.quorum)
    told = [
        one.name for one in fields(plain) if getattr(plain, one.name) != getattr(settings, one.name)
    ]
    return dict.fromkeys(told, "setting_unused")
