"""An amendment as a set of changes to blocks, and what it makes of a text. Pure.

What was voted is what is enacted: a change names the block it touches and the text that block
had, and applies only while the block still has that text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from intranet.core.block_match import match
from intranet.core.blocks import Block, IdentifiedBlock, join_blocks, split_blocks

Kind = Literal["replace", "insert_after", "remove"]
KINDS: tuple[Kind, ...] = ("replace", "insert_after", "remove")


class StaleBlock(ValueError):
    """A block is no longer what the change was written for; `block_id` names it."""

    def __init__(self, block_id: str) -> None:
        super().__init__(f"block {block_id} has changed or is gone")
        self.block_id = block_id


class EntangledChange(ValueError):
    """Applied, the changes would alter a block they do not name, as an unclosed fence swallows
    the paragraphs after it; `block_id` names the first block that differs, None if it is new."""

    def __init__(self, block_id: str | None) -> None:
        super().__init__(f"block {block_id} would change too")
        self.block_id = block_id


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One change. `block_id` is the block replaced or removed, or the one after which `new_text`
    is inserted (None: at the start). `old_text` is "" for an insertion, `new_text` for a removal;
    a new text may hold several blocks."""

    kind: Kind
    block_id: str | None
    old_text: str
    new_text: str

    def to_json(self) -> dict[str, str | None]:
        """The change as JSON values."""
        return {
            "kind": self.kind,
            "block_id": self.block_id,
            "old_text": self.old_text,
            "new_text": self.new_text,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> "BlockChange":
        """The change that to_json wrote. Raises ValueError on anything else."""
        kind, block_id = values.get("kind"), values.get("block_id")
        old_text, new_text = values.get("old_text"), values.get("new_text")
        known = next((known for known in KINDS if known == kind), None)
        texts = isinstance(old_text, str) and isinstance(new_text, str)
        named = isinstance(block_id, str) or (block_id is None and known == "insert_after")
        if known is None or not texts or not named:
            raise ValueError("not a change to a block")
        return cls(known, block_id, str(old_text), str(new_text))  # type: ignore[arg-type]


def changes_between(base: Sequence[IdentifiedBlock], new_text: str) -> tuple[BlockChange, ...]:
    """The changes that make `new_text` of the base, in the order of the text. White space between
    blocks that stay is not a change. A moved block is removed here and inserted there."""
    blocks = split_blocks(new_text)
    texts = [block.text for block in blocks]
    partner = {j: i for i, j in match([block.text for block in base], texts, moves=False)}
    stays = set(partner.values())
    found: list[BlockChange] = []
    run: list[Block] = []
    after = -1
    for j, block in enumerate(blocks):
        if j not in partner:
            run += [block] if block.text else []
            continue
        found += _step(base, after, partner[j], run, stays)
        run, after = [], partner[j]
        if base[after].text != block.text:
            found.append(BlockChange("replace", base[after].id, base[after].text, block.text))
    return (*found, *_step(base, after, len(base), run, stays))


def changes_to(
    base: Sequence[IdentifiedBlock], result: Sequence[IdentifiedBlock]
) -> tuple[BlockChange, ...]:
    """The changes that make `result` of the base, told by ids alone: a block of the result with
    the id of a base block is that block. The blocks that stay keep their order."""
    place = {block.id: index for index, block in enumerate(base)}
    stays = {place[block.id] for block in result if block.id in place}
    found: list[BlockChange] = []
    run: list[Block] = []
    after = -1
    for block in result:
        if block.id not in place:
            run += [block.block] if block.text else []
            continue
        here = place[block.id]
        found += _step(base, after, here, run, stays)
        run, after = [], here
        if base[here].text != block.text:
            found.append(BlockChange("replace", block.id, base[here].text, block.text))
    return (*found, *_step(base, after, len(base), run, stays))


def _step(
    base: Sequence[IdentifiedBlock], after: int, until: int, run: Sequence[Block], stays: set[int]
) -> list[BlockChange]:
    """What happens between two blocks that stay: an insertion after the first, removals."""
    found = []
    if run:
        anchor = base[after].id if after >= 0 else None
        found.append(BlockChange("insert_after", anchor, "", _trimmed(run)))
    gone = (base[i] for i in range(after + 1, until) if i not in stays and base[i].text)
    return found + [BlockChange("remove", block.id, block.text, "") for block in gone]


def apply_changes(
    blocks: Sequence[IdentifiedBlock], changes: Iterable[BlockChange], new_id: Callable[[], str]
) -> tuple[IdentifiedBlock, ...]:
    """The blocks after all the changes; untouched ones keep text and id to the byte, a replaced
    one keeps its id, new ones get theirs from `new_id`. The white space around a change is
    widened to a blank line only where the blocks would otherwise run together.

    Raises StaleBlock when a touched block is missing or has another text than the change says,
    EntangledChange when the result would alter another block, ValueError when two changes touch
    the same block in the same way."""
    inserted, touched = _by_place(changes)
    _refuse_stale(blocks, inserted, touched)
    parts = _parts(blocks, inserted, touched)
    if not parts:
        return ()
    for wide in (False, True):
        shown = _assemble(blocks, parts, wide=wide)
        if [block.text for block in shown] == [text for part in parts for text in part.texts]:
            return _with_ids(shown, parts, new_id)
    raise EntangledChange(_first_difference(shown, parts))


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the result: a base block as it was, its replacement, or an insertion
    (`block` None). `in_place`: the block before it is the one that was there in the base."""

    block: IdentifiedBlock | None
    source: str
    texts: tuple[str, ...]
    gap: str
    in_place: bool


Places = dict[str | None, BlockChange]


def _by_place(changes: Iterable[BlockChange]) -> tuple[Places, Places]:
    inserted: Places = {}
    touched: Places = {}
    for change in changes:
        place = inserted if change.kind == "insert_after" else touched
        if change.block_id in place:
            raise ValueError(f"two changes for block {change.block_id}")
        place[change.block_id] = change
    return inserted, touched


def _refuse_stale(blocks: Sequence[IdentifiedBlock], inserted: Places, touched: Places) -> None:
    texts = {block.id: block.text for block in blocks}
    for block_id, change in touched.items():
        if block_id is None or texts.get(block_id) != change.old_text:
            raise StaleBlock(str(block_id))
    for block_id in inserted:
        if block_id is not None and block_id not in texts:
            raise StaleBlock(block_id)


def _parts(blocks: Sequence[IdentifiedBlock], inserted: Places, touched: Places) -> list[_Part]:
    parts = _insertion(inserted.get(None))
    in_place = not parts
    for block in blocks:
        change = touched.get(block.id)
        text = change.new_text if change else block.text
        new = split_blocks(text) if change else (block.block,)
        new = tuple(piece for piece in new if piece.text)
        if new:
            source = _trimmed(new) if change else text
            texts = tuple(piece.text for piece in new)
            parts.append(_Part(block, source, texts, block.block.gap_before, in_place))
        more = _insertion(inserted.get(block.id))
        parts += more
        in_place = bool(new) and not more
    return parts


def _insertion(change: BlockChange | None) -> list[_Part]:
    new = [block for block in split_blocks(change.new_text) if block.text] if change else []
    texts = tuple(block.text for block in new)
    return [_Part(None, _trimmed(new), texts, "", in_place=False)] if new else []


def _trimmed(blocks: Sequence[Block]) -> str:
    """The source of some neighbouring blocks, without the white space around them."""
    first, *others = blocks
    return join_blocks([Block(first.kind, first.text), *others])[: _length(blocks)]


def _length(blocks: Sequence[Block]) -> int:
    inner = sum(len(block.gap_before) for block in blocks[1:])
    return inner + sum(len(block.text) for block in blocks)


def _assemble(
    base: Sequence[IdentifiedBlock], parts: Sequence[_Part], *, wide: bool
) -> tuple[Block, ...]:
    """The blocks of the parts written one after the other."""
    source = join_blocks(block.block for block in base)
    blank = "\r\n\r\n" if "\r\n" in source else "\n\n"
    written = []
    for index, part in enumerate(parts):
        if index == 0:
            gap = base[0].block.gap_before if base else ""
        elif (part.in_place and not (wide and _is_changed(parts, index))) or _is_wide(part.gap):
            gap = part.gap
        else:
            gap = blank
        written.append(gap + part.source)
    return split_blocks("".join(written) + (base[-1].block.gap_after if base else "\n"))


def _is_wide(gap: str) -> bool:
    return gap.replace("\r\n", "\n").replace("\r", "\n").count("\n") > 1


def _is_changed(parts: Sequence[_Part], index: int) -> bool:
    return any(
        part.block is None or part.source != part.block.text
        for part in parts[index - 1 : index + 1]
    )


def _with_ids(
    shown: Sequence[Block], parts: Sequence[_Part], new_id: Callable[[], str]
) -> tuple[IdentifiedBlock, ...]:
    ids: list[str] = []
    for part in parts:
        if part.block is None:
            ids += [new_id() for _ in part.texts]
        elif len(part.texts) == 1:
            ids.append(part.block.id)
        else:
            ids += _ids_of_several(part.block, part.texts, new_id)
    return tuple(IdentifiedBlock(i, block) for i, block in zip(ids, shown, strict=True))


def _ids_of_several(
    block: IdentifiedBlock, texts: Sequence[str], new_id: Callable[[], str]
) -> list[str]:
    """One of the texts that replace a block keeps its id: the similar one, else the first."""
    kept = max(match([block.text], texts, moves=False), default=(0, 0))[1]
    return [block.id if index == kept else new_id() for index in range(len(texts))]


def _first_difference(shown: Sequence[Block], parts: Sequence[_Part]) -> str | None:
    expected = [(text, part.block) for part in parts for text in part.texts]
    for index, (text, block) in enumerate(expected):
        if index >= len(shown) or shown[index].text != text:
            return block.id if block else None
    return None
