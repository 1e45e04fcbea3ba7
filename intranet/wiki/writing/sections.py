"""One part of a page, from a heading to the next of its rank, edited alone. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intranet.core.blocks import IdentifiedBlock, join_blocks

_SIGNS = re.compile(r" {0,3}(#{1,6})(?: |$)")


@dataclass(frozen=True)
class Section:
    """A part of a text, under the id of its heading. `before + text + after` is the whole text,
    to the byte."""

    block_id: str
    before: str
    text: str
    after: str

    def whole(self, typed: str) -> str:
        """The whole text with what was typed in place of this part."""
        if not self.after:
            return self.before + typed
        if not typed.strip():
            return self.before.rstrip() + self.after if self.before.strip() else self.after.lstrip()
        return self.before + typed.rstrip() + self.after


def _level(block: IdentifiedBlock) -> int:
    """The rank of a heading, 1 to 6; 7 for any other block."""
    if block.block.kind != "heading":
        return 7
    signs = _SIGNS.match(block.text)
    if signs:
        return len(signs[1])
    return 1 if block.text.rstrip().endswith("=") else 2


def section_at(blocks: Sequence[IdentifiedBlock], block_id: str) -> Section | None:
    """The part that begins with this heading; None when there is no such heading."""
    start = next((i for i, one in enumerate(blocks) if one.id == block_id), None)
    if start is None or _level(blocks[start]) > 6:
        return None
    level = _level(blocks[start])
    rest = range(start + 1, len(blocks))
    end = next((i for i in rest if _level(blocks[i]) <= level), len(blocks))
    pieces = [one.block for one in blocks]
    before = join_blocks(pieces[:start]) + pieces[start].gap_before
    text = join_blocks(pieces[start:end])[len(pieces[start].gap_before) :]
    return Section(block_id, before, text, join_blocks(pieces[end:]))
