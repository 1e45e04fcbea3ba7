"""Laying files beside a decision: the signed minutes, a quote, an attendance sheet."""

from __future__ import annotations

from intranet.core.stored_files import Stored
from intranet.core.transaction import Transaction
from intranet.decisions.attachments.policy import may_attach
from intranet.decisions.events import FileAttached
from intranet.decisions.subjects import subject
from intranet.files.effects import attach

KIND = "decision"


def attach_file(tx: Transaction, number: str, name: str, stored: Stored) -> int:
    """Lay a file that is on the disk beside a decision; gives the number of the attachment.

    The journal holds its digest. Raises NotFound, Refused.
    """
    decision, shelf = subject(tx, number)
    tx.require(may_attach, shelf)
    attachment_id = attach(tx, KIND, decision.id, name, stored)
    tx.record(FileAttached(decision.id, decision.number, attachment_id, stored.digest))
    return attachment_id
