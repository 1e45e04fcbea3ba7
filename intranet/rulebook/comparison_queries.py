"""The rulebooks of two days, side by side: what was created, changed and removed between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from intranet.core.block_changes import BlockChange, Kind
from intranet.core.blocks import IdentifiedBlock, split_blocks
from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.rulebook import sources
from intranet.rulebook.queries import in_order
from intranet.rulebook.sources import PLAIN, BlockRow, Found
from intranet.wiki.models import ParagraphAct
from intranet.wiki.provenance import Change, changes_between
from intranet.wiki.rule_places import Places, places

KINDS: dict[ParagraphAct, Kind] = {
    ParagraphAct.CREATED: "insert_after",
    ParagraphAct.CHANGED: "replace",
    ParagraphAct.REMOVED: "remove",
}


@dataclass(frozen=True)
class ParagraphDifference:
    """One paragraph that differs, and the decision that put the later words there, if any."""

    block_id: str
    act: str
    change: BlockChange
    decision_number: str | None
    in_force_on: date | None


@dataclass(frozen=True)
class ArticleDifference:
    """One article that differs between two days. `act` is created, changed or removed; the names
    are empty on the side where there is none; `paragraphs` are those of a changed article. The
    numbers are those of each day, None where there is none."""

    page_id: int
    slug: str
    layer: str
    act: str
    title_before: str
    title: str
    paragraphs: tuple[ParagraphDifference, ...] = ()
    number_before: int | None = None
    number: int | None = None


@dataclass(frozen=True)
class Renumbered:
    """An article that has another number on the later day; `decision_numbers` are the decisions
    that gave it another place between the two, none where it gave way to others."""

    page_id: int
    title: str
    layer: str
    before: int
    after: int
    decision_numbers: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs between two days, the earlier one first; the words of `same` articles do not
    differ, their numbers may."""

    first: date
    second: date
    articles: tuple[ArticleDifference, ...]
    same: int
    renumbered: tuple[Renumbered, ...] = ()

    def of(self, act: str) -> tuple[ArticleDifference, ...]:
        """The articles created, changed or removed."""
        return tuple(article for article in self.articles if article.act == act)


def comparison(reader: Reader, one: date, other: date) -> Comparison:
    """The difference between the rulebooks of two days, in either order, in a number of
    statements that is always the same."""
    first, second = sorted((one, other))
    old, new = (_texts(reader, day) for day in (first, second))
    changed = [
        key for key in old.keys() & new.keys() if old[key].revision_id != new[key].revision_id
    ]
    rows = [side[key] for key in changed for side in (old, new)]
    blocks = sources.blocks(reader, [row.revision_id for row in rows])
    bodies = _bodies(reader, {row.text_digest for row in rows})
    found = [_changed(old[key], new[key], blocks, bodies) for key in changed]
    found += [_one_sided(row, "created") for key, row in new.items() if key not in old]
    found += [_one_sided(row, "removed") for key, row in old.items() if key not in new]
    differing = [article for article in found if article is not None]
    placed = places(reader)
    numbers = [
        _numbers(in_order(side.values(), placed.on(day)))
        for side, day in ((old, first), (new, second))
    ]
    shown = [
        replace(one, number_before=numbers[0].get(one.page_id), number=numbers[1].get(one.page_id))
        for one in in_order(differing, placed.on(second))
    ]
    both = len(old.keys() & new.keys())
    changes = sum(article.act == "changed" for article in differing)
    renumbered = _renumbered(
        in_order(new.values(), placed.on(second)), numbers, _moved(placed, first, second)
    )
    return Comparison(first, second, tuple(shown), both - changes, renumbered)


def _numbers(ordered: Iterable[Found]) -> dict[int, int]:
    """The number of each article in its rank, of articles in the order of a day."""
    so_far: Counter[str] = Counter()
    found = {}
    for row in ordered:
        so_far[row.layer] += 1
        found[row.page_id] = so_far[row.layer]
    return found


def _moved(placed: Places, first: date, second: date) -> dict[int, tuple[str, ...]]:
    """The decisions by which rules moved after the first day, up to the second."""
    found: dict[int, tuple[str, ...]] = {}
    for move in placed.moves:
        if first < move.in_force_on <= second:
            found[move.page_id] = (*found.get(move.page_id, ()), move.decision_number)
    return found


def _renumbered(
    ordered: Iterable[Found],
    numbers: Sequence[Mapping[int, int]],
    moved: Mapping[int, tuple[str, ...]],
) -> tuple[Renumbered, ...]:
    before, after = numbers
    return tuple(
        Renumbered(
            row.page_id,
            row.title,
            row.layer,
            before[row.page_id],
            after[row.page_id],
            moved.get(row.page_id, ()),
        )
        for row in ordered
        if row.page_id in before and before[row.page_id] != after[row.page_id]
    )


def _texts(reader: Reader, day: date) -> dict[int, Found]:
    until = sources.last_instant(reader, day)
    return {row.page_id: row for row in sources.in_force(reader, day, until, PLAIN)}


def _bodies(reader: Reader, digests: set[str]) -> dict[str, str]:
    query = select(TextBody.digest, TextBody.body).where(TextBody.digest.in_(digests))
    return {row.digest: row.body for row in reader.session.execute(query)}


def _one_sided(row: Found, act: str) -> ArticleDifference:
    before, after = (row.title, "") if act == "removed" else ("", row.title)
    return ArticleDifference(row.page_id, row.slug, row.layer, act, before, after)


def _changed(
    old: Found,
    new: Found,
    blocks: Mapping[int, Sequence[BlockRow]],
    bodies: Mapping[str, str],
) -> ArticleDifference | None:
    """What differs between two texts of one rule; None when only the white space does."""
    before, after = (
        _identified(blocks.get(row.revision_id, ()), bodies[row.text_digest]) for row in (old, new)
    )
    behind = {block.block_id: block for block in blocks.get(new.revision_id, ())}
    found = tuple(_paragraph(change, behind) for change in changes_between(before, after))
    if not found and old.title == new.title:
        return None
    card = (new.page_id, new.slug, new.layer, "changed", old.title, new.title)
    return ArticleDifference(*card, found)


def _identified(blocks: Sequence[BlockRow], source: str) -> list[IdentifiedBlock]:
    return [
        IdentifiedBlock(row.block_id, piece)
        for row, piece in zip(blocks, split_blocks(source), strict=False)
    ]


def _paragraph(change: Change, behind: Mapping[str, BlockRow]) -> ParagraphDifference:
    row = behind.get(change.block_id)
    return ParagraphDifference(
        change.block_id,
        change.act,
        BlockChange(KINDS[change.act], change.block_id, change.before, change.after),
        row.decision_number if row else None,
        row.in_force_on if row else None,
    )
