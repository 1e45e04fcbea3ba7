"""A rule as an amendment sees it: its newest text in blocks, and the decision behind each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from sqlalchemy import ColumnElement, func, select

from intranet.core.block_changes import BlockChange, apply_changes
from intranet.core.blocks import IdentifiedBlock, join_blocks
from intranet.core.frontmatter import header_end
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.members.queries import today
from intranet.wiki.models import Page, PageKind, Rendering
from intranet.wiki.rendering import without_actions
from intranet.wiki.revisions import newest, state_of
from intranet.wiki.visibility import visible


@dataclass(frozen=True)
class RuleText:
    """The newest text of a rule, adopted if not yet in force: the base of the next amendment.

    `header` and `body` make the source; `decisions` gives, for each block that a decision wrote,
    its number; `pending_from` is the day from which this text applies when that is still to come.
    `deciders` are the keys of the only procedures that may change it; none named means every one
    that may change its rank.
    """

    page_id: int
    slug: str
    title: str
    layer: str
    audience: str
    revision_id: int
    header: str
    body: str
    blocks: tuple[IdentifiedBlock, ...]
    decisions: Mapping[str, str] = field(default_factory=dict)
    pending_from: date | None = None
    deciders: tuple[str, ...] = ()

    def block(self, block_id: str) -> IdentifiedBlock | None:
        """The block of this id, or None when the text does not hold it."""
        return next((block for block in self.blocks if block.id == block_id), None)

    def admits(self, key: str, layers: Collection[str]) -> bool:
        """Whether the procedure of this key, which may change these ranks, may change the rule."""
        return self.layer in layers and (not self.deciders or key in self.deciders)


@dataclass(frozen=True)
class GuardedRule:
    """A rule that names the procedures that may change it."""

    page_id: int
    layer: str
    deciders: tuple[str, ...]


def rules_naming(reader: Reader, key: str) -> list[GuardedRule]:
    """Every rule that names the procedure of this key, whoever may read it."""
    rows = reader.session.execute(
        select(Page.id, func.coalesce(Page.layer, ""), Page.deciders)
        .where(Page.kind == PageKind.RULE, Page.deciders != "")
        .order_by(Page.id)
    )
    found = [GuardedRule(number, layer, tuple(keys.split())) for number, layer, keys in rows]
    return [rule for rule in found if key in rule.deciders]


def rule_text(reader: Reader, page_id: int) -> RuleText:
    """The newest text of a rule. Raises NotFound when there is none for this reader."""
    return _rule_text(reader, Page.id == page_id)


def rule_html(reader: Reader, page_id: int) -> str:
    """A rule as it reads, without what leads to changing it. Raises NotFound."""
    revision_id = rule_text(reader, page_id).revision_id
    return without_actions(reader.session.get_one(Rendering, revision_id).html)


def rule_text_of(reader: Reader, slug: str) -> RuleText:
    """The newest text of the rule at this address. Raises NotFound."""
    return _rule_text(reader, Page.slug == slug)


def still_fits(rule: RuleText, change: BlockChange) -> bool:
    """Whether the block that a change touches is still what the change was written for."""
    if change.block_id is None:
        return True
    block = rule.block(change.block_id)
    if block is None:
        return False
    return change.kind == "insert_after" or block.text == change.old_text


def text_after(rule: RuleText, changes: Sequence[BlockChange]) -> str:
    """The source of the rule with these changes. Raises ValueError when they do not apply."""
    ids = count()
    blocks = apply_changes(rule.blocks, changes, lambda: f"new-{next(ids)}")
    return join_blocks(block.block for block in blocks)


def _rule_text(reader: Reader, which: ColumnElement[bool]) -> RuleText:
    query = select(Page).where(which, Page.kind == PageKind.RULE, visible(reader))
    page = reader.session.scalars(query).one_or_none()
    if page is None:
        raise NotFound
    head = newest(reader.session, page.id)
    state = state_of(reader.session, head)
    end = header_end(state.text)
    pending = head.in_force_on if head.in_force_on and head.in_force_on > today(reader) else None
    return RuleText(
        page_id=page.id,
        slug=page.slug,
        title=page.title,
        layer=page.layer or "",
        audience=page.audience,
        revision_id=head.id,
        header=state.text[:end],
        body=state.text[end:],
        blocks=state.blocks,
        decisions={o.block_id: o.decision_number for o in state.origins if o.decision_number},
        pending_from=pending,
        deciders=tuple(page.deciders.split()),
    )
