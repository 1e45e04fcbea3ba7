"""A rule as an article of the rulebook, with what is to come beside each paragraph (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from intranet.rulebook.numbering import Counter
from intranet.rulebook.slices import Slices, heading_level, moved, sliced, with_number
from intranet.rulebook.sources import BlockRow, Found
from intranet.rulebook.text import Article, Coming, Passage

HEADING_LEVEL = 4
"""The level of the first headings inside an article, whose own heading is of the third."""

Blocks = Mapping[int, Sequence[BlockRow]]


@dataclass(frozen=True)
class _Text:
    """A stored text with its paragraphs and what they look like."""

    row: Found
    blocks: Sequence[BlockRow]
    slices: Slices

    def html(self, block_id: str, *, coming: bool = False) -> str:
        """The inside of a paragraph, its ids its own within the whole document."""
        # Two texts of one rule may stand on the page, so those to come are named by revision.
        prefix = f"v{self.row.revision_id}-" if coming else f"r{self.row.page_id}-"
        step = HEADING_LEVEL - self.slices.first_level
        return moved(self.slices.paragraphs.get(block_id, ""), prefix, step)


def _text(row: Found, blocks: Blocks) -> _Text:
    return _Text(row, blocks.get(row.revision_id, ()), sliced(row.html))


def article(row: Found, later: Sequence[Found], blocks: Blocks) -> Article:
    """A rule in force, with what its later texts change. It has no number yet."""
    text = _text(row, blocks)
    return replace(_article(text), passages=_with_coming(text, later, blocks))


def article_to_come(rows: Sequence[Found], blocks: Blocks) -> Article:
    """A rule that is adopted and not in force yet: its first text."""
    first = rows[0]
    text = _text(first, blocks)
    made = replace(_article(text), coming_on=first.in_force_on)
    return replace(made, decision_number=first.decision_number, passages=_passages(text))


def _article(text: _Text) -> Article:
    row = text.row
    return Article(
        page_id=row.page_id,
        slug=row.slug,
        layer=row.layer or "",
        title=row.title,
        text_digest=row.text_digest,
        passages=(),
        removed_because=row.redacted_because,
        notes=moved(text.slices.notes, f"r{row.page_id}-", 0),
    )


def _passages(text: _Text) -> tuple[Passage, ...]:
    return tuple(
        Passage(block.block_id, html, None, block.decision_number, block.in_force_on)
        for block in text.blocks
        if (html := text.html(block.block_id))
    )


def _with_coming(text: _Text, later: Sequence[Found], blocks: Blocks) -> tuple[Passage, ...]:
    """The paragraphs of a text, each with what will become of it and what will follow it."""
    known = {block.block_id for block in text.blocks}
    beside: dict[str, list[Coming]] = defaultdict(list)
    stands_with = {block_id: block_id for block_id in known}
    before = text
    for row in later:
        after = _text(row, blocks)
        for anchor, change in _changes(before, after, stands_with):
            beside[anchor].append(change)
        before = after
    shown = [
        replace(passage, coming=tuple(beside.pop(passage.block_id, ())))
        for passage in _passages(text)
    ]
    # What stands before everything, or with a block that has no words of its own.
    if rest := [change for changes in beside.values() for change in changes]:
        shown.insert(0, Passage("", "", None, None, None, tuple(rest)))
    return tuple(shown)


def _changes(before: _Text, after: _Text, stands_with: dict[str, str]) -> list[tuple[str, Coming]]:
    """What one text changes of the one before, each with the paragraph of the present text beside
    which it is shown."""
    old = {block.block_id: block.digest for block in before.blocks}
    row, anchor = after.row, ""
    found: list[tuple[str, Coming]] = []
    for block in after.blocks:
        was = old.pop(block.block_id, None)
        anchor = stands_with.setdefault(block.block_id, anchor)
        if was == block.digest:
            continue
        act = "created" if was is None else "changed"
        html = after.html(block.block_id, coming=True)
        if html:
            found.append((anchor, _coming(act, block.block_id, html, row)))
    found += [(stands_with[gone], _coming("removed", gone, "", row)) for gone in old]
    return found


def _coming(act: str, block_id: str, html: str, row: Found) -> Coming:
    return Coming(act, block_id, html, row.in_force_on, row.decision_number)


def numbered(article: Article, number: int, blocks: Sequence[BlockRow]) -> Article:
    """The article under its number of the day, with the numbers of its sections and paragraphs."""
    kinds = {block.block_id: block.kind for block in blocks}
    counter = Counter(number, HEADING_LEVEL)
    passages = []
    for passage in article.passages:
        level = heading_level(passage.html)
        kind = "heading" if level else kinds.get(passage.block_id, "front_matter")
        if level and (section := counter.section(level, passage.html)):
            passage = replace(passage, html=with_number(passage.html, section))
        passages.append(replace(passage, number=counter.paragraph(kind)))
    return replace(article, number=number, passages=tuple(passages))
