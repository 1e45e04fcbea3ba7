"""Actions that a proposal planned before it was adopted. The command that causes this was
authorised."""

from __future__ import annotations

from datetime import date

from intranet.core.transaction import Transaction
from intranet.decisions.actions.events import ActionPlanned
from intranet.decisions.actions.models import Action, ActionState, ActionStep
from intranet.decisions.entry import Entered


def plan(
    tx: Transaction,
    entered: Entered,
    what: str,
    owner_id: int,
    due_on: date | None,
    by_id: int,
) -> int:
    """Write down what a decision asks somebody to do, in the name of who planned it; gives the
    number of the action. A day that has passed meanwhile stays: it is late from the beginning."""
    action = Action(decision_id=entered.id, what=what, at=tx.now, by_id=by_id)
    tx.session.add(action)
    tx.session.flush()
    tx.session.add(
        ActionStep(
            action_id=action.id,
            state=ActionState.OPEN,
            owner_id=owner_id,
            due_on=due_on,
            note="",
            at=tx.now,
            by_id=by_id,
        )
    )
    tx.session.flush()
    tx.record(ActionPlanned(entered.id, entered.number, action.id, owner_id))
    return action.id
