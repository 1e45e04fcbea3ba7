"""Bringing a folder of Markdown files into the wiki, again and again with the same end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import exists, select

from intranet.core.blocks import split_blocks
from intranet.core.merge import merge
from intranet.core.policy import Invalid
from intranet.core.texts import text_digest, text_of
from intranet.core.transaction import Reader, Transaction
from intranet.members.queries import cooperative
from intranet.wiki.directory import directory_of_all, title_key
from intranet.wiki.events import PageCreated, PageRevised
from intranet.wiki.import_plan import PlannedPage, guessed_language
from intranet.wiki.models import (
    FormerSlug,
    Page,
    PageKind,
    PageLink,
    Rendering,
    Revision,
    RevisionKind,
)
from intranet.wiki.names import free_slug, new_title
from intranet.wiki.paths import GENERIC, collection_of, permalink_key
from intranet.wiki.places import clean_tags, retag
from intranet.wiki.redrawing import including_pages, redraw
from intranet.wiki.revisions import Writing, append_undrawn, identified, newest, state_of
from intranet.wiki.source_files import words_of_name


@dataclass(frozen=True)
class Target:
    """Where imported pages go and who may read them."""

    audience: str
    parent_id: int | None = None


@dataclass
class Report:
    """What an import did: how many files of each fate, and why some were left out."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def summary(self) -> str:
        """The one line at the end."""
        return (
            f"imported {self.imported}, updated {self.updated}, unchanged {self.unchanged}, "
            f"skipped {len(self.skipped)}"
        )


@dataclass(frozen=True)
class Step:
    """What is to be done with one planned page: `imported`, `updated`, `unchanged` or `skipped`,
    the text to write, and the reason of a skip."""

    planned: PlannedPage
    fate: str
    text: str = ""
    reason: str = ""


def step_for(reader: Reader, planned: PlannedPage) -> Step:
    """What an import would do with a file, without doing it.

    A page changed by hand since the last import keeps its changes: only what changed in the file
    is brought in, and a paragraph that changed on both sides is left out with a reason.
    """
    session = reader.session
    page = session.scalars(select(Page).where(Page.source_path == planned.path)).one_or_none()
    text = planned.text or ""
    if page is None:
        return Step(planned, "imported", text)
    if page.trashed_at is not None:
        return Step(planned, "skipped", reason="the page is in the trash: take it out first")
    imported = session.scalars(
        select(Revision)
        .where(Revision.page_id == page.id, Revision.kind == RevisionKind.IMPORTED)
        .order_by(Revision.number.desc())
        .limit(1)
    ).one_or_none()
    head = newest(session, page.id)
    digest = text_digest(text)
    last = imported.text_digest if imported else ""
    if planned.is_folder or digest in (last, head.text_digest):
        return Step(planned, "unchanged")
    if page.kind == PageKind.RULE:
        return Step(planned, "skipped", reason="the page is a rule now: it changes by a decision")
    if last == head.text_digest:
        return Step(planned, "updated", text)
    base = text_of(session, last) if last else ""
    merged = merge(base, text, text_of(session, head.text_digest))
    if merged.text is None:
        reason = "the same paragraph changed in the file and in the wiki"
        return Step(planned, "skipped", reason=reason)
    return Step(planned, "updated", merged.text)


def count(report: Report, step: Step) -> None:
    """Add a step to the report; folders without a text of their own are no files."""
    if step.planned.is_folder:
        return
    if step.fate == "skipped":
        report.skipped.append((step.planned.path, step.reason))
    else:
        setattr(report, step.fate, getattr(report, step.fate) + 1)


def bring_in(
    tx: Transaction, planned: Sequence[PlannedPage], target: Target, report: Report
) -> list[int]:
    """Write some planned pages, whose parents were written before; gives the pages to draw.

    A file that fails is reported and the others go on.
    """
    changed = []
    for page in planned:
        try:
            with tx.session.begin_nested():
                step = step_for(tx, page)
                page_id = _done(tx, step, target)
        except Exception as error:
            report.skipped.append((page.path, f"{type(error).__name__}: {error}"))
            continue
        count(report, step)
        if page_id is not None:
            changed.append(page_id)
    return changed


def _done(tx: Transaction, step: Step, target: Target) -> int | None:
    if step.fate == "imported":
        return _created(tx, step, target)
    if step.fate == "updated":
        return _updated(tx, step)
    return None


def _created(tx: Transaction, step: Step, target: Target) -> int:
    planned = step.planned
    title = _free_title(tx, planned)
    page = Page(
        kind=PageKind.ORDINARY,
        parent_id=_parent_id(tx, planned, target),
        position=planned.position,
        title=title,
        title_key=title_key(title),
        slug=free_slug(tx.session, title),
        language=guessed_language(step.text, cooperative(tx.session).locale),
        audience=target.audience,
        created_at=_created_at(tx, planned),
        source_path=planned.path,
    )
    tx.session.add(page)
    tx.session.flush()
    revision_id = _written(tx, page, None, step.text)
    retag(tx.session, page.id, set(), clean_tags(tx.session, planned.tags))
    if planned.permalink:
        key = permalink_key(collection_of(planned.path), planned.permalink)
        if tx.session.get(FormerSlug, key) is None:
            tx.session.add(FormerSlug(slug=key, page_id=page.id))
    tx.record(PageCreated(page.id, revision_id))
    return page.id


def _updated(tx: Transaction, step: Step) -> int:
    """Write the file's text as a revision, and after it the text that also holds what was changed
    by hand: the next import compares the file with the first."""
    page = tx.session.scalars(select(Page).where(Page.source_path == step.planned.path)).one()
    before = newest(tx.session, page.id)
    file_text = step.planned.text or ""
    revision_id = _written(tx, page, before, file_text)
    if step.text != file_text:
        old, pieces = state_of(tx.session, before), split_blocks(step.text)
        writing = Writing(RevisionKind.EDITED, pieces, identified(old, pieces), None)
        merged = append_undrawn(tx, page, newest(tx.session, page.id), writing)
        page.current_revision_id = revision_id = merged.id
    tx.record(PageRevised(page.id, revision_id))
    return page.id


def _written(tx: Transaction, page: Page, before: Revision | None, text: str) -> int:
    pieces = split_blocks(text)
    old = state_of(tx.session, before) if before else None
    writing = Writing(RevisionKind.IMPORTED, pieces, identified(old, pieces), None)
    revision = append_undrawn(tx, page, before, writing)
    page.current_revision_id = revision.id
    return revision.id


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


def pages_to_draw(tx: Transaction, changed: Sequence[int]) -> list[int]:
    """The pages that changed, those an interrupted import left undrawn, those whose links found
    what they were looking for, and those that include one of them."""
    undrawn = select(Page.id).where(
        ~exists().where(Rendering.revision_id == Page.current_revision_id)
    )
    waiting = (
        select(PageLink.page_id)
        .join(Page, Page.title_key == PageLink.target_key)
        .where(PageLink.target_page_id.is_(None))
    )
    found = set(tx.session.scalars(undrawn)) | set(tx.session.scalars(waiting))
    found |= set(changed)
    return sorted(found | including_pages(tx.session, found))


def draw_pages(tx: Transaction, page_ids: Sequence[int]) -> None:
    """Draw pages once everything they may link to is there."""
    redraw(tx.session, page_ids, directory_of_all(tx.session))
