"""Whether an account elsewhere opens one's own account."""

from __future__ import annotations

from sqlalchemy import select

from intranet.auth.single_sign_on.models import Identity
from intranet.core.transaction import Reader


def is_linked(reader: Reader, account_id: int) -> bool:
    """Whether an account at the provider opens this account."""
    query = select(Identity.id).where(Identity.account_id == account_id).limit(1)
    return reader.session.scalar(query) is not None
