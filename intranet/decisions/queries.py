"""The register as its pages show it: a list that is filtered, and single marks for badges."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import Row, Select, select

from intranet.core.transaction import Reader
from intranet.decisions import lineage
from intranet.decisions.facets import Facets, Filed, choose
from intranet.decisions.facets import Filters as Filters
from intranet.decisions.lineage import DecisionMark
from intranet.decisions.models import Decision, DecisionShelf, DecisionTag
from intranet.decisions.policy import audiences
from intranet.decisions.reviews.standing import REVIEW_ON
from intranet.decisions.statuses import APPLIES, Lineage, State
from intranet.members.models import Body
from intranet.members.queries import today

PER_PAGE = 50


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
    kind: str
    tags: tuple[str, ...]
    audience: str


@dataclass(frozen=True)
class RegisterPage:
    """One page of the list, with how many there are in all and what each filter would leave."""

    rows: tuple[DecisionRow, ...]
    page: int
    pages: int
    total: int
    facets: Facets


_LINE = (
    Decision.id,
    Decision.number,
    Decision.title,
    Body.code.label("body_code"),
    Decision.result,
    Decision.decided_on,
    Decision.effective_on,
    REVIEW_ON,
    Decision.ends_on,
    Decision.origin_kind,
    DecisionShelf.kind,
    DecisionShelf.audience,
)


def _lines(reader: Reader) -> Select[*tuple[Any, ...]]:
    """The visible decisions, the newest first."""
    return (
        select(*_LINE)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .outerjoin(Body, Body.id == Decision.body_id)
        .where(DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Decision.decided_on.desc().nulls_last(), Decision.id.desc())
    )


@dataclass(frozen=True)
class _Held:
    """All lines that a reader may see, with what their state follows from and their words."""

    lines: Sequence[Row[*tuple[Any, ...]]]
    lineage: Lineage
    day: date
    words: Mapping[int, tuple[str, ...]]

    def filed(self) -> list[Filed]:
        """By what each line can be chosen."""
        state, day, words = self.lineage.state, self.day, self.words
        return [
            Filed(
                row.number,
                row.title,
                row.body_code,
                row.decided_on.year if row.decided_on else None,
                words.get(row.id, ()),
                state(row.number, day),
                row.kind or row.origin_kind,
            )
            for row in self.lines
        ]

    def shown(self, places: Sequence[int]) -> tuple[DecisionRow, ...]:
        """These lines as a page shows them."""
        rows = [self.lines[place] for place in places]
        return tuple(_row(row, self.lineage, self.day, self.words) for row in rows)


def _held(reader: Reader) -> _Held:
    """Every decision this person may read, the newest first, in five statements."""
    rows = reader.session.execute(_lines(reader)).all()
    words = tags_of(reader, [row.id for row in rows])
    return _Held(rows, lineage.whole(reader).lineage, today(reader), words)


def register(
    reader: Reader, filters: Filters, page: int = 1, per_page: int = PER_PAGE
) -> RegisterPage:
    """A page of the register, in a number of statements that does not grow with it.

    A page beyond the last one is the last one.
    """
    held = _held(reader)
    places, facets = choose(held.filed(), filters)
    pages = max(1, -(-len(places) // per_page))
    page = min(max(1, page), pages)
    shown = held.shown(places[(page - 1) * per_page : page * per_page])
    return RegisterPage(shown, page, pages, len(places), facets)


def _row(
    row: Row[*tuple[Any, ...]], lines: Lineage, day: date, words: Mapping[int, tuple[str, ...]]
) -> DecisionRow:
    return DecisionRow(
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
        kind=row.kind or row.origin_kind,
        tags=words.get(row.id, ()),
        audience=row.audience,
    )


def _rows(reader: Reader, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[DecisionRow, ...]:
    day = today(reader)
    lines = lineage.of(reader, [row.number for row in rows]).lineage
    words = tags_of(reader, [row.id for row in rows])
    return tuple(_row(row, lines, day, words) for row in rows)


def everything(reader: Reader, filters: Filters) -> tuple[DecisionRow, ...]:
    """All lines that pass the filters, for an export or a drawing."""
    held = _held(reader)
    places, _facets = choose(held.filed(), filters)
    return held.shown(places)


class Numbered(Protocol):
    """A decision as a list or a page shows it."""

    @property
    def number(self) -> str:
        """Its number in the register."""
        ...

    @property
    def state(self) -> State:
        """What it is worth today."""
        ...


def applying(shown: Iterable[Numbered]) -> list[str]:
    """The numbers of those that apply today."""
    return [one.number for one in shown if one.state in APPLIES]


def tags_of(reader: Reader, decision_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The words under which decisions are filed, by decision."""
    query = select(DecisionTag.decision_id, DecisionTag.tag).order_by(DecisionTag.tag)
    if len(decision_ids) <= lineage.MANY:
        query = query.where(DecisionTag.decision_id.in_(decision_ids))
    found: dict[int, tuple[str, ...]] = {}
    for decision_id, tag in reader.session.execute(query):
        found[decision_id] = (*found.get(decision_id, ()), tag)
    return found


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
    newest = _lines(reader).order_by(None).order_by(Decision.id.desc())
    return _rows(reader, reader.session.execute(newest.limit(number)).all())
