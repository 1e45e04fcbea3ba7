"""How a decision makes a rule of an ordinary page. The command that causes it was authorised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intranet.core.blocks import split_blocks
from intranet.core.policy import Conflict, NotFound
from intranet.core.transaction import Transaction
from intranet.members.queries import today
from intranet.members.statuses import readers_of_a_record
from intranet.wiki.events import PageUnarchived, RuleCreated
from intranet.wiki.models import Layer, Page, PageKind, Revision, RevisionKind
from intranet.wiki.placing import give_place
from intranet.wiki.provenance import keep_changes
from intranet.wiki.redrawing import redraw, redraw_including
from intranet.wiki.rendering import Origin
from intranet.wiki.revisions import State, Writing, append, identified, newest, state_of
from intranet.wiki.trash.events import PageTakenFromTrash


@dataclass(frozen=True)
class Decided:
    """The decision that makes the rule, the day from which it applies, and who asked for it."""

    number: str
    in_force_on: date
    author_id: int | None = None
    summary: str = ""


def make_rule(tx: Transaction, page_id: int, layer: str, text: str, decided: Decided) -> int:
    """Make an ordinary page a rule of a rank, and give the id of its new revision.

    `text` is the source that was voted: it replaces whatever the page says by now, and every
    paragraph bears the decision's number and day. What was edited meanwhile stays in the history.
    A page that somebody put away during the vote is in use again: one person's act does not undo
    what all decided. Raises NotFound without such a page, Conflict when it is a rule already.
    """
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None:
        raise NotFound
    if page.kind == PageKind.RULE:
        raise Conflict("wiki.already_a_rule")
    page.kind, page.layer = PageKind.RULE, Layer(layer)
    page.audience = readers_of_a_record(page.audience)
    page.is_draft = page.is_working = False
    if page.archived_at is not None:
        page.archived_at = page.archived_because = None
        tx.record(PageUnarchived(page.id))
    if page.trashed_at is not None:
        page.trashed_at = page.trashed_because = page.trashed_by_id = None
        tx.record(PageTakenFromTrash(page.id))
    head = newest(tx.session, page_id)
    revision_id = append(tx, page, head, _writing(state_of(tx.session, head), text, decided))
    revision = tx.session.get_one(Revision, revision_id)
    keep_changes(tx.session, revision)
    if decided.in_force_on <= today(tx):
        page.current_revision_id = revision.id
        redraw_including(tx, page)
    else:
        redraw(tx.session, [page.id])
    give_place(tx, page, decided.number, decided.in_force_on)
    tx.record(RuleCreated(page.id, revision.id, decided.number))
    return revision.id


def _writing(present: State, text: str, decided: Decided) -> Writing:
    number, day = decided.number, decided.in_force_on
    pieces = split_blocks(text)
    return Writing(
        RevisionKind.ENACTED,
        pieces,
        tuple(Origin(o.block_id, number, day) for o in identified(present, pieces)),
        decided.author_id,
        decided.summary,
        decision_number=number,
        in_force_on=day,
    )
