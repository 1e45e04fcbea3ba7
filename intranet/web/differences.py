"""Differences between texts, as the template macros print them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup, escape

from intranet.core.block_changes import BlockChange
from intranet.core.diff import Diff, DiffBlock, diff

Change = dict[str, object]


MARKS = {"removed": Markup("<del>{}</del>"), "added": Markup("<ins>{}</ins>")}


def _side(block: DiffBlock, kept: str) -> Markup:
    """One side of a changed paragraph, with the words only it has marked."""
    if not block.words:
        return escape(block.old if kept == "removed" else block.new)
    pieces = (
        MARKS[kept].format(text) if kind == kept else escape(text)
        for kind, text in block.words
        if kind in ("equal", kept)
    )
    return Markup("").join(pieces)


def _change(block: DiffBlock) -> Change:
    if block.kind == "equal":
        return {"kind": "same", "after": block.new}
    return {
        "kind": block.kind,
        "before": _side(block, "removed"),
        "after": _side(block, "added"),
    }


def between(old: str, new: str, context: bool = False) -> list[Change]:
    """What changed from one text to the other; unchanged paragraphs are counted, not shown."""
    return _folded(diff(old, new), context)


def _folded(found: Diff, context: bool) -> list[Change]:
    shown: list[Change] = []
    for same, group in groupby(found.blocks, key=lambda block: block.kind == "equal"):
        blocks = list(group)
        if same and not context:
            shown.append({"kind": "skipped", "count": len(blocks)})
        else:
            shown += [_change(block) for block in blocks]
    return shown


def of_changes(changes: Iterable[BlockChange]) -> list[Change]:
    """The changes an amendment asks for, paragraph by paragraph."""
    shown: list[Change] = []
    for change in changes:
        blocks = diff(change.old_text, change.new_text).blocks
        shown += [{**_change(block), "anchor": change.block_id or "start"} for block in blocks]
    return shown
