"""Writing what an import found: new pages, and new texts of pages that were imported before."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import select

from intranet.core.blocks import split_blocks
from intranet.core.policy import Invalid
from intranet.core.text import slugify
from intranet.core.transaction import Transaction
from intranet.members.queries import cooperative
from intranet.members.statuses import narrowest, readers_of_a_record
from intranet.wiki.addresses import RESERVED
from intranet.wiki.directory import title_key
from intranet.wiki.events import PageCreated, PageRevised
from intranet.wiki.import_plan import PlannedPage, guessed_language
from intranet.wiki.imports.report import Target
from intranet.wiki.imports.steps import Step
from intranet.wiki.models import FormerSlug, Page, PageKind, Revision, RevisionKind
from intranet.wiki.names import free_slug, new_title
from intranet.wiki.paths import GENERIC, collection_of, permalink_key
from intranet.wiki.places import clean_tags, last_place, retag
from intranet.wiki.policy import may_put_below
from intranet.wiki.revisions import Writing, append_undrawn, identified, newest, state_of
from intranet.wiki.source_files import words_of_name

LONGEST_REASON = 300


def create(tx: Transaction, step: Step, target: Target) -> int:
    """A page out of a file; its rendering is made later. Gives the id of the page. Raises Refused
    where this person may put no page."""
    planned, facts = step.planned, step.planned.facts
    title = _free_title(tx, planned)
    guessed = guessed_language(step.text, cooperative(tx.session).locale)
    parent_id = _parent_id(tx, planned, target)
    parent = tx.session.get(Page, parent_id) if parent_id else None
    if parent is not None:
        tx.require(may_put_below, parent)
    page = Page(
        kind=PageKind.ORDINARY,
        parent_id=parent_id,
        position=planned.position if planned.parent else last_place(tx.session, parent_id),
        title=title,
        title_key=title_key(title),
        slug=_slug(tx, planned, title),
        language=facts.language if facts and facts.language in ("fr", "en") else guessed,
        audience=_audience(planned, target),
        created_at=_created_at(tx, planned),
        created_by_id=tx.actor.person_id,
        source_path=planned.path,
    )
    if facts and facts.archived:
        page.archived_at, page.archived_because = tx.now, facts.archived[:LONGEST_REASON]
    page.is_working = planned.is_working
    tx.session.add(page)
    tx.session.flush()
    revision_id = write(tx, page, None, step.text)
    retag(tx.session, page.id, set(), clean_tags(tx.session, planned.tags))
    _keep_names(tx, page, planned)
    tx.record(PageCreated(page.id, revision_id))
    return page.id


def _audience(planned: PlannedPage, target: Target) -> str:
    """Who may read the page: never more people than where it came from. What was for a body or
    some people there, who are not those of here, is for members."""
    said = planned.facts.audience if planned.facts else ""
    return narrowest(target.audience, readers_of_a_record(said)) if said else target.audience


def _slug(tx: Transaction, planned: PlannedPage, title: str) -> str:
    """The address the page had in our own export, when it is free here, so that links hold."""
    wanted = planned.facts.slug if planned.facts else ""
    if wanted and slugify(wanted, reserved=RESERVED) == wanted and _is_free(tx, wanted):
        return wanted
    return free_slug(tx.session, title)


def _is_free(tx: Transaction, slug: str) -> bool:
    page = tx.session.scalar(select(Page.id).where(Page.slug == slug))
    return page is None and tx.session.get(FormerSlug, slug) is None


def _keep_names(tx: Transaction, page: Page, planned: PlannedPage) -> None:
    """The other names under which texts may mean this page, as far as they are free."""
    names = [slugify(name) for name in planned.names]
    keys = [name for name in names if name not in RESERVED and _is_free(tx, name)]
    if planned.permalink:
        keys.append(permalink_key(collection_of(planned.path), planned.permalink))
    for key in dict.fromkeys(keys):
        if tx.session.get(FormerSlug, key) is None:
            tx.session.add(FormerSlug(slug=key, page_id=page.id))


def update(tx: Transaction, step: Step) -> int:
    """Write the file's text as a revision, and after it the text that also holds what was changed
    by hand: the next import compares the file with the first. Gives the id of the page."""
    assert step.page is not None  # noqa: S101 - only a known page is updated
    page = step.page
    before = newest(tx.session, page.id)
    file_text = step.planned.text or ""
    revision_id = write(tx, page, before, file_text)
    if step.text != file_text:
        old, pieces = state_of(tx.session, before), split_blocks(step.text)
        origins = identified(old, pieces)
        writing = Writing(RevisionKind.EDITED, pieces, origins, tx.actor.person_id)
        head = newest(tx.session, page.id)
        page.current_revision_id = revision_id = append_undrawn(tx, page, head, writing)
    tx.record(PageRevised(page.id, revision_id))
    return page.id


def write(tx: Transaction, page: Page, before: Revision | None, text: str) -> int:
    """A revision of the kind `imported`; gives its id."""
    pieces = split_blocks(text)
    old = state_of(tx.session, before) if before else None
    origins = identified(old, pieces)
    writing = Writing(RevisionKind.IMPORTED, pieces, origins, tx.actor.person_id)
    page.current_revision_id = revision_id = append_undrawn(tx, page, before, writing)
    return revision_id


def _free_title(tx: Transaction, planned: PlannedPage) -> str:
    """The planned title; when another page has it, with the folder, the file, then a number."""
    folder, _, name = planned.path.removesuffix("/").rpartition("/")
    above = folder.rpartition("/")[2]
    besides = [words_of_name("" if above in GENERIC else above), words_of_name(name)]
    titles = [planned.title, *(f"{planned.title} ({word})" for word in besides if word)]
    titles += [f"{planned.title} ({besides[-1]} {number})" for number in range(2, 1000)]
    for title in titles:
        try:
            return new_title(tx.session, title[:255])
        except Invalid:
            continue
    raise Invalid(title="wiki.title_taken")


def _parent_id(tx: Transaction, planned: PlannedPage, target: Target) -> int | None:
    if planned.parent is None:
        return target.parent_id
    query = select(Page.id).where(Page.source_path == planned.parent)
    return tx.session.scalars(query).one_or_none() or target.parent_id


def _created_at(tx: Transaction, planned: PlannedPage) -> datetime:
    if planned.created_on is None:
        return tx.now
    zone = cooperative(tx.session).zone
    return datetime.combine(planned.created_on, time(12), tzinfo=zone)
