"""What an import would do with each planned page, without doing it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intranet.core.merge import merge
from intranet.core.texts import text_digest, text_of
from intranet.core.transaction import Reader
from intranet.wiki.formats.own_header import PageFacts
from intranet.wiki.formats.raw import Reason
from intranet.wiki.import_plan import PlannedPage
from intranet.wiki.imports.report import Report
from intranet.wiki.models import FormerSlug, Page, PageKind, Revision, RevisionKind
from intranet.wiki.policy import may_read_page, may_revise
from intranet.wiki.revisions import newest


@dataclass(frozen=True)
class Step:
    """What is to be done with one planned page: `imported`, `updated`, `unchanged` or `skipped`,
    the text to write, the reason of a skip, and the page where there is one already."""

    planned: PlannedPage
    fate: str
    text: str = ""
    reason: Reason | None = None
    page: Page | None = None


def step_for(reader: Reader, planned: PlannedPage) -> Step:
    """What an import would do with a file, without doing it.

    A page changed by hand since the last import keeps its changes: only what changed in the file
    is brought in, and a paragraph that changed on both sides is left out with a reason.
    """
    page = known_page(reader.session, planned)
    text = planned.text or ""
    if page is None:
        return Step(planned, "imported", text)
    if page.trashed_at:
        return Step(planned, "skipped", reason=Reason("import.in_the_trash"), page=page)
    if planned.is_folder:
        return Step(planned, "unchanged", page=page)
    head, last = newest(reader.session, page.id), _last(reader.session, page, planned.facts)
    if text_digest(text) in (last, head.text_digest):
        return Step(planned, "unchanged", page=page)
    refused = _refusal(reader, page)
    if refused:
        return Step(planned, "skipped", reason=refused, page=page)
    if last == head.text_digest:
        return Step(planned, "updated", text, page=page)
    base = text_of(reader.session, last) if last else ""
    merged = merge(base, text, text_of(reader.session, head.text_digest))
    if merged.text is None:
        return Step(planned, "skipped", reason=Reason("import.changed_on_both_sides"), page=page)
    return Step(planned, "updated", merged.text, page=page)


def known_page(session: Session, planned: PlannedPage) -> Page | None:
    """The page that was imported from this file or, for a page that left this intranet, the one
    of its address that had exactly the text that left."""
    page = session.scalars(select(Page).where(Page.source_path == planned.path)).one_or_none()
    if page is not None or planned.facts is None:
        return page
    facts = planned.facts
    former = select(FormerSlug.page_id).where(FormerSlug.slug == facts.slug)
    return session.scalars(
        select(Page)
        .join(Revision, Revision.page_id == Page.id)
        .where(
            or_(Page.slug == facts.slug, Page.id.in_(former)),
            Revision.text_digest == facts.digest,
        )
    ).first()


def _last(session: Session, page: Page, facts: PageFacts | None) -> str:
    """The digest of the text from which the file began: that of the last import, or of the
    revision that left with an export; the later of the two. Empty when neither is known."""
    began = Revision.kind == RevisionKind.IMPORTED
    if facts is not None:
        began = or_(began, Revision.text_digest == facts.digest)
    query = (
        select(Revision.text_digest)
        .where(Revision.page_id == page.id, began)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    return session.scalar(query) or ""


def _refusal(reader: Reader, page: Page) -> Reason | None:
    """Why this page may not be changed by this import, if so."""
    if not may_read_page(reader, page):
        return Reason("import.not_open")
    if page.kind == PageKind.RULE:
        return Reason("import.is_a_rule")
    if page.archived_at:
        return Reason("import.is_archived")
    return None if may_revise(reader, page) else Reason("import.not_yours")


def count(report: Report, step: Step) -> None:
    """Add a step to the report; folders without a text of their own are no files."""
    if step.planned.is_folder:
        return
    if step.reason is not None:
        report.skipped.append((step.planned.path, step.reason))
    else:
        setattr(report, step.fate, getattr(report, step.fate) + 1)
