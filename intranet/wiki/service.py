"""What people do to pages: write, restore, name, place, file and put away."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, select

from intranet.core.blocks import Block, split_blocks
from intranet.core.merge import merge
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import effects as members
from intranet.wiki.directory import title_key
from intranet.wiki.events import (
    PageArchived,
    PageCreated,
    PageMoved,
    PageRenamed,
    PageRestored,
    PageRevised,
    PageTagged,
    PageUnarchived,
)
from intranet.wiki.models import Page, PageKind, Revision, RevisionKind
from intranet.wiki.names import clean_title, free_slug, give_address, new_title
from intranet.wiki.places import clean_tags, last_place, parent_page, put_at, refuse_ring, retag
from intranet.wiki.policy import (
    may_archive,
    may_create_page,
    may_move,
    may_read_page,
    may_rename,
    may_restore,
    may_revise,
    may_set_audience,
    may_tag,
)
from intranet.wiki.redrawing import redraw_around, redraw_including
from intranet.wiki.revisions import (
    State,
    Writing,
    append,
    identified,
    newest,
    revision_of,
    state_of,
)
from intranet.wiki.rights.inheriting import give_rights, require_place, take_place
from intranet.wiki.rights.starting import DRAFT, Start, start
from intranet.wiki.typed import (
    NewPage,
    Revised,
    TextChange,
    clean_summary,
    clean_text,
    known_audience,
    refuse_shrinking,
    typed_on,
)

# Every command on a page asks this: it is built once.
_PAGE = (
    select(Page)
    .where(Page.id == bindparam("page_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def _page(tx: Transaction, page_id: int) -> Page:
    page = tx.session.scalars(_PAGE, {"page_id": page_id}).one_or_none()
    if page is None or not may_read_page(tx, page):
        raise NotFound
    return page


def create_page(tx: Transaction, new: NewPage) -> Page:
    """Write a page that was not there. Raises Invalid for a name that is taken or empty."""
    parent = parent_page(tx, new.parent_id)
    rights = _rights(tx, new.audience, parent)
    tx.require(may_create_page, rights.audience, parent)
    title = new_title(tx.session, new.title)
    pieces = split_blocks(clean_text(new.text))
    parent_id = parent.id if parent else None
    page = Page(
        kind=PageKind.ORDINARY,
        parent_id=parent_id,
        position=last_place(tx.session, parent_id),
        title=title,
        title_key=title_key(title),
        slug=free_slug(tx.session, title),
        language=new.language,
        created_at=tx.now,
        created_by_id=tx.actor.person_id,
        **rights.columns(),
    )
    tx.session.add(page)
    tx.session.flush()
    writing = _writing(tx, RevisionKind.CREATED, pieces, None, clean_summary(new.summary))
    page.current_revision_id = append(tx, page, None, writing)
    retag(tx.session, page.id, set(), clean_tags(tx.session, new.tags))
    tx.record(PageCreated(page.id, page.current_revision_id))
    redraw_around(tx, page, (title, page.slug))
    return page


def _rights(tx: Transaction, chosen: str, parent: Page | None) -> Start:
    author = tx.actor.person_id
    if chosen == DRAFT and author is not None:
        return Start(members.list_people(tx, [author]), draft_of=author)
    return start(chosen, parent)


def _writing(
    tx: Transaction,
    kind: RevisionKind,
    pieces: tuple[Block, ...],
    before: State | None,
    summary: str,
    *,
    minor: bool = False,
) -> Writing:
    origins = identified(before, pieces)
    return Writing(kind, pieces, origins, tx.actor.person_id, summary, minor)


def revise_page(tx: Transaction, page_id: int, change: TextChange) -> Revised:
    """Give an ordinary page a new text.

    When others revised it since the base was opened, changes of different paragraphs are put
    together; the same paragraph changed on both sides raises Conflict, and nothing is stored.
    Raises Invalid when the whole text would go, or when almost the whole would, or more than the
    editor said, and this was not confirmed.
    """
    page = _page(tx, page_id)
    tx.require(may_revise, page)
    head = newest(tx.session, page_id)
    present = state_of(tx.session, head)
    base = present if change.base_revision_id == head.id else _base(tx, page_id, change)
    text, summary = typed_on(base.text, change), clean_summary(change.summary)
    merged = text != present.text and base.text != present.text
    if merged:
        text = _merged(base, text, present)
    if text == present.text:
        return Revised(head.id, changed=False)
    refuse_shrinking(present.text, text, confirmed=change.confirmed)
    pieces = split_blocks(text)
    writing = _writing(tx, RevisionKind.EDITED, pieces, present, summary, minor=change.minor)
    page.current_revision_id = revision_id = append(tx, page, head, writing)
    tx.record(PageRevised(page.id, revision_id))
    redraw_including(tx, page)
    return Revised(revision_id, merged)


def _base(tx: Transaction, page_id: int, change: TextChange) -> State:
    return state_of(tx.session, revision_of(tx.session, page_id, change.base_revision_id))


def _merged(base: State, text: str, present: State) -> str:
    merged = merge(base.text, text, present.text)
    if merged.text is None:
        raise Conflict("wiki.edited_meanwhile")
    return merged.text


def _at(tx: Transaction, page: Page, seen_revision_id: int) -> Revision:
    """The newest revision, which must be the one the person was looking at."""
    head = newest(tx.session, page.id)
    if head.id != seen_revision_id:
        raise Conflict("wiki.changed_meanwhile")
    return head


def restore_revision(
    tx: Transaction, page_id: int, revision_id: int, seen_id: int, *, with_title: bool = False
) -> int:
    """Bring an earlier text back as a new revision; the name of the page stays as it is, unless
    the name of then is asked for too.

    Gives the id of the new revision. Raises Conflict when the page changed since it was seen,
    Invalid when another page has the name of then, or for a text whose words were removed.
    """
    page = _page(tx, page_id)
    tx.require(may_restore, page)
    head = _at(tx, page, seen_id)
    earlier = state_of(tx.session, revision_of(tx.session, page_id, revision_id))
    title = earlier.revision.title if with_title else page.title
    if earlier.revision.text_digest == head.text_digest and title == page.title:
        return head.id
    refuse_shrinking(state_of(tx.session, head).text, earlier.text, confirmed=True)
    former = _give_name(tx, page, title)
    blocks = tuple(block.block for block in earlier.blocks)
    summary = f"№ {earlier.revision.number}"
    writing = Writing(RevisionKind.RESTORED, blocks, earlier.origins, tx.actor.person_id, summary)
    page.current_revision_id = restored_id = append(tx, page, head, writing)
    tx.record(PageRestored(page.id, restored_id, earlier.revision.id))
    if former:
        tx.record(PageRenamed(page.id, restored_id))
        redraw_around(tx, page, (*former, page.title, page.slug))
    redraw_including(tx, page)
    return restored_id


def _give_name(tx: Transaction, page: Page, title: str) -> tuple[str, ...]:
    """Give a page a name and its address; gives the former ones, nothing when it has that name.
    Raises Invalid for a taken name."""
    if title == page.title:
        return ()
    tx.require(may_rename, page)
    named, former = new_title(tx.session, title, page.id), (page.title, page.slug)
    give_address(tx.session, page, free_slug(tx.session, named, page.id))
    page.title, page.title_key = named, title_key(named)
    return former


def rename_page(tx: Transaction, page_id: int, title: str, seen_id: int) -> Page:
    """Give a page another name. Its former address leads to it for ever, and no other page's
    source changes. Raises Invalid for a taken name, Conflict when somebody else renamed it since
    it was seen; a text that changed meanwhile stands in nobody's way."""
    page = _page(tx, page_id)
    tx.require(may_rename, page)
    head = newest(tx.session, page.id)
    if revision_of(tx.session, page.id, seen_id).title != head.title:
        raise Conflict("wiki.renamed_meanwhile", title=page.title)
    former = _give_name(tx, page, clean_title(title))
    if not former:
        return page
    state = state_of(tx.session, head)
    blocks = tuple(block.block for block in state.blocks)
    writing = Writing(RevisionKind.EDITED, blocks, state.origins, tx.actor.person_id, minor=True)
    page.current_revision_id = append(tx, page, head, writing)
    tx.record(PageRenamed(page.id, page.current_revision_id))
    redraw_around(tx, page, (*former, page.title, page.slug))
    return page


