"""Which items of one sequence are those of another: a comparison that stays fast on anything.

The longest common subsequence is exact only on small stretches. Longer ones are first cut at
items that occur once on each side (patience), so repeated lines and hostile texts cost little
more than reading them."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

EXACT_LIMIT = 10_000
"""The most pairs (items of one side times items of the other) that are compared exactly."""

Item = TypeVar("Item", bound=Hashable)
Pair = tuple[int, int]
Stretch = tuple[int, int, int, int]


def align(old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Pairs (i, j) of equal items old[i] == new[j], rising on both sides. Deterministic; takes
    O(n log n) comparisons whatever the input."""
    found: list[Pair] = []
    waiting: list[Stretch] = [(0, len(old), 0, len(new))]
    while waiting:
        old_start, old_end, new_start, new_end = waiting.pop()
        while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
            found.append((old_start, new_start))
            old_start, new_start = old_start + 1, new_start + 1
        while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
            old_end, new_end = old_end - 1, new_end - 1
            found.append((old_end, new_end))
        if old_start == old_end or new_start == new_end:
            continue
        stretch = (old_start, old_end, new_start, new_end)
        anchors = _anchors(old, new, stretch)
        if anchors:
            found += anchors
            waiting += _between(anchors, stretch)
        else:
            found += _pairs_without_anchor(old, new, stretch)
    return sorted(found)


def _anchors(old: Sequence[Item], new: Sequence[Item], stretch: Stretch) -> list[Pair]:
    """The longest rising run of items that occur exactly once on each side of the stretch."""
    old_start, old_end, new_start, new_end = stretch
    once_old = _single_places(old, old_start, old_end)
    once_new = _single_places(new, new_start, new_end)
    pairs = sorted((i, once_new[item]) for item, i in once_old.items() if item in once_new)
    return _longest_rising(pairs)


def _single_places(items: Sequence[Item], start: int, end: int) -> dict[Item, int]:
    places: dict[Item, int] = {}
    repeated = set()
    for i in range(start, end):
        if items[i] in places:
            repeated.add(items[i])
        places[items[i]] = i
    return {item: i for item, i in places.items() if item not in repeated}


def _longest_rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest subsequence of pairs, sorted by the first number, that rises in the second."""
    ends: list[int] = []
    last_at: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last_at[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        last_at[length : length + 1] = [index]
    run = []
    index = last_at[-1] if last_at else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _between(anchors: Sequence[Pair], stretch: Stretch) -> list[Stretch]:
    """The stretches that the anchors leave open."""
    old_start, old_end, new_start, new_end = stretch
    starts = [(old_start, new_start), *((i + 1, j + 1) for i, j in anchors)]
    ends = [*anchors, (old_end, new_end)]
    return [(i, k, j, m) for (i, j), (k, m) in zip(starts, ends, strict=True) if i < k and j < m]


def _pairs_without_anchor(old: Sequence[Item], new: Sequence[Item], stretch: Stretch) -> list[Pair]:
    """Exact on a small stretch; on a large one each item takes the next equal one in order."""
    old_start, old_end, new_start, new_end = stretch
    if (old_end - old_start) * (new_end - new_start) <= EXACT_LIMIT:
        matcher = SequenceMatcher(None, old[old_start:old_end], new[new_start:new_end], False)
        return [
            (old_start + block.a + k, new_start + block.b + k)
            for block in matcher.get_matching_blocks()
            for k in range(block.size)
        ]
    places: dict[Item, list[int]] = {}
    for i in range(old_start, old_end):
        places.setdefault(old[i], []).append(i)
    found = []
    last = old_start - 1
    for j in range(new_start, new_end):
        candidates = places.get(new[j], [])
        after = bisect_right(candidates, last)
        if after < len(candidates):
            last = candidates[after]
            found.append((last, j))
    return found
