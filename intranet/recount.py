"""Counting an election again from a file: the options of `intranet count`, and its ballots."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import click

from intranet.voting.election import Dropped, ElectionSettings, Ranking, Unmarked
from intranet.voting.files.exported import ElectionBox
from intranet.voting.files.reading import read_ballots
from intranet.voting.files.sheet import Sheet
from intranet.voting.lines import line
from intranet.voting.registry import all_elections, all_methods, election, unused_election_settings
from intranet.voting.seats import names
from intranet.voting.types import BallotForm, Base, InvalidCount

SHORT_NAMES = {
    "av": "instant_runoff",
    "condorcet": "schulze",
    "condorcet_irv": "condorcet_instant_runoff",
    "condorcet_schulze": "schulze",
    "irv": "instant_runoff",
    "mj": "majority_judgment",
    "scottish_stv": "single_transferable_vote",
    "stv": "single_transferable_vote",
}
ELECTION_OPTIONS = {
    "seats": "seats",
    "blank": "unmarked",
    "quorum": "quorum",
    "default_option": "default_option",
    "majority": "majority",
    "tie_break": "tie_break",
    "grades": "grades",
    "most_marks": "most_marks",
    "highest": "highest",
    "more_than_half_of": "more_than_half_of",
    "seed": "seed",
}
"""The options of the command that are rules of an election, and the settings they fill."""

_RATIO = re.compile(r"([0-9]{1,9})(?::([0-9]{1,9}))?")
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,20})?")
_SHARE = re.compile(r"[0-9]{1,9}/[0-9]{1,9}")


def method_key(name: str) -> str:
    """The key of a method that may be written with dashes or by its short name.

    Raises UsageError for an unknown one.
    """
    key = name.strip().casefold().replace("-", "_")
    known = [*(one.key for one in all_methods()), *(one.key for one in all_elections())]
    key = SHORT_NAMES.get(key, key)
    if key not in known:
        short = [short for short, full in SHORT_NAMES.items() if full in known]
        offered = ", ".join((*known, *short)).replace("_", "-")
        raise click.UsageError(f"no method is called {name} (methods: {offered}).")
    return key


def election_settings(key: str, given: Mapping[str, Any]) -> ElectionSettings:
    """The settings in the options given. Raises UsageError naming the option."""
    default = given.get("default_option", "")
    values: dict[str, Any] = {"default_option": default}
    for name in given.keys() & {"seats", "most_marks", "highest"}:
        values[name] = given[name]
    for name in given.keys() & {"tie_break", "grades"}:
        values[name] = _listed(given[name], name)
    if "seed" in given:
        values["seed"] = given["seed"]
    if "more_than_half_of" in given:
        values["more_than_half_of"] = Base(given["more_than_half_of"])
    if "blank" in given:
        values["unmarked"] = Unmarked(given["blank"])
    if "majority" in given:
        values["majority"] = _ratio(given["majority"], default)
    if "quorum" in given:
        values |= _quorum(given["quorum"], default, "registered" in given)
    try:
        settings = ElectionSettings(**values)
    except InvalidCount as error:
        raise click.UsageError(f"{error.code.replace('_', ' ')}.") from error
    options = {setting: option for option, setting in ELECTION_OPTIONS.items()}
    options["above_default"] = "quorum"
    unused = [options[name].replace("_", "-") for name in unused_election_settings(key, settings)]
    if unused:
        raise click.UsageError(f"{key} does not use --{', --'.join(unused)}.")
    return settings


def _listed(text: str, option: str) -> tuple[str, ...]:
    found = tuple(name.strip() for name in next(csv.reader([text], skipinitialspace=True), []))
    if not all(found) or len(set(found)) < len(found):
        raise click.UsageError(f"--{option.replace('_', '-')}: an empty name, or one twice.")
    return found


def _ratio(text: str, default: str) -> Fraction:
    match = _RATIO.fullmatch(text.strip())
    if not match or int(match[2] or 1) == 0:
        raise click.UsageError("--majority: write it as 3:1.")
    if not default:
        raise click.UsageError("--majority is against an option: say which, --default-option.")
    ratio = Fraction(int(match[1]), int(match[2] or 1))
    if ratio < 1:
        raise click.UsageError("--majority: at least 1:1.")
    return ratio


def _quorum(text: str, default: str, has_roll: bool) -> dict[str, Fraction]:
    """A fraction of the people on the roll, or a number of ballots above the default option."""
    if _NUMBER.fullmatch(text.strip()) and default:
        return {"above_default": Fraction(text.strip().replace(",", "."))}
    if not _SHARE.fullmatch(text.strip()) or text.strip().endswith("/0"):
        raise click.UsageError(
            "--quorum: a fraction as 1/2, or with --default-option a number of ballots as 47.15."
        )
    if not has_roll:
        raise click.UsageError("--quorum is a part of the people on the roll: say --registered.")
    return {"quorum": Fraction(text.strip())}


def count_file(
    text: str, name: str, key: str, given: Mapping[str, Any], registered: int | None
) -> Ranking:
    """Read the file and count it; without `registered`, the roll is who gave a ballot.

    Raises UnreadableBox, InvalidCount, and UsageError when the options do not settle the count.
    """
    settings = election_settings(key, given)
    if election(key).ballot is BallotForm.NONE and not settings.seed:
        raise InvalidCount("no_seed")
    sheet = read_ballots(text, name, election(key).ballot, settings)
    settings = _with_seats(settings, sheet, key, "seats" in given)
    settings = _with_grades(settings, sheet, key)
    _require_known(settings, sheet)
    ballots = sum(paper.copies for paper in sheet.papers)
    roll = ballots if registered is None else registered
    box = ElectionBox(key, settings, roll, sheet.candidates, sheet.papers)
    counted = box.counted()
    has_readings = "unmarked" in election(key).settings and not settings.grades
    if "blank" not in given and has_readings:
        _require_one_reading(box, counted)
    return _with_withdrawn(counted, sheet.withdrawn)


def _with_seats(
    settings: ElectionSettings, sheet: Sheet, key: str, is_given: bool
) -> ElectionSettings:
    """The seats of the file, unless the command says another number."""
    if sheet.seats is None or is_given:
        return settings
    if sheet.seats < 1:
        raise click.UsageError("the file says that there is no seat: say --seats.")
    if sheet.seats > 1 and "seats" not in election(key).settings:
        raise click.UsageError(f"the file has {sheet.seats} seats and {key} fills one: --seats 1.")
    return replace(settings, seats=sheet.seats)


def _with_grades(settings: ElectionSettings, sheet: Sheet, key: str) -> ElectionSettings:
    """Grades without words are called by their numbers, from the best one given down to 1."""
    if settings.grades or "grades" not in election(key).settings:
        return settings
    best = max((mark for paper in sheet.papers for mark in paper.marks.values()), default=1)
    return replace(settings, grades=tuple(str(grade) for grade in range(max(best, 2), 0, -1)))


def _require_known(settings: ElectionSettings, sheet: Sheet) -> None:
    for option, wanted in (
        ("default-option", (settings.default_option,) if settings.default_option else ()),
        ("tie-break", settings.tie_break),
    ):
        for name in wanted:
            if name not in sheet.candidates:
                offered = ", ".join(sheet.candidates)
                raise click.UsageError(f"--{option}: “{name}” is no candidate of {offered}.")


def _require_one_reading(box: ElectionBox, counted: Ranking) -> None:
    """Refuse to choose in silence what no mark means when the result depends on it."""
    is_added_up = election(box.method).ballot is BallotForm.SCORE
    reading = Unmarked.REJECT if is_added_up else Unmarked.UNCOMPARED
    other = replace(box, settings=replace(box.settings, unmarked=reading)).counted()
    if _result(other) != _result(counted):
        offered = "last or reject" if is_added_up else "uncompared, last or reject"
        raise click.UsageError(
            "ballots leave candidates out, and the result depends on what that means: "
            f"say --blank {offered}."
        )


def _result(ranking: Ranking) -> Sequence[object]:
    return (ranking.verdict, ranking.order, ranking.elected, ranking.tied, ranking.dropped)


def _with_withdrawn(ranking: Ranking, withdrawn: tuple[str, ...]) -> Ranking:
    """The same ranking, saying who withdrew before the count."""
    if not withdrawn:
        return ranking
    first, *rest = ranking.lines
    said = line("withdrawn", {"names": names(withdrawn)})
    gone = tuple(Dropped(name, "withdrawn") for name in withdrawn)
    return replace(ranking, lines=(first, said, *rest), dropped=(*gone, *ranking.dropped))
