"""A page's text as the blocks that are discussed, amended and enacted one by one. Pure.

Joined again, the blocks are the source byte for byte: what was voted can be compared with what
is in force to the letter."""

from collections.abc import Iterable
from dataclasses import dataclass

from intranet.core.frontmatter import header_end
from intranet.core.markdown_lines import source_lines
from intranet.core.markdown_scan import Scanner

KINDS = {
    "heading": "heading",
    "rule": "rule",
    "code": "code",
    "fence": "code",
    "maths": "code",
    "quote": "quote",
    "callout": "quote",
    "container": "quote",
    "list": "list",
    "definitions": "list",
    "table": "table",
    "comment": "html",
    "details": "html",
    "note": "paragraph",
    "paragraph": "paragraph",
}
"""What members call each kind of span; the header of a file is of the kind `front_matter`."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its text without the line ending after it, and the white space before it.
    `gap_after` is the end of the source, on its last block only."""

    kind: str
    text: str
    gap_before: str = ""
    gap_after: str = ""


@dataclass(frozen=True, slots=True)
class IdentifiedBlock:
    """A block that keeps its id through the revisions of its page."""

    id: str
    block: Block

    @property
    def text(self) -> str:
        """The text of the block, without the white space around it."""
        return self.block.text


def split_blocks(source: str) -> tuple[Block, ...]:
    """The blocks of a source, in order; `join_blocks` gives the source back byte for byte.

    A list with all its items is one block, as are a fence, a table, a quote, a <details>.
    A source of blank lines only is one empty paragraph."""
    end = header_end(source)
    spans = [("front_matter", 0, _without_ending(source[:end]))] if end else []
    lines = source_lines(source[end:])
    starts = [end]
    for line in lines:
        starts.append(starts[-1] + len(line))
    shown = [line.rstrip("\r\n").expandtabs(4) for line in lines]
    for span in Scanner(shown).spans():
        text = _without_ending("".join(lines[span.start : span.end]))
        spans.append((KINDS[span.kind], starts[span.start], text))
    return _with_gaps(source, spans)


def join_blocks(blocks: Iterable[Block]) -> str:
    """The source these blocks were split from."""
    return "".join(f"{block.gap_before}{block.text}{block.gap_after}" for block in blocks)


def _without_ending(text: str) -> str:
    if text.endswith("\r\n"):
        return text[:-2]
    return text[:-1] if text.endswith(("\n", "\r")) else text


def _with_gaps(source: str, spans: list[tuple[str, int, str]]) -> tuple[Block, ...]:
    """Give every stretch of white space between two blocks to the second of them."""
    if not spans:
        return (Block("paragraph", "", source),) if source else ()
    blocks = []
    done = 0
    for index, (kind, start, text) in enumerate(spans):
        after = source[start + len(text) :] if index == len(spans) - 1 else ""
        blocks.append(Block(kind, text, source[done:start], after))
        done = start + len(text)
    return tuple(blocks)
