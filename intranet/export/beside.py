"""What lies beside the decisions: their reviews, what they ask for, and their minutes."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.decisions.actions.models import Action, ActionStep
from intranet.decisions.minutes.models import Minutes
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences
from intranet.decisions.reviews.models import FollowUp, Review
from intranet.export.folder import Folder

REVIEW = ("reviewed_on", "by_id", "outcome", "next_on", "helped", "against", "better")
STEP = ("at", "by_id", "state", "owner_id", "due_on", "note")


def write_beside(reader: Reader, folder: Folder) -> None:
    """reviews.csv, actions.csv with a line for each step, and minutes.csv with every version."""
    _write_reviews(reader, folder)
    _write_actions(reader, folder)
    _write_minutes(reader, folder)


def _write_reviews(reader: Reader, folder: Folder) -> None:
    led_to: dict[int, list[str]] = {}
    for one in reader.session.scalars(select(FollowUp).order_by(FollowUp.at)):
        led_to.setdefault(one.review_id, []).append(f"{one.origin_kind} {one.origin_id}")
    rows = reader.session.execute(
        select(Decision.number, Review)
        .join(Decision, Decision.id == Review.decision_id)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Review.id)
    )
    folder.write_table(
        "reviews.csv",
        ("decision", *(name.removesuffix("_id") for name in REVIEW), "led_to"),
        (
            (number, *(getattr(one, name) for name in REVIEW), ", ".join(led_to.get(one.id, ())))
            for number, one in rows
        ),
    )


def _write_actions(reader: Reader, folder: Folder) -> None:
    rows = reader.session.execute(
        select(Decision.number, Action, ActionStep)
        .join(Action, Action.decision_id == Decision.id)
        .join(ActionStep, ActionStep.action_id == Action.id)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Action.id, ActionStep.id)
    )
    folder.write_table(
        "actions.csv",
        ("action", "decision", "what", *(name.removesuffix("_id") for name in STEP)),
        (
            (action.id, number, action.what, *(getattr(step, name) for name in STEP))
            for number, action, step in rows
        ),
    )


def _write_minutes(reader: Reader, folder: Folder) -> None:
    rows = reader.session.execute(
        select(Decision.number, Minutes, TextBody.body)
        .join(Decision, Decision.id == Minutes.decision_id)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .outerjoin(TextBody, TextBody.digest == Minutes.text_digest)
        .where(DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Minutes.id)
    )
    folder.write_table(
        "minutes.csv",
        ("decision", "at", "by", "page", "text"),
        ((number, one.at, one.by_id, one.page_slug, body) for number, one, body in rows),
    )
