"""What each revision of a rule did to its paragraphs: kept as it is written, for every page that
tells where a paragraph comes from or what a decision did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, exists, insert, select
from sqlalchemy.orm import Session, aliased

from intranet.core.blocks import IdentifiedBlock
from intranet.wiki.models import Page, PageKind, ParagraphAct, ParagraphChange, Revision
from intranet.wiki.revisions import state_of

NOT_PARAGRAPHS = frozenset({"front_matter"})


@dataclass(frozen=True)
class Change:
    """What happened to one paragraph between two texts; `before` is empty for a new one, `after`
    for one that was taken out."""

    block_id: str
    act: ParagraphAct
    before: str
    after: str


def changes_between(
    before: Sequence[IdentifiedBlock], after: Sequence[IdentifiedBlock]
) -> Iterator[Change]:
    """The paragraphs created, changed and removed, in the order of the new text; what was removed
    comes where it stood."""
    old = {block.id: block.text for block in before}
    new = {block.id for block in after}
    gone = _gone(before, new)
    yield from gone.pop("", ())
    for block in after:
        if block.text and block.block.kind not in NOT_PARAGRAPHS:
            was = old.get(block.id, "")
            if not was:
                yield Change(block.id, ParagraphAct.CREATED, "", block.text)
            elif was != block.text:
                yield Change(block.id, ParagraphAct.CHANGED, was, block.text)
        yield from gone.pop(block.id, ())


def _gone(before: Sequence[IdentifiedBlock], new: set[str]) -> dict[str, list[Change]]:
    """The removed paragraphs by the last one before them that stayed, "" when there is none."""
    found: dict[str, list[Change]] = {}
    after = ""
    for block in before:
        if block.id in new:
            after = block.id
        elif block.text and block.block.kind not in NOT_PARAGRAPHS:
            gone = Change(block.id, ParagraphAct.REMOVED, block.text, "")
            found.setdefault(after, []).append(gone)
    return found


def keep_changes(session: Session, revision: Revision) -> None:
    """Store what a revision of a rule did to each paragraph, in place of what was stored.

    The first text that a decision made creates all its paragraphs, whatever the page said before.
    """
    base = _rule_before(session, revision)
    before = state_of(session, base).blocks if base else ()
    found = list(changes_between(before, state_of(session, revision).blocks))
    if not found:
        found = [Change("", ParagraphAct.NONE, "", "")]
    session.execute(delete(ParagraphChange).where(ParagraphChange.revision_id == revision.id))
    session.execute(
        insert(ParagraphChange),
        [
            {
                "revision_id": revision.id,
                "place": place,
                "page_id": revision.page_id,
                "block_id": change.block_id,
                "act": change.act,
                "before": change.before,
                "after": change.after,
            }
            for place, change in enumerate(found)
        ],
    )


def _rule_before(session: Session, revision: Revision) -> Revision | None:
    """The text of the rule that a revision follows, or None when the page was no rule yet."""
    earlier = select(Revision).where(
        Revision.page_id == revision.page_id, Revision.number < revision.number
    )
    enacted = earlier.where(Revision.decision_number.is_not(None)).limit(1)
    if session.scalars(enacted).one_or_none() is None:
        return None
    return session.scalars(earlier.order_by(Revision.number.desc()).limit(1)).one_or_none()


def untold(session: Session, limit: int) -> list[Revision]:
    """Revisions of rules whose changes are not kept yet, the oldest first: those that an earlier
    version of this application wrote."""
    enacted = aliased(Revision)
    since = exists().where(
        enacted.page_id == Revision.page_id,
        enacted.number <= Revision.number,
        enacted.decision_number.is_not(None),
    )
    kept = exists().where(ParagraphChange.revision_id == Revision.id)
    query = (
        select(Revision)
        .join(Page, and_(Page.id == Revision.page_id, Page.kind == PageKind.RULE))
        .where(since, ~kept)
        .order_by(Revision.id)
        .limit(limit)
    )
    return list(session.scalars(query))
