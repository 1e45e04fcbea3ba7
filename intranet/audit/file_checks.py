"""The files on the disk against the rows that name them, and these against the journal."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from intranet.audit.payloads import payloads
from intranet.core.stored_files import Stored, problem_of
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision
from intranet.files.models import Attachment


def kept(reader: Reader) -> Iterator[str]:
    """Each file lies where it should with the bytes it had, and is the one the journal names."""
    named = {one["attachment_id"]: one["digest"] for one in payloads(reader, "FileAttached")}
    query = (
        select(Attachment, Decision.number)
        .outerjoin(Decision, Decision.id == Attachment.subject_id)
        .where(Attachment.subject_kind == "decision")
        .order_by(Attachment.id)
    )
    looked_at: dict[Stored, str] = {}
    for row, number in reader.session.execute(query):
        stored = Stored(row.digest, row.bytes)
        problem = looked_at.setdefault(stored, problem_of(stored))
        if problem:
            yield f"the file {row.name} of decision {number} is {problem} ({row.digest})"
        if named.pop(row.id, None) != row.digest:
            yield f"the file {row.name} of decision {number} is not the one of the journal"
    for digest in named.values():
        yield f"the journal names a file that nothing has any more ({digest})"
