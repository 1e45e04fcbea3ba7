"""The register as its pages show it: a list that is filtered, and single marks for badges."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, extract, func, select

from intranet.core.text import fold
from intranet.core.transaction import Reader
from intranet.decisions import lineage
from intranet.decisions.lineage import DecisionMark
from intranet.decisions.models import Decision, DecisionShelf, DecisionTag
from intranet.decisions.policy import audiences
from intranet.decisions.statuses import APPLIES, ENDED, REFUSED, State
from intranet.members.models import Body
from intranet.members.queries import BodyCard, bodies, today

PER_PAGE = 50
GROUPS: Mapping[str, frozenset[State]] = {"applies": APPLIES, "ended": ENDED, "refused": REFUSED}


@dataclass(frozen=True)
class Filters:
    """What a reader wants to see of the register; empty means everything.

    `state` is a State or one of GROUPS. `words` are looked for in titles and numbers, whatever
    their accents and case.
    """

    body: str = ""
    year: int | None = None
    tag: str = ""
    state: str = ""
    words: str = ""

    @property
    def are_empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filters()


@dataclass(frozen=True)
class DecisionRow:
    """One line of the register."""

    id: int
    number: str
    title: str
    body_code: str | None
    result: str
    decided_on: date | None
    effective_on: date | None
    review_on: date | None
    ends_on: date | None
    state: State
    is_amended: bool
    is_by_hand: bool
    tags: tuple[str, ...]
    audience: str


@dataclass(frozen=True)
class RegisterPage:
    """One page of the list, with how many there are in all."""

    rows: tuple[DecisionRow, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class Shelves:
    """By what the register can be filtered: its bodies, years with their numbers, and words."""

    bodies: tuple[BodyCard, ...]
    years: tuple[tuple[int, int], ...]
    tags: tuple[str, ...]


_LINE = (
    Decision.id,
    Decision.number,
    Decision.title,
    Body.code.label("body_code"),
    Decision.result,
    Decision.decided_on,
    Decision.effective_on,
    Decision.review_on,
    Decision.ends_on,
    Decision.origin_kind,
    DecisionShelf.audience,
)


def _lines(reader: Reader, filters: Filters) -> Select[*tuple[Any, ...]]:
    """The visible decisions that the database can choose by itself, the newest first."""
    query: Select[*tuple[Any, ...]] = (
        select(*_LINE)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .outerjoin(Body, Body.id == Decision.body_id)
        .where(DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Decision.decided_on.desc().nulls_last(), Decision.id.desc())
    )
    if filters.body:
        query = query.where(Body.code == filters.body)
    if filters.year:
        first, last = date(filters.year, 1, 1), date(filters.year, 12, 31)
        query = query.where(Decision.decided_on.between(first, last))
    if filters.tag:
        filed = select(DecisionTag.decision_id).where(DecisionTag.tag == filters.tag)
        query = query.where(Decision.id.in_(filed))
    return query


def _chosen(reader: Reader, filters: Filters) -> list[Row[*tuple[Any, ...]]]:
    """The lines that pass every filter, those on words and state included."""
    rows = list(reader.session.execute(_lines(reader, filters)))
    for word in fold(filters.words).split():
        rows = [row for row in rows if word in fold(f"{row.number} {row.title}")]
    if filters.state:
        wanted = GROUPS.get(filters.state, {filters.state})
        known, day = lineage.whole(reader), today(reader)
        rows = [row for row in rows if known.lineage.state(row.number, day) in wanted]
    return rows


def register(
    reader: Reader, filters: Filters, page: int = 1, per_page: int = PER_PAGE
) -> RegisterPage:
    """A page of the register, in a number of statements that does not grow with it.

    A page beyond the last one is the last one.
    """
    if filters.words or filters.state:
        chosen = _chosen(reader, filters)
        total, pages, page = len(chosen), *_place(len(chosen), page, per_page)
        rows: Sequence[Row[*tuple[Any, ...]]] = chosen[(page - 1) * per_page : page * per_page]
    else:
        lines = _lines(reader, filters)
        counted = select(func.count()).select_from(lines.order_by(None).subquery())
        total = reader.session.scalar(counted) or 0
        pages, page = _place(total, page, per_page)
        rows = reader.session.execute(lines.limit(per_page).offset((page - 1) * per_page)).all()
    return RegisterPage(_rows(reader, rows), page, pages, total)


def _place(total: int, page: int, per_page: int) -> tuple[int, int]:
    """How many pages there are, and the one to show."""
    pages = max(1, -(-total // per_page))
    return pages, min(max(1, page), pages)


def _rows(reader: Reader, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[DecisionRow, ...]:
    day = today(reader)
    lines = lineage.of(reader, [row.number for row in rows]).lineage
    words = tags_of(reader, [row.id for row in rows])
    return tuple(
        DecisionRow(
            id=row.id,
            number=row.number,
            title=row.title,
            body_code=row.body_code,
            result=row.result,
            decided_on=row.decided_on,
            effective_on=row.effective_on,
            review_on=row.review_on,
            ends_on=row.ends_on,
            state=lines.state(row.number, day),
            is_amended=lines.is_amended(row.number, day),
            is_by_hand=row.origin_kind in ("by_hand", "import"),
            tags=words.get(row.id, ()),
            audience=row.audience,
        )
        for row in rows
    )


def everything(reader: Reader, filters: Filters) -> tuple[DecisionRow, ...]:
    """All lines that pass the filters, for an export."""
    return _rows(reader, _chosen(reader, filters))


def tags_of(reader: Reader, decision_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The words under which decisions are filed, by decision."""
    query = select(DecisionTag.decision_id, DecisionTag.tag).order_by(DecisionTag.tag)
    if len(decision_ids) <= lineage.MANY:
        query = query.where(DecisionTag.decision_id.in_(decision_ids))
    found: dict[int, tuple[str, ...]] = {}
    for decision_id, tag in reader.session.execute(query):
        found[decision_id] = (*found.get(decision_id, ()), tag)
    return found


