"""What decisions do to one another: one row, read from both ends, and never in a circle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from intranet.core.db import db
from intranet.core.policy import Conflict, Invalid, NotFound, Refused
from intranet.decisions import page_queries, queries
from intranet.decisions.effects import link
from intranet.decisions.links.service import link_decisions
from intranet.decisions.models import DecisionLink, LinkKind
from intranet.decisions.statuses import Act, Facts, Lineage, State
from intranet.members.queries import today
from tests.cast import Cast, acting, as_reader
from tests.decisions.register import entered

RULE = Facts("RULE", "adopted", date(2024, 1, 10))
PAUSE = Facts("PAUSE", "adopted", date(2026, 3, 1), ends_on=date(2026, 6, 30))
VOID = Facts("VOID", "adopted", date(2026, 9, 1))


def lineage(*parts: Facts | Act) -> Lineage:
    facts = {part.number: part for part in parts if isinstance(part, Facts)}
    return Lineage(facts, [part for part in parts if isinstance(part, Act)])


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 2, 28), State.IN_FORCE),
        (date(2026, 3, 1), State.SUSPENDED),
        (date(2026, 6, 30), State.SUSPENDED),
        (date(2026, 7, 1), State.IN_FORCE),
    ],
)
def test_a_suspended_decision_is_in_force_again_when_the_suspension_ends(
    on: date, state: State
) -> None:
    found = lineage(RULE, PAUSE, Act("PAUSE", "suspends", "RULE"))
    assert found.state("RULE", on) is state
    assert found.suspended_until("RULE", on) == (
        date(2026, 6, 30) if state is State.SUSPENDED else None
    )


def test_a_suspension_that_is_repealed_holds_nothing_any_more() -> None:
    found = lineage(
        RULE, PAUSE, VOID, Act("PAUSE", "suspends", "RULE"), Act("VOID", "repeals", "PAUSE")
    )
    endless = Facts("PAUSE", "adopted", date(2026, 3, 1))
    endless_too = lineage(
        RULE, endless, VOID, Act("PAUSE", "suspends", "RULE"), Act("VOID", "repeals", "PAUSE")
    )
    assert found.state("RULE", date(2026, 9, 1)) is State.IN_FORCE
    assert endless_too.state("RULE", date(2026, 8, 31)) is State.SUSPENDED
    assert endless_too.suspended_until("RULE", date(2026, 8, 31)) is None
    assert endless_too.state("RULE", date(2026, 9, 1)) is State.IN_FORCE


def test_what_an_annulled_decision_had_ended_stands_again() -> None:
    new = Facts("NEW", "adopted", date(2026, 1, 1))
    found = lineage(RULE, new, VOID, Act("NEW", "supersedes", "RULE"), Act("VOID", "annuls", "NEW"))
    assert found.state("RULE", date(2026, 8, 31)) is State.SUPERSEDED
    assert found.state("NEW", date(2026, 9, 1)) is State.ANNULLED
    assert found.state("RULE", date(2026, 9, 1)) is State.IN_FORCE
    assert found.heirs("RULE", date(2026, 9, 1)) == ()


def test_a_repeal_of_a_repeal_revives_nothing() -> None:
    new = Facts("NEW", "adopted", date(2026, 1, 1))
    found = lineage(RULE, new, VOID, Act("NEW", "repeals", "RULE"), Act("VOID", "repeals", "NEW"))
    assert found.state("RULE", date(2026, 9, 1)) is State.REPEALED


def test_d2_one_row_is_read_from_both_ends_and_chains_reach_the_present_one(
    app: Flask, cast: Cast
) -> None:
    with acting(cast.amel) as tx:
        numbers = [entered(tx, cast, f"Le four {n}").number for n in range(3)]
        link(tx, numbers[1], numbers[0], "supersedes")
        link(tx, numbers[2], numbers[1], "supersedes")
        link(tx, numbers[2], numbers[0], "implements")
    look = as_reader(cast.amel)
    first, last = (page_queries.decision(look, number) for number in (numbers[0], numbers[2]))
    assert [(card.reading, card.number) for card in first.links] == [
        ("supersedes.by", numbers[1]),
        ("implements.by", numbers[2]),
    ]
    assert ("implements", numbers[0]) in [(card.reading, card.number) for card in last.links]
    assert [mark.number for mark in first.heirs] == [numbers[2]]


@pytest.mark.parametrize("kind", [kind for kind in LinkKind if kind != "requires"])
def test_d2_a_circle_of_any_length_is_refused(app: Flask, cast: Cast, kind: LinkKind) -> None:
    with acting(cast.amel) as tx:
        numbers = [entered(tx, cast, f"Le four {n}").number for n in range(3)]
        link(tx, numbers[1], numbers[0], kind)
        link(tx, numbers[2], numbers[1], kind)
    for start, end in ((0, 2), (0, 1), (1, 1)):
        with pytest.raises(Conflict), acting(cast.amel) as tx:
            link(tx, numbers[start], numbers[end], kind)


def test_the_database_itself_refuses_to_end_each_other(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        first, second = (entered(tx, cast, f"Le four {n}") for n in range(2))
        link(tx, second.number, first.number, "repeals")
    row = {
        "from_id": first.id,
        "from_number": first.number,
        "to_id": second.id,
        "to_number": second.number,
        "kind": "suspends",
    }
    with pytest.raises(IntegrityError, match="refuses circle"), acting(cast.amel) as tx:
        tx.session.execute(insert(DecisionLink).values(**row, at=tx.now))
    own = {**row, "to_id": first.id, "to_number": first.number}
    with pytest.raises(IntegrityError), acting(cast.amel) as tx:
        tx.session.execute(insert(DecisionLink).values(**own, at=tx.now))


def test_d3_after_a_suspension_page_list_and_badge_agree(app: Flask, cast: Cast) -> None:
    day = today(as_reader(cast.amel))
    with acting(cast.amel) as tx:
        rule = entered(tx, cast, "Ouvrir le lundi").number
        pause = entered(
            tx, cast, "Pause", origin_kind="by_hand", decided_on=day, ends_on=day + timedelta(9)
        ).number
        assert link_decisions(tx, pause, "suspends", f" {rule.lower()} ")
        assert not link_decisions(tx, pause, "suspends", rule)
    look = as_reader(cast.amel)
    page = page_queries.decision(look, rule)
    assert (page.state, page.suspended_until) == (State.SUSPENDED, day + timedelta(9))
    listed = queries.register(look, queries.Filters(state="suspended"))
    assert [row.number for row in listed.rows] == [rule]
    assert queries.statuses(look, [rule])[rule].state is State.SUSPENDED


def test_what_was_voted_is_not_added_to_by_hand(app: Flask, cast: Cast) -> None:
    with acting(cast.amel) as tx:
        voted, other = (entered(tx, cast, f"Le four {n}").number for n in range(2))
        refused = entered(tx, cast, "Non", origin_kind="by_hand", result="rejected").number
        hidden = entered(tx, cast, "Salaires", audience="members").number
    for number, reason in ((voted, "voted_links_stand"), (refused, "only_the_adopted_act")):
        with pytest.raises(Refused) as raised, acting(cast.amel) as tx:
            link_decisions(tx, number, "repeals", other)
        assert raised.value.verdict.reason == f"decisions.{reason}"
    with acting(cast.amel) as tx:
        assert link_decisions(tx, voted, "implements", other)
    with pytest.raises(Refused), acting(cast.chloe) as tx:
        link_decisions(tx, voted, "implements", other)
    with pytest.raises(NotFound), acting(cast.chloe) as tx:
        link_decisions(tx, hidden, "implements", other)
    for kind, target in (("implements", "AG-1999-001"), ("rectifies", other), ("eats", other)):
        with pytest.raises(Invalid), acting(cast.amel) as tx:
            link_decisions(tx, other, kind, target)
    assert len(db.session.scalars(db.select(DecisionLink)).all()) == 1
