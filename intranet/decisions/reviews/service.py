"""Looking at a decision again, and saying what should become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import Transaction
from intranet.decisions import lineage
from intranet.decisions.models import Decision
from intranet.decisions.reviews.events import DecisionReviewed
from intranet.decisions.reviews.models import Review, ReviewOutcome
from intranet.decisions.reviews.policy import may_review
from intranet.decisions.subjects import subject
from intranet.members.queries import today

LONGEST_ANSWER = 10_000


@dataclass(frozen=True)
class Answers:
    """What a person answers to the four questions, and what should become of the decision."""

    helped: str
    against: str
    better: str
    outcome: str
    next_on: date | None


def review(tx: Transaction, number: str, answers: Answers, seen: int) -> int:
    """Write a review down for ever, and give its number; `seen` is how many the person knew of.

    From then on the decision is to be reviewed on the day named. Nothing else about it changes:
    to amend or repeal it takes a proposal. Raises NotFound, Refused, Invalid, and Conflict when
    somebody reviewed it meanwhile.
    """
    decision, _shelf = subject(tx, number)
    day = today(tx)
    tx.require(may_review, lineage.of(tx, [number]).lineage.state(number, day))
    next_on = _checked(decision, answers, day)
    earlier = select(func.count()).where(Review.decision_id == decision.id)
    if tx.session.scalar(earlier) != seen:
        raise Conflict("decisions.reviewed_meanwhile", number=number)
    assert tx.actor.person_id is not None  # noqa: S101
    done = Review(
        decision_id=decision.id,
        reviewed_on=day,
        at=tx.now,
        by_id=tx.actor.person_id,
        helped=answers.helped.strip(),
        against=answers.against.strip(),
        better=answers.better.strip(),
        outcome=answers.outcome,
        next_on=next_on,
    )
    tx.session.add(done)
    tx.session.flush()
    tx.record(DecisionReviewed(decision.id, number, done.id, done.outcome))
    return done.id


def _checked(decision: Decision, answers: Answers, day: date) -> date:
    """The next review date, with every answer looked at. Raises Invalid naming the field."""
    if not answers.helped.strip():
        raise Invalid(helped="review_answer_missing")
    for name in ("helped", "against", "better"):
        if len(getattr(answers, name)) > LONGEST_ANSWER:
            raise Invalid(**{name: "review_answer_too_long"})
    if answers.outcome not in set(ReviewOutcome):
        raise Invalid(outcome="review_outcome_missing")
    if answers.outcome == ReviewOutcome.REPEAL and not answers.against.strip():
        raise Invalid(against="review_reason_missing")
    if answers.outcome == ReviewOutcome.AMEND and not answers.better.strip():
        raise Invalid(better="review_change_missing")
    if answers.next_on is None:
        raise Invalid(next_on="review_day_missing")
    if answers.next_on <= day:
        raise Invalid(next_on="review_day_past")
    if decision.ends_on is not None and answers.next_on > decision.ends_on:
        raise Invalid(next_on="review_day_after_the_end")
    return answers.next_on
