"""The numbers of decisions: how they are written, and how the next one is given."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from intranet.core.transaction import Transaction
from intranet.decisions.models import Counter

_WRITTEN = re.compile(r"([A-Z][A-Z0-9]{0,9})-((?:19|20)[0-9]{2})-([0-9]{3,5})")


@dataclass(frozen=True)
class Numbered:
    """A number of the register with its parts; the year is 0 for a series without years."""

    number: str
    year: int
    sequence: int


def written(series: str, year: int, sequence: int) -> Numbered:
    """The number as members read it: AG-2026-014."""
    return Numbered(f"{series}-{year}-{sequence:03d}", year, sequence)


def parsed(number: str, series: str) -> Numbered | None:
    """The parts of a number typed by a person, or None when it is not one of this series."""
    match = _WRITTEN.fullmatch(number.strip().upper())
    if match is None or match[1] != series:
        return None
    return written(series, int(match[2]), int(match[3]))


def next_number(tx: Transaction, series: str, year: int) -> Numbered:
    """The next number of a body in a year: no gap, no duplicate, none given twice.

    The counter's row stays locked until the transaction ends, so a decision that is undone
    gives its number back and two at once wait for each other.
    """
    last = _count_up(tx, series, year)
    if last is None:
        _begin_series(tx, series, year)
        last = _count_up(tx, series, year)
    assert last is not None  # noqa: S101
    return written(series, year, last)


def _count_up(tx: Transaction, series: str, year: int) -> int | None:
    return tx.session.scalars(
        update(Counter)
        .where(Counter.series == series, Counter.year == year)
        .values(last=Counter.last + 1)
        .returning(Counter.last)
        .execution_options(synchronize_session=False)
    ).one_or_none()


def _begin_series(tx: Transaction, series: str, year: int) -> None:
    """Write the counter's row, unless somebody else just did."""
    try:
        with tx.session.begin_nested():
            tx.session.add(Counter(series=series, year=year, last=0))
    except IntegrityError:
        return


def keep_ahead(tx: Transaction, series: str, numbered: Numbered) -> None:
    """Let the counter go on after a number that was given by hand."""
    row = (Counter.series == series) & (Counter.year == numbered.year)
    if tx.session.query(Counter).where(row).count() == 0:
        _begin_series(tx, series, numbered.year)
    tx.session.execute(
        update(Counter)
        .where(row, Counter.last < numbered.sequence)
        .values(last=numbered.sequence)
        .execution_options(synchronize_session=False)
    )
