"""What the page of a decision shows beside the record, gathered for its template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.decisions.actions import queries as actions
from intranet.decisions.actions.policy import may_plan_action
from intranet.decisions.actions.queries import ActionCard
from intranet.decisions.minutes import queries as minutes
from intranet.decisions.minutes.queries import MinutesCard
from intranet.decisions.page_queries import DecisionPage
from intranet.decisions.reviews import queries as reviews
from intranet.decisions.reviews.policy import may_review
from intranet.decisions.reviews.queries import SOON, ReviewCard
from intranet.decisions.statuses import APPLIES
from intranet.members.queries import today


@dataclass(frozen=True)
class Beside:
    """The reviews, actions and minutes of a decision, and whether one may add to them.

    `days_left` are the days until the end of a trial in its last thirty days, else None.
    """

    reviews: tuple[ReviewCard, ...]
    actions: tuple[ActionCard, ...]
    minutes: tuple[MinutesCard, ...]
    may_review: Verdict
    may_plan: Verdict
    days_left: int | None

    @property
    def follow_ups(self) -> list[int]:
        """The proposals that reviews led to."""
        begun = [one for review in self.reviews for one in review.follow_ups]
        return [number for kind, number in begun if kind == "proposal"]


def beside(reader: Reader, page: DecisionPage) -> Beside:
    """Everything that lies beside the record of a decision."""
    left = _left(page, today(reader))
    return Beside(
        reviews=reviews.of_decision(reader, page.number),
        actions=actions.of_decision(reader, page.id),
        minutes=minutes.of_decision(reader, page.id),
        may_review=may_review(reader, page.state),
        may_plan=may_plan_action(reader, page.result),
        days_left=left.days if left is not None and left <= SOON else None,
    )


def _left(page: DecisionPage, day: date) -> timedelta | None:
    if page.ends_on is None or page.state not in APPLIES:
        return None
    return page.ends_on - day
