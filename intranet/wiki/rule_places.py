"""Where a rule stands among the rules, and who may change it, from which day and by which decision.

The order of a day follows from these rows alone, so a later decision moves nothing on a past day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from intranet.core.db import Identified, append_only
from intranet.core.transaction import Reader


class RulePlace(Identified):
    """That a rule stands at a place from a day on: after another one, or before all others.

    `place` is a fraction written out (`3/2`); smaller ones stand first, and no two rows have the
    same. `carried` says that the rule only follows the one under which it stands in the tree.
    """

    __tablename__ = "rule_place"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    place: Mapped[str] = mapped_column(Text)
    after_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"))
    carried: Mapped[bool]
    in_force_on: Mapped[date]
    decision_number: Mapped[str | None]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_rule_place_page", "page_id", "in_force_on"),)


class RuleDeciders(Identified):
    """That a decision named, from a day on, the only procedures that may change a rule: their keys,
    separated by spaces; none gives it back to its rank."""

    __tablename__ = "rule_deciders"
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    keys: Mapped[str] = mapped_column(Text)
    in_force_on: Mapped[date]
    decision_number: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_rule_deciders_page", "page_id", "in_force_on"),)


@dataclass(frozen=True)
class Moved:
    """A place that a decision gave to a rule that had one already."""

    page_id: int
    after_id: int | None
    in_force_on: date
    decision_number: str
    at: datetime
    carried: bool


@dataclass(frozen=True)
class Places:
    """Every place that rules ever had, to tell the order of any day."""

    rows: tuple[RulePlace, ...]

    def on(self, day: date) -> dict[int, Fraction]:
        """The place of each rule on a day; a rule that begins later already has its first one."""
        found: dict[int, str] = {}
        for row in self.rows:
            if row.in_force_on <= day or row.page_id not in found:
                found[row.page_id] = row.place
        return {page_id: Fraction(place) for page_id, place in found.items()}

    @property
    def moves(self) -> list[Moved]:
        """The decisions that gave rules another place, in the order of their days."""
        known: set[int] = set()
        found = []
        for row in self.rows:
            if row.page_id in known and row.decision_number:
                when = (row.in_force_on, row.decision_number, row.at)
                found.append(Moved(row.page_id, row.after_id, *when, row.carried))
            known.add(row.page_id)
        return found


def places(reader: Reader) -> Places:
    """The places of all rules, in one statement."""
    return _places(reader.session)


def _places(session: Session) -> Places:
    query = select(RulePlace).order_by(RulePlace.in_force_on, RulePlace.id)
    return Places(tuple(session.scalars(query)))


def new_place(known: Places, after: int | None, day: date) -> Fraction:
    """A place that no row has: right after a rule as it stands on a day, or before all of them.

    Whatever stood there on any day keeps its side, so no order of a past day changes.
    """
    every = sorted({Fraction(row.place) for row in known.rows})
    if not every:
        return Fraction(1)
    here = known.on(day).get(after) if after is not None else None
    if here is None:
        return every[0] - 1 if after is None else every[-1] + 1
    following = next((place for place in every if place > here), None)
    return here + 1 if following is None else (here + following) / 2


def deciders_on(reader: Reader, day: date) -> dict[int, tuple[str, ...]]:
    """The only procedures that might change each rule on a day, of rules that named some."""
    query = (
        select(RuleDeciders.page_id, RuleDeciders.keys)
        .where(RuleDeciders.in_force_on <= day)
        .order_by(RuleDeciders.in_force_on, RuleDeciders.id)
    )
    found = {page_id: tuple(keys.split()) for page_id, keys in reader.session.execute(query)}
    return {page_id: keys for page_id, keys in found.items() if keys}


@dataclass(frozen=True)
class Leaf:
    """A page in the tree, as the walk through it needs it."""

    id: int
    parent_id: int | None
    position: int
    title_key: str
    kind: str


def walked(pages: Iterable[Leaf]) -> list[Leaf]:
    """The pages from the top and down each branch, as the tree is read."""
    every = list(pages)
    known = {page.id for page in every}
    below: dict[int | None, list[Leaf]] = defaultdict(list)
    for page in every:
        below[page.parent_id if page.parent_id in known else None].append(page)
    for branch in below.values():
        # The first one is taken from the end.
        branch.sort(key=lambda page: (page.position, page.title_key), reverse=True)
    waiting, found = list(below[None]), []
    while waiting:
        page = waiting.pop()
        found.append(page)
        waiting += below.get(page.id, [])
    return found


append_only(RulePlace)
append_only(RuleDeciders)
