"""How a cell of a table becomes a mark, by the form of the ballot."""

from __future__ import annotations

from intranet.voting.election import ElectionSettings
from intranet.voting.files.sheet import NO_MARK, ReadMark, rank
from intranet.voting.types import BallotForm

CROSSES = frozenset({"1", "x", "yes", "oui"})
NO_CROSSES = NO_MARK | {"0", "no", "non"}


def mark_reader(form: BallotForm, settings: ElectionSettings) -> ReadMark:
    """The reader of cells for this form of ballot.

    Rank: 1 is the best. Cross: 1, x or yes. Grade: a word of the grades, or its number where the
    worst grade is 1 and 0 is no mark; without words, a whole number from 0.
    """
    if form is BallotForm.RANK:
        return rank
    if form is BallotForm.GRADE:
        return _grades(settings.grades) if settings.grades else _number
    return _cross


def _cross(written: str) -> int | None:
    word = written.strip().casefold()
    if word in NO_CROSSES:
        return None
    if word not in CROSSES:
        raise ValueError(f"“{written.strip()}” is neither a cross (1, x, yes) nor empty")
    return 1


def _number(written: str) -> int | None:
    word = written.strip()
    if word.casefold() in NO_MARK:
        return None
    if not (word.isascii() and word.isdigit()):
        raise ValueError(f"“{word}” is not a whole number")
    return int(word)


def _grades(grades: tuple[str, ...]) -> ReadMark:
    known = {word.casefold(): len(grades) - place for place, word in enumerate(grades)}

    def read(written: str) -> int | None:
        word = written.strip()
        if word.casefold() in known:
            return known[word.casefold()]
        if word.casefold() in NO_MARK or word == "0":
            return None
        if not (word.isascii() and word.isdigit()) or int(word) > len(grades):
            raise ValueError(f"“{word}” is not a grade (grades: {', '.join(grades)})")
        return int(word)

    return read
