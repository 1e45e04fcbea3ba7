"""The changes that new words make of a rule (pure)."""

from __future__ import annotations

from intranet.core.block_changes import BlockChange, changes_between
from intranet.wiki.rules import RuleText


def block_change(rule: RuleText, block_id: str, new_text: str) -> tuple[BlockChange, ...]:
    """The change that gives one paragraph of a rule new words; empty words remove it."""
    block = rule.block(block_id)
    if block is None or block.text == new_text.strip("\n"):
        return ()
    if not new_text.strip():
        return (BlockChange("remove", block_id, block.text, ""),)
    return (BlockChange("replace", block_id, block.text, new_text.strip("\n")),)


def block_after(block_id: str, new_text: str) -> tuple[BlockChange, ...]:
    """The change that puts new words behind one paragraph of a rule; none without words."""
    typed = new_text.strip("\n")
    return (BlockChange("insert_after", block_id, "", typed),) if typed.strip() else ()


def page_changes(rule: RuleText, new_text: str) -> tuple[BlockChange, ...]:
    """The changes that make a whole new text of a rule."""
    return changes_between(rule.blocks, rule.header + new_text)
