"""The paragraphs of a wording that one may speak about (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from intranet.core.block_changes import BlockChange
from intranet.core.blocks import split_blocks
from intranet.core.text import sha256_digest

START = "start"
"""The passage of an insertion before the first paragraph of a rule."""


def passages_of(changes: Sequence[BlockChange], text: str) -> dict[str, str]:
    """The paragraphs by their ids: those of the rule that an amendment touches, else those of the
    wording's own text.

    A paragraph of a resolution is known by its words, so that a comment stays with them from
    version to version and is set apart once they changed.
    """
    if changes:
        return {change.block_id or START: change.new_text for change in changes}
    blocks = (block.text for block in split_blocks(text) if block.text.strip())
    return {sha256_digest(block)[:12]: block for block in blocks}
