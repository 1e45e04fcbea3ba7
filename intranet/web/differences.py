"""Differences between texts, as the template macros print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
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


def change_of(block: DiffBlock) -> Change:
    """A changed block as the macro prints it, by its source."""
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
            shown += [change_of(block) for block in blocks]
    return shown


def of_changes(changes: Iterable[BlockChange]) -> list[Change]:
    """The changes an amendment asks for, paragraph by paragraph."""
    shown: list[Change] = []
    for change in changes:
        blocks = diff(change.old_text, change.new_text).blocks
        shown += [{**change_of(block), "anchor": change.block_id or "start"} for block in blocks]
    return shown


_FENCE = re.compile(r'<pre tabindex="0"><code class="language-diff">([^<]*)</code></pre>')


def of_record(html: str) -> Iterator[tuple[Markup, list[Change]]]:
    """The rendered words of a decision in pieces, each with the change of a rule that follows it.

    The register keeps a change as a fence of lines taken out, then lines put in: that is the
    record, readable without us. Any other fence stays what it is.
    """
    done = 0
    for fence in _FENCE.finditer(html):
        lines = unescape(fence[1]).splitlines()
        removed = [line[2:] for line in lines if line.startswith("-")]
        added = [line[2:] for line in lines if line.startswith("+")]
        if [line[2:] for line in lines] == removed + added and lines:
            changes = [change_of(block) for block in _blocks(removed, added)]
            yield Markup(html[done : fence.start()]), changes  # noqa: S704 - cleaned when stored
            done = fence.end()
    yield Markup(html[done:]), []  # noqa: S704 - cleaned when stored


def _blocks(removed: list[str], added: list[str]) -> tuple[DiffBlock, ...]:
    return diff("\n".join(removed), "\n".join(added)).blocks
