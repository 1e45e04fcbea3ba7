"""The receipts of the ballots that lay in a box."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.polls.models import CountedReceipt


def receipts(reader: Reader, poll_id: int) -> list[str]:
    """The receipts of a counted secret poll, sorted; none before the count."""
    query = select(CountedReceipt.code).where(CountedReceipt.poll_id == poll_id)
    return list(reader.session.scalars(query.order_by(CountedReceipt.code)))
