"""The text that suggestions change: that of a resolution or a new rule, or a rule as amended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from intranet.core.block_changes import BlockChange, apply_changes, changes_between, changes_to
from intranet.core.blocks import IdentifiedBlock, join_blocks, split_blocks
from intranet.core.policy import Conflict, Invalid
from intranet.core.text import sha256_digest
from intranet.core.transaction import Reader
from intranet.proposals.kinds.amendment import KIND as AMENDMENT
from intranet.proposals.kinds.amendment import changes_of
from intranet.proposals.kinds.new_rule import KIND as NEW_RULE
from intranet.proposals.kinds.resolution import KIND as RESOLUTION
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.proposals.versions import Wording, wording_of
from intranet.wiki import rules

CAN_BE_AMENDED = (AMENDMENT.key, NEW_RULE.key, RESOLUTION.key)
"""The kinds whose text has paragraphs that can be changed one by one."""

Blocks = tuple[IdentifiedBlock, ...]


def blocks_of(reader: Reader, proposal: Proposal, version: ProposalVersion) -> Blocks:
    """The blocks of the text that a version asks for.

    Raises Conflict when the rule changed since: then the whole proposal has to be written anew.
    """
    if proposal.kind != AMENDMENT.key:
        return _of_text(version.text)
    assert proposal.page_id is not None  # noqa: S101
    rule = rules.rule_text(reader, proposal.page_id)
    numbers = count()
    try:
        return apply_changes(rule.blocks, changes_of(version), lambda: f"new-{next(numbers)}")
    except ValueError as stale:
        raise Conflict("suggestions.rule_changed") from stale


def _of_text(text: str) -> Blocks:
    """The blocks of a text, each known by its words; the second of two equal ones by a number."""
    seen: dict[str, int] = {}
    found = []
    for block in split_blocks(text):
        name = sha256_digest(block.text)[:12]
        seen[name] = seen.get(name, 0) + 1
        found.append(IdentifiedBlock(name if seen[name] == 1 else f"{name}-{seen[name]}", block))
    return tuple(found)


def source_of(blocks: Sequence[IdentifiedBlock]) -> str:
    """The blocks as one text."""
    return join_blocks(block.block for block in blocks)


def changed_paragraphs(
    reader: Reader, proposal: Proposal, blocks: Blocks
) -> tuple[IdentifiedBlock, ...]:
    """The paragraphs in question: all of a resolution; of a rule, those that would change."""
    if proposal.kind != AMENDMENT.key:
        return tuple(block for block in blocks if block.text.strip())
    assert proposal.page_id is not None  # noqa: S101
    present = {block.id: block.text for block in rules.rule_text(reader, proposal.page_id).blocks}
    return tuple(block for block in blocks if present.get(block.id) != block.text)


def after(blocks: Blocks, changes: Sequence[BlockChange]) -> Blocks:
    """The blocks with the changes. Raises Invalid when they would alter other paragraphs too."""
    numbers = count()
    try:
        return apply_changes(blocks, changes, lambda: f"suggested-{next(numbers)}")
    except ValueError as error:
        raise Invalid(new_text="changes_unclear") from error


def to_paragraph(blocks: Blocks, block_id: str, new_text: str) -> tuple[BlockChange, ...]:
    """The change that gives one paragraph new words; empty words remove it. Raises Invalid."""
    block = next((one for one in blocks if one.id == block_id), None)
    if block is None:
        raise Invalid(new_text="passage_unknown")
    text = new_text.strip("\n")
    if text == block.text:
        return ()
    if not text.strip():
        return (BlockChange("remove", block_id, block.text, ""),)
    return (BlockChange("replace", block_id, block.text, text),)


def to_whole(blocks: Blocks, new_text: str) -> tuple[BlockChange, ...]:
    """The changes that make a whole new text."""
    return changes_between(blocks, new_text)


def amended_wording(
    reader: Reader, proposal: Proposal, version: ProposalVersion, changes: Sequence[BlockChange]
) -> Wording:
    """The wording of a version with suggested changes in it. Raises Conflict, Invalid."""
    result = after(blocks_of(reader, proposal, version), changes)
    wording = wording_of(version)
    if proposal.kind != AMENDMENT.key:
        return replace(wording, text=source_of(result))
    assert proposal.page_id is not None  # noqa: S101
    rule = rules.rule_text(reader, proposal.page_id)
    return replace(
        wording, changes=changes_to(rule.blocks, result), base_revision_id=rule.revision_id
    )
