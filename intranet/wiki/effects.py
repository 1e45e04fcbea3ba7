"""What decisions do to rules. The command that causes these effects was authorised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intranet.core.block_changes import BlockChange, apply_changes
from intranet.core.blocks import Block, IdentifiedBlock, split_blocks
from intranet.core.db import insert_once
from intranet.core.markdown import TooLong
from intranet.core.policy import Conflict, NotFound
from intranet.core.transaction import Transaction
from intranet.members.queries import today
from intranet.wiki.directory import title_key
from intranet.wiki.events import RuleAmended, RuleCreated, RuleDecidersNamed, RuleRepealed
from intranet.wiki.models import Layer, Page, PageKind, Revision, RevisionKind
from intranet.wiki.names import free_slug, new_title
from intranet.wiki.places import last_place
from intranet.wiki.placing import give_place
from intranet.wiki.provenance import keep_changes
from intranet.wiki.redrawing import redraw_around, redraw_including
from intranet.wiki.rendering import Origin
from intranet.wiki.repeals import RuleRepeal
from intranet.wiki.revisions import (
    State,
    Writing,
    append,
    identified,
    new_block_id,
    newest,
    state_of,
)
from intranet.wiki.rule_places import RuleDeciders


@dataclass(frozen=True)
class NewRule:
    """A rule that a decision makes: its rank among the norms, its name, its text, its place."""

    layer: Layer
    title: str
    text: str
    audience: str
    language: str
    parent_id: int | None = None


def enact_revision(
    tx: Transaction,
    page_id: int,
    changes: Sequence[BlockChange],
    decision_number: str,
    in_force_on: date,
    author_id: int | None,
    summary: str = "",
    note: str = "",
) -> int:
    """Write an adopted amendment into a rule, and give the id of the new revision.

    The paragraphs changed or inserted bear the decision's number and day from now on, the others
    keep theirs. A text that applies from a later day is kept now and shown as coming; pages go by
    the day, not by any worker. `summary` and `note` (how the vote went) are shown with the mark.
    Raises core.block_changes.StaleBlock when a paragraph is no longer what was voted on, Conflict
    when a later text is already adopted for a day after `in_force_on`, or when the rule would
    become longer than a page may be.
    """
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or page.kind != PageKind.RULE:
        raise NotFound
    head = newest(tx.session, page_id)
    if head.in_force_on and head.in_force_on > max(in_force_on, today(tx)):
        raise Conflict("wiki.later_text_is_pending", day=head.in_force_on)
    present = state_of(tx.session, head)
    blocks = apply_changes(present.blocks, changes, new_block_id)
    pieces = tuple(block.block for block in blocks)
    origins = _origins(present, blocks, decision_number, in_force_on)
    said = " · ".join(filter(None, (summary, note)))
    writing = _enacted(pieces, origins, author_id, said, (decision_number, in_force_on))
    try:
        revision = tx.session.get_one(Revision, append(tx, page, head, writing))
    except TooLong as error:
        raise Conflict("wiki.rule_too_long", page=page.title) from error
    keep_changes(tx.session, revision)
    _bring_into_force(tx, page, revision)
    tx.record(RuleAmended(page.id, revision.id, decision_number, in_force_on))
    return revision.id


def _enacted(
    pieces: tuple[Block, ...],
    origins: Sequence[Origin],
    author_id: int | None,
    said: str,
    decided: tuple[str, date],
) -> Writing:
    """A text as a decision wrote it; `decided` is the decision's number and the day of force."""
    number, day = decided
    return Writing(
        RevisionKind.ENACTED,
        pieces,
        tuple(origins),
        author_id,
        said,
        decision_number=number,
        in_force_on=day,
    )


def _origins(
    before: State, blocks: Sequence[IdentifiedBlock], number: str, day: date
) -> tuple[Origin, ...]:
    """Where each block comes from: this decision where the words are new, else as before."""
    words = {block.id: block.text for block in before.blocks}
    origins = {origin.block_id: origin for origin in before.origins}
    return tuple(
        origins[block.id] if words.get(block.id) == block.text else Origin(block.id, number, day)
        for block in blocks
    )


def _bring_into_force(tx: Transaction, page: Page, revision: Revision) -> None:
    """Point the page at the revision unless its day is still to come."""
    applies = revision.in_force_on is None or revision.in_force_on <= today(tx)
    if applies or page.current_revision_id is None:
        page.current_revision_id = revision.id
        redraw_including(tx, page)


def create_rule(
    tx: Transaction,
    rule: NewRule,
    decision_number: str,
    in_force_on: date,
    author_id: int | None = None,
    summary: str = "",
    note: str = "",
) -> int:
    """Write a new rule that a decision adopted, every paragraph bearing its number; gives the id
    of the page. Raises Invalid when the name is taken."""
    title = new_title(tx.session, rule.title)
    page = _new_page(tx, rule, title, author_id)
    pieces = split_blocks(rule.text)
    origins = [Origin(o.block_id, decision_number, in_force_on) for o in identified(None, pieces)]
    said = " · ".join(filter(None, (summary, note)))
    writing = _enacted(pieces, origins, author_id, said, (decision_number, in_force_on))
    revision = tx.session.get_one(Revision, append(tx, page, None, writing))
    keep_changes(tx.session, revision)
    _bring_into_force(tx, page, revision)
    give_place(tx, page, decision_number, in_force_on)
    tx.record(RuleCreated(page.id, revision.id, decision_number))
    redraw_around(tx, page, (title, page.slug))
    return page.id


def repeal_rule(tx: Transaction, page_id: int, decision_number: str, on: date) -> None:
    """Mark a rule as repealed from a day on; it stays where it is, readable, with all its texts.

    A rule that is repealed already keeps its first repeal. Raises NotFound for no rule.
    """
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or page.kind != PageKind.RULE:
        raise NotFound
    row = {"decision_number": decision_number, "repealed_on": on, "at": tx.now}
    if insert_once(tx.session, RuleRepeal, page_id=page.id, **row):
        tx.record(RuleRepealed(page.id, decision_number, on))


def _new_page(tx: Transaction, rule: NewRule, title: str, author_id: int | None) -> Page:
    page = Page(
        kind=PageKind.RULE,
        layer=rule.layer,
        parent_id=rule.parent_id,
        position=last_place(tx.session, rule.parent_id),
        title=title,
        title_key=title_key(title),
        slug=free_slug(tx.session, title),
        language=rule.language,
        audience=rule.audience,
        created_at=tx.now,
        created_by_id=author_id,
    )
    tx.session.add(page)
    tx.session.flush()
    return page


def name_deciders(tx: Transaction, page_id: int, keys: Sequence[str], decision_number: str) -> None:
    """Say which procedures alone may change a rule from today; none gives it back to its rank.

    Raises NotFound for a page that is no rule.
    """
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or page.kind != PageKind.RULE:
        raise NotFound
    page.deciders = " ".join(dict.fromkeys(keys))
    page.deciders_decision = decision_number
    row = RuleDeciders(page_id=page.id, keys=page.deciders, in_force_on=today(tx), at=tx.now)
    row.decision_number = decision_number
    tx.session.add(row)
    tx.record(RuleDecidersNamed(page.id, decision_number, page.deciders))
