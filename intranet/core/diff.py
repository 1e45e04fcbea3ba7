"""What changed between two texts, block by block, then word by word. Pure: data for a template.

Blocks are aligned first, so a long rulebook costs little; words are compared only inside blocks
that changed, and a block that is too long for it is shown whole, with `too_long` set."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from intranet.core.align import align
from intranet.core.block_match import match
from intranet.core.blocks import split_blocks

LIMIT_LINES = 60_000
"""The most lines, old and new together, that are cut into blocks."""
LIMIT_BLOCK = 200_000
"""The most characters, old and new together, of a block whose words are compared."""
LIMIT_TOTAL = 600_000
"""The most characters whose words are compared in one difference."""

Word = tuple[Literal["equal", "removed", "added"], str]

# A word keeps the apostrophe that elides it and the points of inclusive writing; a sign of
# punctuation keeps the no-break space before it.
_TOKEN = re.compile(r"[\w·]+['’]?|[\u00a0\u202f]?[^\w\s]|\s")


@dataclass(frozen=True)
class DiffBlock:
    """One block: `equal`, `removed` (old only), `added` (new only) or `changed`. A changed block
    has its `words`, whose equal and removed texts join to the old text and whose equal and added
    texts join to the new one; no words when the block is too long. `old_at` and `new_at` are its
    places among the blocks of either text, -1 where it is not."""

    kind: Literal["equal", "removed", "added", "changed"]
    old: str
    new: str
    words: tuple[Word, ...] = ()
    old_at: int = field(default=-1, compare=False)
    new_at: int = field(default=-1, compare=False)


@dataclass(frozen=True)
class Diff:
    """The blocks in order. `too_long`: some changed blocks, or both texts, are shown whole."""

    blocks: tuple[DiffBlock, ...]
    too_long: bool

    @property
    def is_empty(self) -> bool:
        """Whether no block differs; white space between blocks is not compared."""
        return all(block.kind == "equal" for block in self.blocks)


def diff(old: str, new: str) -> Diff:
    """The difference between two Markdown sources, in time about proportional to their size."""
    if old != new and old.count("\n") + new.count("\n") > LIMIT_LINES:
        return Diff((DiffBlock("changed", old, new),), too_long=True)
    before = [block.text for block in split_blocks(old) if block.text]
    after = [block.text for block in split_blocks(new) if block.text]
    blocks: list[DiffBlock] = []
    budget = LIMIT_TOTAL
    too_long = False
    i = j = 0
    for next_i, next_j in [*match(before, after, moves=False), (len(before), len(after))]:
        blocks += [DiffBlock("removed", before[k], "", old_at=k) for k in range(i, next_i)]
        blocks += [DiffBlock("added", "", after[k], new_at=k) for k in range(j, next_j)]
        i, j = next_i + 1, next_j + 1
        if next_i == len(before):
            break
        if before[next_i] == after[next_j]:
            blocks.append(DiffBlock("equal", before[next_i], after[next_j], (), next_i, next_j))
            continue
        size = len(before[next_i]) + len(after[next_j])
        compared = size <= min(budget, LIMIT_BLOCK)
        budget -= size if compared else 0
        too_long = too_long or not compared
        words = word_diff(before[next_i], after[next_j]) if compared else ()
        blocks.append(DiffBlock("changed", before[next_i], after[next_j], words, next_i, next_j))
    return Diff(tuple(blocks), too_long)


def word_diff(old: str, new: str) -> tuple[Word, ...]:
    """The words two texts share and those they do not, neighbours of one kind joined."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    steps: list[Word] = []
    i = j = 0
    for next_i, next_j in [*aligned_words(before, after), (len(before), len(after))]:
        steps += [("removed", word) for word in before[i:next_i]]
        steps += [("added", word) for word in after[j:next_j]]
        i, j = next_i + 1, next_j + 1
        if next_i < len(before):
            steps.append(("equal", before[next_i]))
    return _joined(steps)


def aligned_words(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The words in common, without lone spaces between words that differ."""
    pairs = align(before, after)
    known = set(pairs)
    return [
        (i, j)
        for i, j in pairs
        if not before[i].isspace() or (i - 1, j - 1) in known or (i + 1, j + 1) in known
    ]


def _joined(steps: Iterable[Word]) -> tuple[Word, ...]:
    """Between two equal words, everything removed comes first, then everything added."""
    found: list[Word] = []
    waiting: dict[Literal["removed", "added"], list[str]] = {"removed": [], "added": []}
    for kind, word in [*steps, ("equal", "")]:
        if kind != "equal":
            waiting[kind].append(word)
            continue
        if any(waiting.values()):
            found += [(side, "".join(words)) for side, words in waiting.items() if words]
            waiting = {"removed": [], "added": []}
        if found and found[-1][0] == "equal":
            found[-1] = ("equal", found[-1][1] + word)
        elif word:
            found.append(("equal", word))
    return tuple(found)
