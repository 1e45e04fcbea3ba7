"""For what a voice is lent, and whether two loans could meet on one vote (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Scope:
    """One vote, named by its origin, or every vote of a body that ends from one day to another.

    For an origin the days are those between which its vote ends, as far as they are known;
    `ends_on` is None while nobody knows when it ends.
    """

    body_id: int
    starts_on: date
    ends_on: date | None
    origin_kind: str | None = None
    origin_id: int | None = None

    @property
    def origin(self) -> tuple[str, int] | None:
        """What the vote is about; None for the days of a body."""
        if self.origin_kind is None or self.origin_id is None:
            return None
        return self.origin_kind, self.origin_id


def could_meet(one: Scope, other: Scope) -> bool:
    """Whether a single vote could lie in both."""
    if one.origin and other.origin:
        return one.origin == other.origin
    return one.body_id == other.body_id and _share_a_day(one, other)


def _share_a_day(one: Scope, other: Scope) -> bool:
    one_ends_before = one.ends_on is not None and one.ends_on < other.starts_on
    other_ends_before = other.ends_on is not None and other.ends_on < one.starts_on
    return not (one_ends_before or other_ends_before)
