"""Which block of the new text is which block of the old one. Pure."""

from collections import Counter
from collections.abc import Callable, Sequence

from intranet.core.align import Pair, align
from intranet.core.blocks import IdentifiedBlock, split_blocks
from intranet.core.text import fold

SIMILAR = 0.4
"""How alike two texts must be (0 to 1) for one to be an edit of the other."""

_SHORT = 400
_LONG = 20_000
_LIMIT_COMPARED = 1_024


def similarity(old: str, new: str) -> float:
    """How much two texts have in common, from 0 to 1: runs of three letters for short texts,
    words for long ones, accents and case aside. Takes time in proportion to their length."""
    return _likeness(_pieces(old), _pieces(new))


def _likeness(first: Counter[str], second: Counter[str]) -> float:
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def identify(
    source: str, old: Sequence[IdentifiedBlock], new_id: Callable[[], str]
) -> tuple[IdentifiedBlock, ...]:
    """The blocks of a source, with the ids of the blocks of the revision before it."""
    blocks = split_blocks(source)
    ids = match_blocks(old, [block.text for block in blocks], new_id)
    return tuple(IdentifiedBlock(i, block) for i, block in zip(ids, blocks, strict=True))


def match_blocks(
    old: Sequence[IdentifiedBlock], new_texts: Sequence[str], new_id: Callable[[], str]
) -> tuple[str, ...]:
    """The id of each new text. A text that was there keeps its id, moved or not; a changed text
    keeps the id of the similar one at its place; the others get a fresh one from `new_id`.
    Deterministic; no id is given twice."""
    pairs = match(tuple(block.text for block in old), new_texts, moves=True)
    kept = {j: old[i].id for i, j in pairs}
    return tuple(kept[j] if j in kept else new_id() for j in range(len(new_texts)))


def match(old: Sequence[str], new: Sequence[str], *, moves: bool) -> list[Pair]:
    """Pairs (i, j): new[j] is old[i], unchanged or edited. Rising on both sides, unless `moves`
    also pairs equal texts that changed places."""
    equal = [(i, j) for i, j in align(old, new) if old[i]]
    moved = _moved(old, new, equal) if moves else []
    taken_old = {i for i, _ in moved}
    taken_new = {j for _, j in moved}
    changed: list[Pair] = []
    starts = [(-1, -1), *equal]
    ends = [*equal, (len(old), len(new))]
    for (i, j), (next_i, next_j) in zip(starts, ends, strict=True):
        open_old = [k for k in range(i + 1, next_i) if k not in taken_old]
        open_new = [k for k in range(j + 1, next_j) if k not in taken_new]
        changed += _edited(old, new, open_old, open_new)
    return sorted([*equal, *moved, *changed], key=lambda pair: pair[1])


def _moved(old: Sequence[str], new: Sequence[str], equal: Sequence[Pair]) -> list[Pair]:
    """Equal texts among those that found no partner in order; first come, first served."""
    matched_old = {i for i, _ in equal}
    matched_new = {j for _, j in equal}
    places: dict[str, list[int]] = {}
    for i in reversed(range(len(old))):
        if i not in matched_old and old[i]:
            places.setdefault(old[i], []).append(i)
    free = [j for j in range(len(new)) if j not in matched_new and places.get(new[j])]
    return [(places[new[j]].pop(), j) for j in free if places[new[j]]]


def _edited(
    old: Sequence[str], new: Sequence[str], old_places: list[int], new_places: list[int]
) -> list[Pair]:
    """The pairing in order that keeps the most likeness, among pairs that are alike enough.
    Beyond 1,024 combinations only texts at the same distance from the start are compared."""
    if len(old_places) * len(new_places) > _LIMIT_COMPARED:
        near = zip(old_places, new_places, strict=False)
        return [(i, j) for i, j in near if similarity(old[i], new[j]) >= SIMILAR]
    pieces = [_pieces(new[j]) for j in new_places]
    scores = [
        [_likeness(first, p) for p in pieces] for first in (_pieces(old[i]) for i in old_places)
    ]
    best = [[0.0] * (len(new_places) + 1) for _ in range(len(old_places) + 1)]
    for a in reversed(range(len(old_places))):
        for b in reversed(range(len(new_places))):
            paired = scores[a][b] + best[a + 1][b + 1] if scores[a][b] >= SIMILAR else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], paired)
    return [(old_places[a], new_places[b]) for a, b in _walk(scores, best)]


def _walk(scores: list[list[float]], best: list[list[float]]) -> list[Pair]:
    a = b = 0
    found = []
    while a < len(scores) and b < len(scores[a]):
        score = scores[a][b]
        if score >= SIMILAR and best[a][b] == score + best[a + 1][b + 1]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _pieces(text: str) -> Counter[str]:
    text = fold(text[:_LONG])
    if len(text) > _SHORT:
        return Counter(text.split())
    padded = f" {' '.join(text.split())} "
    return Counter(padded[k : k + 3] for k in range(len(padded) - 2))
