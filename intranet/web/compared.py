"""Two texts of a page compared: as one reads them or as one writes them, in one column or two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from intranet.core.diff import Diff, DiffBlock, diff
from intranet.core.html_diff import marked, whole
from intranet.web.differences import MARKS, Change, change_of


@dataclass(frozen=True)
class Drawn:
    """The paragraphs of a text as they are read: by its place in the source, the HTML of each."""

    ids: Sequence[str]
    html: Mapping[str, str]

    def at(self, place: int) -> str:
        """The paragraph at this place of the source; "" when it shows nothing."""
        return self.html.get(self.ids[place], "") if 0 <= place < len(self.ids) else ""


def in_source(found: Diff, *, is_inline: bool) -> list[Change]:
    """What changed in the source; `is_inline` puts both sides of a paragraph into one."""

    def shown(block: DiffBlock) -> Change:
        if is_inline and block.words:
            return {"kind": "mixed", "after": _mixed(block)}
        return change_of(block)

    return list(_folded(found, shown))


def _mixed(block: DiffBlock) -> Markup:
    pieces = (
        MARKS[kind].format(text) if kind != "equal" else escape(text) for kind, text in block.words
    )
    return Markup("").join(pieces)


def with_marks(old: str, new: str) -> Markup:
    """A text with the words that another one has not; what only the other has is left out."""
    blocks = [block for block in diff(old, new).blocks if block.kind != "removed"]
    shown = (change_of(block)["after"] for block in blocks)
    return Markup("\n\n").join(map(escape, shown))


def as_read(found: Diff, old: Drawn, new: Drawn, *, is_inline: bool) -> list[Change]:
    """What changed in the paragraphs as one reads them. A paragraph that shows nothing by itself,
    such as the header of a file, and one whose words are the same are given by their source."""

    def shown(block: DiffBlock) -> Change:
        before, after = old.at(block.old_at), new.at(block.new_at)
        if block.kind == "added" and after:
            return {"kind": "added", "after": _safe(whole(after))}
        if block.kind == "removed" and before:
            return {"kind": "removed", "before": _safe(whole(before))}
        both = marked(before, after) if block.words and before and after else None
        if both is None or both.is_same:
            return change_of(block)
        if is_inline:
            return {"kind": "mixed", "after": _safe(both.both)}
        return {"kind": "changed", "before": _safe(both.old), "after": _safe(both.new)}

    return list(_folded(found, shown))


def _safe(html: str) -> Markup:
    """A stored rendering, cleaned when it was written, with marks around words."""
    prose = Markup('<div class="prose prose--small">{}</div>')
    return prose.format(Markup(html))  # noqa: S704 - cleaned when stored


def _folded(found: Diff, shown: Callable[[DiffBlock], Change]) -> Iterator[Change]:
    """The changes in order; unchanged paragraphs are counted, not shown."""
    for is_same, group in groupby(found.blocks, key=lambda block: block.kind == "equal"):
        blocks = list(group)
        if is_same:
            yield {"kind": "skipped", "count": len(blocks)}
        else:
            yield from map(shown, blocks)
