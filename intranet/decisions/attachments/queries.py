"""The files beside decisions, for those who may read the decision at this moment."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.policy import NotFound, Verdict
from intranet.core.transaction import Reader
from intranet.decisions.attachments.policy import may_attach
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import may_read_decision
from intranet.files import queries as files
from intranet.files.queries import AttachmentCard

KIND = "decision"


def beside(reader: Reader, decision_id: int) -> tuple[AttachmentCard, ...]:
    """The files beside a decision that the reader has been shown."""
    return files.beside(reader, KIND, decision_id)


def file_of(reader: Reader, number: str, attachment_id: int) -> AttachmentCard:
    """A file beside a decision. Raises NotFound, also for those who may not read the decision."""
    row = _found(reader, number)
    return files.attachment(reader, KIND, row[0], attachment_id)


def adding(reader: Reader, number: str) -> Verdict:
    """Whether a file may be laid beside a decision. Raises NotFound."""
    return may_attach(reader, _found(reader, number)[1])


def _found(reader: Reader, number: str) -> tuple[int, DecisionShelf]:
    query = (
        select(Decision.id, DecisionShelf)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(Decision.number == number)
    )
    row = reader.session.execute(query).one_or_none()
    if row is None or not may_read_decision(reader, row[1]):
        raise NotFound
    return row[0], row[1]
