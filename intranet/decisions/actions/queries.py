"""What decisions ask for: on the page of one, in the list of all, and for one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import aliased

from intranet.core.transaction import Reader
from intranet.decisions.actions.models import Action, ActionState, ActionStep
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences
from intranet.members.models import Body, Person
from intranet.members.queries import PersonCard, today
from intranet.members.status_queries import people_here, statuses_on
from intranet.members.statuses import Status, status_opens


@dataclass(frozen=True)
class StepLine:
    """One step of an action, with who took it."""

    state: str
    owner: str
    due_on: date | None
    note: str
    at: datetime
    by: str


@dataclass(frozen=True)
class ActionCard:
    """Something to do, where it stands today, and the steps that led there, the first one first.

    `after` is the number of its last step; `has_left` says that its owner is no longer here.
    """

    id: int
    what: str
    number: str
    title: str
    body_code: str | None
    state: str
    owner_id: int
    owner: str
    due_on: date | None
    after: int
    is_overdue: bool
    has_left: bool
    planned_at: datetime
    planned_by: str
    steps: tuple[StepLine, ...] = ()


@dataclass(frozen=True)
class ActionFilters:
    """What a reader wants to see: `which` is "", "mine" or "overdue"; `state` an ActionState."""

    body: str = ""
    which: str = ""
    state: str = ActionState.OPEN


@dataclass(frozen=True)
class ActionList:
    """The actions that pass the filters, with how many each tab would show, by its name."""

    cards: tuple[ActionCard, ...]
    counts: dict[str, int]
    bodies: tuple[tuple[str, str, int], ...]


_LAST = (
    select(ActionStep.action_id, func.max(ActionStep.id).label("id"))
    .group_by(ActionStep.action_id)
    .subquery()
)
_Owner, _By = aliased(Person), aliased(Person)


def _lines(reader: Reader, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The actions of the decisions this person may read, those due first at the top."""
    return (
        select(
            Action,
            ActionStep,
            Decision.number,
            Decision.title,
            Body.code,
            Body.name.label("body_name"),
            _Owner.name.label("owner"),
            _By.name.label("by"),
        )
        .join(_LAST, _LAST.c.action_id == Action.id)
        .join(ActionStep, ActionStep.id == _LAST.c.id)
        .join(Decision, Decision.id == Action.decision_id)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .join(_Owner, _Owner.id == ActionStep.owner_id)
        .join(_By, _By.id == Action.by_id)
        .outerjoin(Body, Body.id == Decision.body_id)
        .where(DecisionShelf.audience.in_(audiences(reader)), *conditions)
        .order_by(ActionStep.due_on.asc().nulls_last(), Action.id)
    )


def _cards(
    reader: Reader,
    rows: Sequence[Row[*tuple[Any, ...]]],
    steps: dict[int, tuple[StepLine, ...]] | None = None,
) -> tuple[ActionCard, ...]:
    day = today(reader)
    here = statuses_on(reader, {row.ActionStep.owner_id for row in rows}, day) if rows else {}
    return tuple(_card(row, day, here, (steps or {}).get(row.Action.id, ())) for row in rows)


def _card(
    row: Row[*tuple[Any, ...]], day: date, here: dict[int, str], steps: tuple[StepLine, ...]
) -> ActionCard:
    action, last = row.Action, row.ActionStep
    is_open = last.state == ActionState.OPEN
    return ActionCard(
        id=action.id,
        what=action.what,
        number=row.number,
        title=row.title,
        body_code=row.code,
        state=last.state,
        owner_id=last.owner_id,
        owner=row.owner,
        due_on=last.due_on,
        after=last.id,
        is_overdue=is_open and last.due_on is not None and last.due_on < day,
        has_left=here.get(last.owner_id, Status.FORMER) == Status.FORMER,
        planned_at=action.at,
        planned_by=row.by,
        steps=steps,
    )


def of_decision(reader: Reader, decision_id: int) -> tuple[ActionCard, ...]:
    """What a decision asks for, each with its history."""
    rows = reader.session.execute(_lines(reader, Action.decision_id == decision_id)).all()
    if not rows:
        return ()
    return _cards(reader, rows, _history(reader, [row.Action.id for row in rows]))


def _history(reader: Reader, action_ids: Sequence[int]) -> dict[int, tuple[StepLine, ...]]:
    found: dict[int, tuple[StepLine, ...]] = {}
    rows = reader.session.execute(
        select(ActionStep, _Owner.name.label("owner"), _By.name.label("by"))
        .join(_Owner, _Owner.id == ActionStep.owner_id)
        .join(_By, _By.id == ActionStep.by_id)
        .where(ActionStep.action_id.in_(action_ids))
        .order_by(ActionStep.id)
    )
    for step, owner, by in rows:
        line = StepLine(step.state, owner, step.due_on, step.note, step.at, by)
        found[step.action_id] = (*found.get(step.action_id, ()), line)
    return found


def action(reader: Reader, action_id: int) -> ActionCard | None:
    """One action, or None when there is none for this reader."""
    rows = reader.session.execute(_lines(reader, Action.id == action_id)).all()
    found = _cards(reader, rows, _history(reader, [action_id])) if rows else ()
    return found[0] if found else None


def actions(reader: Reader, filters: ActionFilters) -> ActionList:
    """What was decided and is not done, or what is: in a constant number of statements."""
    rows = reader.session.execute(_lines(reader, ActionStep.state == filters.state)).all()
    cards = _cards(reader, rows)
    own, body = reader.actor.person_id, filters.body
    of_body = [card for card in cards if not body or card.body_code == body]
    tabs = {
        "": of_body,
        "mine": [card for card in of_body if card.owner_id == own],
        "overdue": [card for card in of_body if card.is_overdue],
    }
    names = {row.code: row.body_name for row in rows if row.code}
    counted = [
        (code, name, sum(card.body_code == code for card in cards))
        for code, name in sorted(names.items(), key=lambda pair: pair[1])
    ]
    shown = tuple(tabs.get(filters.which, of_body))
    return ActionList(shown, {name: len(some) for name, some in tabs.items()}, tuple(counted))


def mine(reader: Reader) -> tuple[ActionCard, ...]:
    """What the reader has to do, the most pressing first."""
    own = ActionStep.owner_id == reader.actor.person_id
    rows = reader.session.execute(_lines(reader, own, ActionStep.state == ActionState.OPEN))
    return _cards(reader, rows.all())


def owners(reader: Reader, audience: str) -> list[PersonCard]:
    """Who may be asked to do something: those here today who may read the decision."""
    here = people_here(reader, today(reader))
    return [person for person in here if status_opens(person.status, audience)]
