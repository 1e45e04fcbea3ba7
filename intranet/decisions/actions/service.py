"""Planning what a decision asks for, and saying what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from intranet.core.events import Event
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.text import UnusableLine, clean_line
from intranet.core.transaction import Transaction
from intranet.decisions.actions import effects, events
from intranet.decisions.actions.models import Action, ActionState, ActionStep
from intranet.decisions.actions.policy import may_move_actions, may_plan_action
from intranet.decisions.entry import Entered
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.subjects import subject
from intranet.members.queries import status_on, today
from intranet.members.statuses import status_opens

LONGEST_ACTION = 255
LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class Plan:
    """Something to do, who does it, and the last day in time if there is one."""

    what: str
    owner_id: int | None
    due_on: date | None


@dataclass(frozen=True)
class Move:
    """Where an action should stand; `after` is the last step that the person had seen."""

    state: str
    owner_id: int | None
    due_on: date | None
    after: int
    note: str = ""


def plan_action(tx: Transaction, number: str, plan: Plan) -> int:
    """Write down what a decision asks somebody to do, and give its number.

    Raises NotFound, Refused, Invalid naming the field.
    """
    decision, shelf = subject(tx, number)
    tx.require(may_plan_action, decision.result)
    what = _line(plan.what)
    owner_id = _owner(tx, plan.owner_id, shelf)
    if plan.due_on is not None and plan.due_on < today(tx):
        raise Invalid(due_on="action_day_past")
    assert tx.actor.person_id is not None  # noqa: S101
    entered, by_id = Entered(decision.id, number), tx.actor.person_id
    return effects.plan(tx, entered, what, owner_id, plan.due_on, by_id)


def move_action(tx: Transaction, action_id: int, move: Move) -> str:
    """Say what became of an action, as a further step; gives the number of its decision.

    A step that says nothing new is not written. Raises NotFound, Refused, Invalid, and Conflict
    when another step came meanwhile.
    """
    decision, shelf, last = _found(tx, action_id)
    tx.require(may_move_actions)
    if last.id != move.after:
        raise Conflict("actions.moved_meanwhile", number=decision.number)
    if move.state not in set(ActionState):
        raise Invalid(state="action_state_unknown")
    note = move.note.strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid(note="action_note_too_long")
    if move.state == ActionState.DROPPED and not note:
        raise Invalid(note="action_dropped_without_reason")
    owner_id = last.owner_id
    if move.owner_id != last.owner_id:
        owner_id = _owner(tx, move.owner_id, shelf)
    if (last.state, last.owner_id, last.due_on) == (move.state, owner_id, move.due_on) and not note:
        return decision.number
    _take_step(tx, action_id, move.state, owner_id, move.due_on, note)
    tx.record(_event(decision, last, move.state, owner_id))
    return decision.number


def _event(decision: Decision, last: ActionStep, state: str, owner_id: int) -> Event:
    about = (decision.id, decision.number, last.action_id)
    if state == last.state:
        return events.ActionHandedOver(*about, owner_id)
    if state == ActionState.OPEN:
        return events.ActionReopened(*about)
    return events.ActionDone(*about) if state == ActionState.DONE else events.ActionDropped(*about)


def _found(tx: Transaction, action_id: int) -> tuple[Decision, DecisionShelf, ActionStep]:
    """An action's decision and its last step, locked against others. Raises NotFound."""
    action = tx.session.get(Action, action_id, with_for_update=True)
    if action is None:
        raise NotFound
    number = tx.session.get_one(Decision, action.decision_id).number
    decision, shelf = subject(tx, number)
    steps = select(ActionStep).where(ActionStep.action_id == action_id)
    last = tx.session.scalars(steps.order_by(ActionStep.id.desc()).limit(1)).one()
    return decision, shelf, last


def _line(what: str) -> str:
    try:
        return clean_line(what, LONGEST_ACTION)
    except UnusableLine as problem:
        is_long = problem.reason == "too_long"
        raise Invalid(what="action_too_long" if is_long else "action_missing") from problem


def _owner(tx: Transaction, person_id: int | None, shelf: DecisionShelf) -> int:
    """Somebody who is here today and may read the decision. Raises Invalid."""
    status = status_on(tx, person_id, today(tx)) if person_id is not None else None
    if person_id is None or not status_opens(status, shelf.audience):
        raise Invalid(owner="action_owner_unknown")
    return person_id


def _take_step(
    tx: Transaction, action_id: int, state: str, owner_id: int, due_on: date | None, note: str
) -> None:
    assert tx.actor.person_id is not None  # noqa: S101
    tx.session.add(
        ActionStep(
            action_id=action_id,
            state=state,
            owner_id=owner_id,
            due_on=due_on,
            note=note,
            at=tx.now,
            by_id=tx.actor.person_id,
        )
    )
    tx.session.flush()
