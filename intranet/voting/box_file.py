"""A box on paper: ballots read from a file, so that anybody can count them again."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from intranet.voting.after_draw import after_draw
from intranet.voting.external_voices import ReducedVoices
from intranet.voting.external_voices import from_json as voices_from_json
from intranet.voting.files.sheet import UnreadableBox
from intranet.voting.method import Method
from intranet.voting.outcome import Outcome
from intranet.voting.registry import UnknownMethod, method
from intranet.voting.settings import InvalidSettings, Settings
from intranet.voting.types import SPOILED, CastBallot, Choice, Electorate


@dataclass(frozen=True)
class Box:
    """Everything a count depends on, with the outcome that was stored at the closing, if any.

    `voices` says that its numbers are parts of voices, those of external members being too many.
    """

    method: str
    settings: Settings
    registered: int
    ballots: tuple[CastBallot, ...]
    outcome: Outcome | None = None
    voices: ReducedVoices | None = None
    seed: str = ""

    def counted(self, present: int | None = None) -> Outcome:
        """Count it, with `present` people in the room; draw if there is a seed.

        Raises InvalidCount.
        """
        electorate = Electorate(self.registered, present)
        outcome = method(self.method).tally(self.ballots, electorate, self.settings)
        settled = after_draw(outcome, self.seed) if self.seed else outcome
        explained = self.voices.explain(settled) if self.voices else settled
        assert isinstance(explained, Outcome)  # noqa: S101
        return explained


def ballots_from_csv(text: str, counted_by: Method) -> tuple[CastBallot, ...]:
    """The ballots of a table with a column `option` and, possibly, `reason`.

    Other columns are left alone, empty lines too. Raises UnreadableBox with the line: an option
    that the method does not offer is an error, never an abstention.
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    rows = csv.reader(lines, delimiter=_delimiter(lines), strict=True)
    try:
        columns = [name.strip().casefold() for name in next(rows, [])]
        if "option" not in columns:
            raise UnreadableBox("line 1: there is no column named option")
        return tuple(_ballots(rows, columns, counted_by))
    except csv.Error as error:
        raise UnreadableBox(f"line {rows.line_num}: {error}") from error


def _delimiter(lines: Sequence[str]) -> str:
    """Spreadsheets in French separate cells by semicolons."""
    return ";" if lines and lines[0].count(";") > lines[0].count(",") else ","


def _ballots(rows: Any, columns: Sequence[str], counted_by: Method) -> Iterator[CastBallot]:
    for row in rows:
        cells = dict(zip(columns, row, strict=False))
        if any(cell.strip() for cell in row):
            place = f"line {rows.line_num}"
            yield _ballot(cells.get("option", ""), cells.get("reason", ""), counted_by, place)


def _ballot(option: object, reason: object, counted_by: Method, place: str) -> CastBallot:
    offered = (*counted_by.options, SPOILED)
    known = str(option).strip()
    if known not in offered:
        said = f"“{known}” is not an option of {counted_by.key}" if known else "the option is empty"
        raise UnreadableBox(f"{place}: {said} (options: {', '.join(offered)})")
    return CastBallot(Choice(known, str(reason).strip()))


def box_from_json(text: str) -> Box:
    """The box in the file of an exported poll. Raises UnreadableBox."""
    try:
        return _box(json.loads(text))
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableBox(f"this is not the file of an exported poll ({error})") from error
    except UnknownMethod as error:
        raise UnreadableBox(f"no method is called “{error.key}”") from error
    except InvalidSettings as error:
        raise UnreadableBox(f"its procedure cannot be read: {error}") from error


def _box(stored: Mapping[str, Any]) -> Box:
    procedure = stored["procedure"]
    counted_by = method(procedure["method"])
    ballots = tuple(
        replace(
            _ballot(one["option"], one.get("reason", ""), counted_by, f"ballot {number}"),
            is_lifted=one.get("lifted") is True,
        )
        for number, one in enumerate(stored["ballots"], 1)
    )
    return Box(
        method=counted_by.key,
        settings=Settings.from_json(procedure["settings"]),
        registered=int(stored["registered"]),
        ballots=ballots,
        outcome=Outcome.from_json(stored["outcome"]) if stored.get("outcome") else None,
        voices=voices_from_json(stored.get("voices_in_parts")),
        seed=str(stored.get("seed", "")),
    )
