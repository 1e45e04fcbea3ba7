"""Which paragraphs of rules a vote holds still."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.proposals.models import WHOLE_PAGE, HeldBlock


def is_held(reader: Reader, page_id: int, block_id: str) -> bool:
    """Whether a vote is under way on a paragraph, or on its page as a whole."""
    query = select(HeldBlock.proposal_id).where(
        HeldBlock.page_id == page_id, HeldBlock.block_id.in_((block_id, WHOLE_PAGE))
    )
    return reader.session.scalar(query.limit(1)) is not None
