"""A decision on its way into the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intranet.core.markdown import LIMIT_CHARACTERS
from intranet.core.policy import Invalid

LONGEST_TAG = 60
MOST_TAGS = 12


@dataclass(frozen=True)
class Entry:
    """A decision as it is about to enter the register.

    `effective_on` empty means from the day it was decided; `ends_on` is the last day it applies.
    `outcome` and `procedure` are JSON texts, empty when there was no count. `origin_kind` and
    `origin_id` say where it came from, and `kind` the kind of proposal that it was.
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
    kind: str = ""
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


def check_text(text: str) -> None:
    """Raise Invalid for a wording that is empty or that the register cannot keep."""
    if not text.strip():
        raise Invalid(text="decision_text_missing")
    if len(text) > LIMIT_CHARACTERS or "\x00" in text:
        raise Invalid(text="decision_text_too_long")


def clean_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """The words without doubles and outer spaces, in order. Raises Invalid when they are many."""
    found = sorted({tag for typed in tags if (tag := " ".join(typed.split()).casefold())})
    if len(found) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in found):
        raise Invalid(tags="decision_tags_too_many")
    return tuple(found)
