"""The texts that suggestions change: of a resolution, a new rule or a page, or rules as amended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from intranet.core.block_changes import BlockChange, apply_changes, changes_between, changes_to
from intranet.core.blocks import IdentifiedBlock, join_blocks, split_blocks
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.text import sha256_digest
from intranet.core.transaction import Reader
from intranet.proposals.kinds.adoption import KIND as ADOPTION
from intranet.proposals.kinds.amendment import KIND as AMENDMENT
from intranet.proposals.kinds.amendment import changes_of
from intranet.proposals.kinds.new_rule import KIND as NEW_RULE
from intranet.proposals.kinds.resolution import KIND as RESOLUTION
from intranet.proposals.kinds.several import RuleChange, rule_changes, to_text
from intranet.proposals.models import OF_SEVERAL, Proposal, ProposalVersion
from intranet.proposals.suggestions.placing import TextChange
from intranet.proposals.versions import Wording, wording_of
from intranet.wiki import rules

CAN_BE_AMENDED = (ADOPTION.key, AMENDMENT.key, NEW_RULE.key, RESOLUTION.key, OF_SEVERAL)
"""The kinds whose text has paragraphs that can be changed one by one."""

Blocks = tuple[IdentifiedBlock, ...]
Texts = Mapping[int | None, Blocks]
"""The texts of a proposal: by rule where it changes several, else the only one, under None."""


def texts_of(reader: Reader, proposal: Proposal, version: ProposalVersion) -> Texts:
    """The texts that a version asks for, in blocks.

    A change of several rules has one for each rule that it is, or once was, about. Raises Conflict
    when a rule changed since: then the whole proposal has to be written anew.
    """
    if proposal.kind == OF_SEVERAL:
        asked = {part.page_id: part.changes for part in rule_changes(version.particulars)}
        known = dict.fromkeys((*asked, *(page.id for page in proposal.pages)))
        return {one: _as_amended(reader, one, asked.get(one, ())) for one in known}
    if proposal.kind != AMENDMENT.key:
        return {None: _of_text(version.text)}
    assert proposal.page_id is not None  # noqa: S101
    return {None: _as_amended(reader, proposal.page_id, changes_of(version))}


def text_in(texts: Texts, page_id: int | None) -> Blocks:
    """One of the texts of a proposal. Raises NotFound when it has no such text."""
    if page_id not in texts:
        raise NotFound
    return texts[page_id]


def rule_of(proposal: Proposal, page_id: int | None) -> int | None:
    """The rule that a text of a proposal would be; None for a text that stands for itself."""
    return proposal.page_id if proposal.kind == AMENDMENT.key else page_id


def rule_titles(proposal: Proposal) -> dict[int, str]:
    """The titles of the rules of a change of several; none where there is only one text."""
    return {page.id: page.title for page in proposal.pages} if proposal.kind == OF_SEVERAL else {}


def _as_amended(reader: Reader, page_id: int, changes: Sequence[BlockChange]) -> Blocks:
    numbers = count()
    blocks = rules.rule_text(reader, page_id).blocks
    try:
        return apply_changes(blocks, changes, lambda: f"new-{next(numbers)}")
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
    reader: Reader, rule_id: int | None, blocks: Blocks
) -> tuple[IdentifiedBlock, ...]:
    """The paragraphs in question: of a rule, those that would change; else all of the text."""
    if rule_id is None:
        return tuple(
            block for block in blocks if block.text.strip() and block.block.kind != "front_matter"
        )
    present = {block.id: block.text for block in rules.rule_text(reader, rule_id).blocks}
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
    reader: Reader, proposal: Proposal, version: ProposalVersion, asked: TextChange
) -> Wording:
    """The wording of a version with suggested changes in it. Raises Conflict, Invalid, NotFound."""
    result = after(text_in(texts_of(reader, proposal, version), asked.page_id), asked.changes)
    wording, rule_id = wording_of(version), rule_of(proposal, asked.page_id)
    if rule_id is None:
        return replace(wording, text=source_of(result))
    rule = rules.rule_text(reader, rule_id)
    changes = changes_to(rule.blocks, result)
    if proposal.kind != OF_SEVERAL:
        return replace(wording, changes=changes, base_revision_id=rule.revision_id)
    part = RuleChange(rule_id, rule.title, rule.revision_id, changes)
    parts = {one.page_id: one for one in rule_changes(version.particulars)} | {rule_id: part}
    return replace(wording, particulars=to_text([one for one in parts.values() if one.changes]))
