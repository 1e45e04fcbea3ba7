"""Two people changed one text: what can be put together, and what a person must decide. Pure.

Blocks merge, words never do: the same paragraph changed on both sides is a conflict, because a
guess could write a rule that nobody proposed. No marker is ever written into a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from intranet.core.block_match import match
from intranet.core.blocks import Block, join_blocks, split_blocks


@dataclass(frozen=True)
class Conflict:
    """A stretch that both sides changed differently: the three readings of it, each as Markdown;
    "" where a side removed it or where there was nothing before."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """`text` is the merged source, None when there are conflicts to decide first."""

    text: str | None
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class _Edit:
    """base[start:end] becomes these blocks of one side; start == end is an insertion."""

    start: int
    end: int
    blocks: tuple[Block, ...]


Blocks = Sequence[Block]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """The text with the changes of both sides. Blocks that one side changed, inserted or removed
    merge; a stretch that both changed is a conflict unless both made the same of it. White space
    at the ends follows the side that changed it, mine first."""
    if mine in (theirs, base) or theirs == base:
        return Merged(theirs if mine == base else mine)
    pieces, conflicts = _together(base, mine, theirs, None)
    if conflicts:
        return Merged(None, tuple(conflicts))
    return _written(pieces, (base, mine, theirs))


def decide(base: str, mine: str, theirs: str, readings: Sequence[str]) -> str:
    """The text of `merge` with each of its conflicts, in their order, read as a person decided:
    Markdown, or "" to take the stretch away. Raises ValueError when these are not as many as the
    conflicts."""
    merged = merge(base, mine, theirs)
    if len(readings) != len(merged.conflicts):
        raise ValueError("one reading for each conflict")
    if merged.text is not None:
        return merged.text
    pieces, conflicts = _together(base, mine, theirs, readings)
    if not conflicts:
        return readings[0]
    sources = (base, mine, theirs)
    blocks = [block for piece in pieces for block in piece if block.text]
    return _joined(blocks, sources)


def _together(
    base: str, mine: str, theirs: str, readings: Sequence[str] | None
) -> tuple[list[tuple[Block, ...]], list[Conflict]]:
    """The blocks of both sides in order, and the conflicts; with readings, these in their place."""
    old = split_blocks(base)
    sides = [split_blocks(mine), split_blocks(theirs)]
    edits = [_edits(old, side) for side in sides]
    pieces: list[tuple[Block, ...]] = []
    conflicts: list[Conflict] = []
    at = 0
    for start, end, ours, others in _clusters(*edits):
        pieces += [(block,) for block in old[at:start]]
        at = end
        both = [_reading(old, start, end, group) for group in (ours, others)]
        if not others or _same(*both):
            pieces.append(both[0])
        elif not ours:
            pieces.append(both[1])
        else:
            if readings is not None:
                pieces.append(split_blocks(readings[len(conflicts)]))
            conflicts.append(Conflict(*map(_source, (old[start:end], *both))))
    pieces += [(block,) for block in old[at:]]
    return pieces, conflicts


def _edits(base: Blocks, side: Blocks) -> list[_Edit]:
    """What one side did, as separate edits: each changed block is one, and so is each stretch
    of removed or inserted blocks between blocks that stay."""
    pairs = match([b.text for b in base], [b.text for b in side], moves=False)
    edits = []
    i = j = 0
    for next_i, next_j in [*pairs, (len(base), len(side))]:
        if i < next_i or j < next_j:
            edits.append(_Edit(i, next_i, tuple(side[j:next_j])))
        if next_i < len(base) and base[next_i].text != side[next_j].text:
            edits.append(_Edit(next_i, next_i + 1, (side[next_j],)))
        i, j = next_i + 1, next_j + 1
    return edits


Cluster = tuple[int, int, list[_Edit], list[_Edit]]


def _clusters(mine: list[_Edit], theirs: list[_Edit]) -> list[Cluster]:
    """Edits of both sides that touch the same blocks, or insert at the same place, together."""
    marked = [(edit, 0) for edit in mine] + [(edit, 1) for edit in theirs]
    found: list[tuple[int, int, tuple[list[_Edit], list[_Edit]]]] = []
    for edit, side in sorted(marked, key=lambda m: (m[0].start, m[0].end, m[1])):
        if found and _touches(found[-1][0], found[-1][1], edit):
            start, end, groups = found.pop()
        else:
            start, end, groups = edit.start, edit.end, ([], [])
        groups[side].append(edit)
        found.append((start, max(end, edit.end), groups))
    return [(start, end, *groups) for start, end, groups in found]


def _touches(start: int, end: int, edit: _Edit) -> bool:
    """Whether an edit that begins no earlier overlaps the stretch. An insertion right after a
    changed block stands apart from it."""
    if start == end:
        return edit.start == edit.end == start
    return edit.start < end


def _reading(base: Blocks, start: int, end: int, edits: list[_Edit]) -> tuple[Block, ...]:
    """The stretch of the base as one side left it."""
    found: list[Block] = []
    at = start
    for edit in edits:
        found += [*base[at : edit.start], *edit.blocks]
        at = edit.end
    return (*found, *base[at:end])


def _same(mine: Blocks, theirs: Blocks) -> bool:
    return [block.text for block in mine] == [block.text for block in theirs]


def _source(blocks: Blocks) -> str:
    """The blocks as Markdown, without the white space around them."""
    return join_blocks(blocks).strip("\r\n")


def _written(pieces: Sequence[Blocks], sources: tuple[str, str, str]) -> Merged:
    """The pieces one after the other. If the text would not be read as these same blocks, as
    after an unclosed fence, nothing is put together: the whole is one conflict."""
    blocks = [block for piece in pieces for block in piece if block.text]
    text = _joined(blocks, sources)
    if [block.text for block in split_blocks(text) if block.text] != [b.text for b in blocks]:
        return Merged(None, (Conflict(*sources),))
    return Merged(text)


def _joined(blocks: Blocks, sources: tuple[str, str, str]) -> str:
    """Blocks with the white space that stood between them in one of the sources."""
    neighbours = _neighbours(sources)
    blank = "\r\n\r\n" if all("\r\n" in source for source in sources) else "\n\n"
    parts = [_first_gap(sources)] if blocks else []
    for index, block in enumerate(blocks):
        gap = neighbours.get((blocks[index - 1].text, block.text)) if index else ""
        parts += [blank if gap is None else gap, block.text]
    return "".join(parts) + _last_gap(sources)


def _neighbours(sources: tuple[str, str, str]) -> dict[tuple[str, str], str]:
    """The white space that stands between two texts in a source; mine wins over theirs, theirs
    over the base."""
    base, mine, theirs = sources
    found: dict[tuple[str, str], str] = {}
    for source in (base, theirs, mine):
        blocks = split_blocks(source)
        for before, after in pairwise(blocks):
            found[before.text, after.text] = after.gap_before
    return found


def _changed_end(base: str, mine: str, theirs: str) -> str:
    return theirs if mine == base else mine


def _first_gap(sources: tuple[str, str, str]) -> str:
    return _changed_end(*(_ends(source)[0] for source in sources))


def _last_gap(sources: tuple[str, str, str]) -> str:
    return _changed_end(*(_ends(source)[1] for source in sources))


def _ends(source: str) -> tuple[str, str]:
    blocks = split_blocks(source)
    return (blocks[0].gap_before, blocks[-1].gap_after) if blocks else ("", "")
