"""What decisions ask for: planned, done, undone, handed over, every step kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.decisions.actions import queries, service
from intranet.decisions.actions.models import ActionState, ActionStep
from intranet.decisions.actions.queries import ActionCard, ActionFilters
from intranet.decisions.actions.service import Move, Plan
from intranet.members.effects import change_status
from intranet.members.queries import today
from tests.cast import Cast, acting, as_reader
from tests.decisions.later import later
from tests.decisions.register import entered


def planned(cast: Cast, owner: int, due_on: date | None = None, **changes: object) -> ActionCard:
    with acting(cast.amel) as tx:
        number = entered(tx, cast, **changes).number
        action_id = service.plan_action(tx, number, Plan("Louer la salle", owner, due_on))
    card = queries.action(as_reader(cast.amel), action_id)
    assert card is not None
    return card


def move(card: ActionCard, **changes: object) -> Move:
    plain = Move(card.state, card.owner_id, card.due_on, card.after)
    return replace(plain, **changes)  # type: ignore[arg-type]


def now(cast: Cast, card: ActionCard) -> ActionCard:
    found = queries.action(as_reader(cast.amel), card.id)
    assert found is not None
    return found


def test_every_step_is_kept_and_the_last_one_counts(app: Flask, cast: Cast) -> None:
    card = planned(cast, cast.bruno)
    with acting(cast.chloe) as tx:
        service.move_action(tx, card.id, move(card, state="done", note="Signé."))
    done = now(cast, card)
    with acting(cast.bruno) as tx:
        service.move_action(tx, card.id, move(done, state="open", owner_id=cast.chloe))
    again = now(cast, card)
    assert (again.state, again.owner) == ("open", "Chloé Martin")
    assert [(step.state, step.owner, step.by, step.note) for step in again.steps] == [
        ("open", "Bruno Costa", "Amel Benali", ""),
        ("done", "Bruno Costa", "Chloé Martin", "Signé."),
        ("open", "Chloé Martin", "Bruno Costa", ""),
    ]
    for statement in (update(ActionStep).values(state="done"), delete(ActionStep)):
        with pytest.raises(DatabaseError), acting(cast.amel) as tx:
            tx.session.execute(statement)


def test_the_second_of_two_sees_what_the_first_did(app: Flask, cast: Cast) -> None:
    card = planned(cast, cast.bruno)
    with acting(cast.bruno) as tx:
        service.move_action(tx, card.id, move(card))
    assert len(now(cast, card).steps) == 1, "a step that says nothing is not written"
    with acting(cast.bruno) as tx:
        service.move_action(tx, card.id, move(card, state="done"))
    with pytest.raises(Conflict), acting(cast.amel) as tx:
        service.move_action(tx, card.id, move(card, state="dropped", note="Trop cher."))


def test_what_cannot_be_planned_says_why(app: Flask, cast: Cast) -> None:
    card = planned(cast, cast.bruno, audience="members")
    wrong = {
        "what": Plan(" ", cast.bruno, None),
        "due_on": Plan("Louer", cast.bruno, date(2020, 1, 1)),
        "owner": Plan("Louer", cast.david, None),
    }
    for field, plan in wrong.items():
        with pytest.raises(Invalid) as invalid, acting(cast.amel) as tx:
            service.plan_action(tx, card.number, plan)
        assert list(invalid.value.errors) == [field]
    with pytest.raises(Invalid), acting(cast.amel) as tx:
        service.plan_action(tx, card.number, Plan("Louer", cast.chloe, None))
    with pytest.raises(Invalid) as invalid, acting(cast.amel) as tx:
        service.move_action(tx, card.id, move(card, state="dropped"))
    assert list(invalid.value.errors) == ["note"]


def test_only_those_who_work_here_plan_and_move(app: Flask, cast: Cast) -> None:
    card = planned(cast, cast.bruno, audience="open")
    with pytest.raises(Refused), acting(cast.farid) as tx:
        service.move_action(tx, card.id, move(card, state="done"))
    with pytest.raises(Refused), acting(cast.farid) as tx:
        service.plan_action(tx, card.number, Plan("Louer", cast.bruno, None))
    closed = planned(cast, cast.bruno, audience="members")
    with pytest.raises(NotFound), acting(cast.chloe) as tx:
        service.move_action(tx, closed.id, move(closed, state="done"))
    with acting(cast.amel) as tx:
        refused = entered(tx, cast, result="rejected").number
    with pytest.raises(Refused), acting(cast.amel) as tx:
        service.plan_action(tx, refused, Plan("Louer", cast.bruno, None))


def test_the_list_is_mine_late_or_of_a_body_and_shows_nobody_too_much(
    app: Flask, cast: Cast
) -> None:
    day = today(as_reader(cast.amel))
    own = planned(cast, cast.bruno, day + timedelta(days=3))
    closed = planned(cast, cast.amel, audience="members")
    there = planned(cast, cast.amel, body_id=cast.meeting, body_code="RC")
    with acting(cast.amel) as tx:
        service.move_action(tx, there.id, move(there, state=ActionState.DONE))

    def seen(person: int, **filters: str) -> list[int]:
        found = queries.actions(as_reader(person), ActionFilters(**filters))
        return [card.id for card in found.cards]

    assert seen(cast.bruno) == [own.id, closed.id]
    assert seen(cast.chloe) == [own.id]
    assert seen(cast.farid) == []
    assert seen(cast.bruno, which="mine") == [own.id]
    assert seen(cast.amel, state="done", body="RC") == [there.id]
    assert seen(cast.amel, which="overdue") == []
    assert [card.id for card in queries.mine(as_reader(cast.bruno))] == [own.id]
    with later(4):
        assert seen(cast.amel, which="overdue") == [own.id]


def test_an_owner_who_left_is_marked(app: Flask, cast: Cast) -> None:
    card = planned(cast, cast.chloe)
    assert not card.has_left
    with acting(cast.amel) as tx:
        change_status(tx, cast.chloe, "former", today(tx), card.number)
    assert now(cast, card).has_left
