"""Mending the writing of a rule, and putting it back; the command that causes it was authorised."""

from __future__ import annotations

from dataclasses import replace

from intranet.core.blocks import IdentifiedBlock, join_blocks, split_blocks
from intranet.core.markdown import TooLong
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members.queries import today
from intranet.wiki.corrections.models import Correction, CorrectionEnd, Mended
from intranet.wiki.events import CorrectionRevoked, RuleCorrected
from intranet.wiki.models import Page, PageKind, Revision, RevisionKind
from intranet.wiki.provenance import keep_changes
from intranet.wiki.redrawing import redraw_including
from intranet.wiki.revisions import State, Writing, append, newest, state_of


def correct(tx: Transaction, mended: Mended, reason: str) -> int:
    """Mend a paragraph, and give the number of the correction.

    The paragraph keeps the decision that wrote it. Raises NotFound for no rule, Conflict when the
    paragraph is no longer what it was or a later text is adopted already, Invalid when the new
    words would alter another paragraph.
    """
    assert tx.actor.person_id is not None  # noqa: S101
    revision_id = _write(tx, mended, reason)
    correction = Correction(
        page_id=mended.page_id,
        block_id=mended.block_id,
        revision_id=revision_id,
        old_text=mended.old_text,
        new_text=mended.new_text,
        reason=reason,
        person_id=tx.actor.person_id,
        at=tx.now,
    )
    tx.session.add(correction)
    tx.session.flush()
    tx.record(RuleCorrected(mended.page_id, revision_id, correction.id))
    return correction.id


def put_back(tx: Transaction, correction: Correction, because: str) -> None:
    """Give the paragraph the words it had before the correction, as a new revision.

    Raises Conflict when the paragraph changed since, or the correction was taken back already.
    """
    assert tx.actor.person_id is not None  # noqa: S101
    if tx.session.get(CorrectionEnd, correction.id) is not None:
        raise Conflict("corrections.revoked_already")
    page_id, block_id = correction.page_id, correction.block_id
    back = Mended(page_id, block_id, correction.new_text, correction.old_text)
    revision_id = _write(tx, back, because)
    tx.session.add(
        CorrectionEnd(
            correction_id=correction.id,
            revision_id=revision_id,
            because=because,
            person_id=tx.actor.person_id,
            at=tx.now,
        )
    )
    tx.session.flush()
    tx.record(CorrectionRevoked(page_id, revision_id, correction.id))


def _write(tx: Transaction, mended: Mended, summary: str) -> int:
    """A new revision in which one paragraph has other words and nothing else differs."""
    page = tx.session.get(Page, mended.page_id, with_for_update=True)
    if page is None or page.kind != PageKind.RULE:
        raise NotFound
    head = newest(tx.session, page.id)
    if head.in_force_on and head.in_force_on > today(tx):
        raise Conflict("corrections.later_text_is_pending", day=head.in_force_on)
    present = state_of(tx.session, head)
    pieces = tuple(block.block for block in _with(present, mended))
    if [one.text for one in split_blocks(join_blocks(pieces))] != [one.text for one in pieces]:
        raise Invalid(new_text="correction_changes_the_structure")
    writing = Writing(
        RevisionKind.EDITED, pieces, present.origins, tx.actor.person_id, summary[:500]
    )
    try:
        revision = tx.session.get_one(Revision, append(tx, page, head, writing))
        keep_changes(tx.session, revision)
    except TooLong as error:
        raise Conflict("wiki.rule_too_long", page=page.title) from error
    page.current_revision_id = revision.id
    redraw_including(tx, page)
    return revision.id


def _with(present: State, mended: Mended) -> list[IdentifiedBlock]:
    found = []
    known = False
    for block in present.blocks:
        if block.id == mended.block_id and block.text == mended.old_text:
            known = True
            block = replace(block, block=replace(block.block, text=mended.new_text))
        found.append(block)
    if not known:
        raise Conflict("corrections.paragraph_changed")
    return found
