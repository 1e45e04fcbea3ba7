"""The paragraphs of a wording that one may speak about (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intranet.core.block_changes import BlockChange
from intranet.core.blocks import split_blocks
from intranet.core.text import sha256_digest

START = "start"
"""The passage of an insertion before the first paragraph of a rule."""


@dataclass(frozen=True)
class Quote:
    """The words of a paragraph; `source` says whose they are: `proposed` or `present` for an
    amendment, empty for the text of a resolution, which stands for itself."""

    text: str
    source: str = ""


def passages_of(changes: Sequence[BlockChange], text: str) -> dict[str, Quote]:
    """The paragraphs by their ids: those of the rule that an amendment touches, else those of the
    wording's own text.

    A paragraph of a resolution is known by its words, so that a comment stays with them from
    version to version and is set apart once they changed.
    """
    if changes:
        return {change.block_id or START: _of_change(change) for change in changes}
    blocks = (block.text for block in split_blocks(text) if block.text.strip())
    return {sha256_digest(block)[:12]: Quote(block) for block in blocks}


def _of_change(change: BlockChange) -> Quote:
    """The words proposed, or those that would go."""
    if change.new_text.strip():
        return Quote(change.new_text, "proposed")
    return Quote(change.old_text, "present")
