"""Which review date counts for a decision: that of its last review, else that of its entry."""

from __future__ import annotations

from sqlalchemy import func, select

from intranet.decisions.models import Decision
from intranet.decisions.reviews.models import Review

REVIEW_ON = func.coalesce(
    select(Review.next_on)
    .where(Review.decision_id == Decision.id)
    .order_by(Review.id.desc())
    .limit(1)
    .correlate(Decision)
    .scalar_subquery(),
    Decision.review_on,
    type_=Decision.review_on.type,
).label("review_on")
