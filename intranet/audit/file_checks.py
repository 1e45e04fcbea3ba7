"""The files on the disk against the rows that name them, and these against the journal."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select, case, select

from intranet.audit.payloads import payloads
from intranet.core.stored_files import Stored, problem_of
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision
from intranet.files.models import Attachment
from intranet.wiki.attachments.models import KIND, PageFile
from intranet.wiki.models import Page


def kept(reader: Reader) -> Iterator[str]:
    """Each file lies where it should with the bytes it had, and is the one the journal names."""
    events = ("FileAttached", "PageFileAttached")
    named = {
        one["attachment_id"]: one["digest"] for name in events for one in payloads(reader, name)
    }
    looked_at: dict[Stored, str] = {}
    for row, beside in reader.session.execute(_attachments()):
        stored = Stored(row.digest, row.bytes)
        problem = looked_at.setdefault(stored, problem_of(stored))
        if problem:
            yield f"the file {row.name} of {beside} is {problem} ({row.digest})"
        if named.pop(row.id, None) != row.digest:
            yield f"the file {row.name} of {beside} is not the one of the journal"
    for digest in named.values():
        yield f"the journal names a file that nothing has any more ({digest})"


def _attachments() -> Select[Attachment, str]:
    """Every file that is kept, with the words for what it is beside."""
    decided = (Attachment.subject_kind == "decision") & (Decision.id == Attachment.subject_id)
    of_page = (Attachment.subject_kind == KIND) & (PageFile.id == Attachment.subject_id)
    beside = case(
        (Decision.id.is_not(None), "decision " + Decision.number), else_="page " + Page.slug
    )
    return (
        select(Attachment, beside)
        .outerjoin(Decision, decided)
        .outerjoin(PageFile, of_page)
        .outerjoin(Page, Page.id == PageFile.page_id)
        .order_by(Attachment.id)
    )
