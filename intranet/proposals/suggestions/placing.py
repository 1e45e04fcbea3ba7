"""Which suggestions concern the same paragraph, and what becomes of one in a new version (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from intranet.core.block_changes import BlockChange, StaleBlock
from intranet.core.block_match import match
from intranet.core.blocks import IdentifiedBlock

Changes = Sequence[BlockChange]
Blocks = Sequence[IdentifiedBlock]
Place = tuple[int | None, bool, str | None]


@dataclass(frozen=True)
class TextChange:
    """Changes to one text of a proposal: that of the rule of this page, where it changes several;
    else its only text. Ids of blocks mean something within one text alone."""

    page_id: int | None
    changes: tuple[BlockChange, ...]


def places(asked: TextChange) -> frozenset[Place]:
    """Where the changes act: on a block, or behind one. Two of them collide at an equal place."""
    return frozenset(
        (asked.page_id, change.kind == "insert_after", change.block_id) for change in asked.changes
    )


def collide(one: TextChange, other: TextChange) -> bool:
    """Whether both cannot stand in one text."""
    return bool(places(one) & places(other))


def rivals(number: int, all_changes: Mapping[int, TextChange]) -> tuple[int, ...]:
    """The numbers that must be on one ballot with this one, itself included, in order.

    Whoever collides with one of them is one of them: two that do not collide with each other may
    both collide with a third.
    """
    found, fresh = {number}, [number]
    while fresh:
        mine = all_changes[fresh.pop()]
        more = {other for other, its in all_changes.items() if collide(mine, its)} - found
        found |= more
        fresh += more
    return tuple(sorted(found))


def carried_over(changes: Changes, old: Blocks, new: Blocks) -> tuple[BlockChange, ...]:
    """The changes, written for the old blocks, as they act on the new ones.

    Raises StaleBlock when a paragraph that they touch is gone or has other words. The words are
    compared as they are: a change is never put on a text that it was not written for.
    """
    same = _same(old, new)
    texts = {block.id: block.text for block in new}
    return tuple(_carried(change, same, texts) for change in changes)


def _carried(change: BlockChange, same: Mapping[str, str], texts: Mapping[str, str]) -> BlockChange:
    if change.block_id is None:
        return change
    block_id = same.get(change.block_id)
    if block_id is None:
        raise StaleBlock(change.block_id)
    if change.kind != "insert_after" and texts[block_id] != change.old_text:
        raise StaleBlock(change.block_id)
    return replace(change, block_id=block_id)


def _same(old: Blocks, new: Blocks) -> dict[str, str]:
    """Which new block each old one is: the one with its words, else with its id, else alike."""
    pairs = match([one.text for one in old], [one.text for one in new], moves=False)
    kept = {block.id for block in new}
    alike = {old[i].id: new[j].id for i, j in pairs}
    by_id = {block.id: block.id for block in old if block.id in kept}
    words = {old[i].id: new[j].id for i, j in pairs if old[i].text == new[j].text}
    return alike | by_id | words