def shelves(reader: Reader) -> Shelves:
    """The bodies, years and words of the decisions that this person may read."""
    allowed = DecisionShelf.audience.in_(audiences(reader))
    on_shelf = DecisionShelf.decision_id == Decision.id
    year = extract("year", Decision.decided_on)
    years = reader.session.execute(
        select(year, func.count())
        .join(DecisionShelf, on_shelf)
        .where(allowed, Decision.decided_on.is_not(None))
        .group_by(year)
        .order_by(year.desc())
    )
    words = reader.session.scalars(
        select(DecisionTag.tag)
        .join(DecisionShelf, DecisionShelf.decision_id == DecisionTag.decision_id)
        .where(allowed)
        .distinct()
        .order_by(DecisionTag.tag)
    )
    counted = tuple((int(when), number) for when, number in years)
    return Shelves(tuple(bodies(reader)), counted, tuple(words))


def numbers_of(reader: Reader) -> dict[int, str]:
    """The numbers of all decisions that this person may read, by id."""
    query = (
        select(Decision.id, Decision.number)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(DecisionShelf.audience.in_(audiences(reader)))
    )
    return {row.id: row.number for row in reader.session.execute(query)}


def statuses(reader: Reader, numbers: Collection[str]) -> dict[str, DecisionMark]:
    """The decisions with these numbers that the reader may see, each with its state of today."""
    if not numbers:
        return {}
    known, day = lineage.of(reader, numbers), today(reader)
    return {number: known.mark(number, day) for number in set(numbers) if number in known.visible}


def decision_by_number(reader: Reader, number: str) -> DecisionMark | None:
    """The decision with this number, or None when there is none for this reader."""
    return statuses(reader, [number]).get(number)


def recent(reader: Reader, number: int = 5) -> tuple[DecisionRow, ...]:
    """The decisions entered last."""
    newest = _lines(reader, Filters()).order_by(None).order_by(Decision.id.desc())
    return _rows(reader, reader.session.execute(newest.limit(number)).all())
