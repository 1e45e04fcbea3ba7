"""What a kind of document has to say of itself to be searchable."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, true

from intranet.core.transaction import Reader
from intranet.search.port import Document

log = logging.getLogger("intranet.search")

Ids = Sequence[str]
Row = TypeVar("Row")
CHUNK = 200


class Make(Protocol):
    """Makes the documents of some things, or of all of them when None is given."""

    def __call__(self, reader: Reader, ids: Ids | None) -> Iterator[Document]:
        """The documents of things as they are now; what is gone or put away yields none."""


@dataclass(frozen=True)
class Source:
    """A kind of document: how its documents are made, and which of them somebody may see now, as
    rows of one statement: the kind, and the rest of the key."""

    kind: str
    make: Make
    visible: Callable[[Reader, Ids], Select[str, str]]


def among(column: Any, values: Sequence[Any] | None) -> ColumnElement[bool]:
    """The condition that a column holds one of these values; any value for None."""
    return true() if values is None else column.in_(values)


def numbers(ids: Ids | None) -> list[int] | None:
    """The keys of things known by a number."""
    return None if ids is None else [int(one) for one in ids if one.isdigit()]


def each(
    rows: Iterable[Row], make: Callable[[Row], Document], name: Callable[[Row], str]
) -> Iterator[Document]:
    """A document of each row. One that cannot be made is reported and left out, and keeps no
    other from being found."""
    for row in rows:
        try:
            document = make(row)
        except Exception:
            log.exception("left out of the search: %s", name(row))
            continue
        yield document


def linked_boost(links: int) -> tuple[tuple[str, float], ...]:
    """What many others refer to is probably what is looked for: at most an eighth more."""
    return (("linked", round(1 + min(0.03 * log2(1 + links), 0.125), 3)),) if links else ()


def recent_boost(days: int) -> tuple[tuple[str, float], ...]:
    """What was written or decided in the last year, or the last three, counts a little more."""
    if days > 3 * 365:
        return ()
    return (("recent", 1.06 if days <= 365 else 1.03),)


def grouped(rows: Iterable[tuple[Any, Any]]) -> Mapping[Any, list[Any]]:
    """The second values by the first."""
    found: dict[Any, list[Any]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found
