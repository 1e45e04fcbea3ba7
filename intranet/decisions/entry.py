"""A decision on its way into the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    """A decision as it is about to enter the register.

    `effective_on` empty means from the day it was decided; `ends_on` is the last day it applies.
    `outcome` and `procedure` are JSON texts, empty when there was no count. `origin_kind` and
    `origin_id` say where it came from.
    """

    body_id: int | None
    body_code: str
    title: str
    text: str
    result: str
    decided_on: date | None
    origin_kind: str
    audience: str
    effective_on: date | None = None
    review_on: date | None = None
    ends_on: date | None = None
    origin_id: int | None = None
    outcome: str = ""
    procedure: str = ""
    electorate_size: int | None = None
    text_voted_digest: str | None = None
    tags: tuple[str, ...] = ()
    retroactive_because: str | None = None
    recorded_by_id: int | None = None
    source: str | None = None
    source_status: str | None = None


@dataclass(frozen=True)
class Entered:
    """The decision that now stands in the register."""

    id: int
    number: str