def move_page(
    tx: Transaction, page_id: int, parent_id: int | None, place: int | None = None
) -> None:
    """Put a page under another, or at the top, as the nth of the pages there (from 1). One that
    has no rights of its own takes those of its new place."""
    page = _page(tx, page_id)
    tx.require(may_move, page)
    parent = parent_page(tx, parent_id)
    refuse_ring(tx.session, page, parent)
    require_place(tx, page, parent)
    put_at(tx.session, page, parent.id if parent else None, place)
    take_place(tx, page, parent)
    tx.record(PageMoved(page.id, page.parent_id))


def archive_page(tx: Transaction, page_id: int, reason: str) -> None:
    """Put a page away, with a reason shown in its place; nothing is deleted. Twice changes
    nothing."""
    page = _page(tx, page_id)
    tx.require(may_archive, page)
    said = clean_summary(reason)
    if not said:
        raise Invalid(reason="wiki.reason_missing")
    if page.archived_at is None:
        page.archived_at, page.archived_because = tx.now, said
        tx.record(PageArchived(page.id))


def unarchive_page(tx: Transaction, page_id: int) -> None:
    """Take a page out of the archive. Twice changes nothing."""
    page = _page(tx, page_id)
    tx.require(may_archive, page)
    if page.archived_at is not None:
        page.archived_at = page.archived_because = None
        tx.record(PageUnarchived(page.id))


def set_tags(tx: Transaction, page_id: int, seen: Collection[str], wanted: Collection[str]) -> None:
    """Change the words a page is filed under: what differs from the words that were seen."""
    page = _page(tx, page_id)
    tx.require(may_tag, page)
    if retag(tx.session, page.id, set(seen), clean_tags(tx.session, wanted)):
        tx.record(PageTagged(page.id))


def set_audience(tx: Transaction, page_id: int, audience: str) -> None:
    """Choose who may read a page, and all below it that follow it."""
    page = _page(tx, page_id)
    tx.require(may_set_audience, page, known_audience(audience))
    if page.audience == audience:
        return
    give_rights(tx, page, audience, page.writers, own=True)
