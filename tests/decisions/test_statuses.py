"""The state of a decision on a day, as a table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from intranet.core import clock
from intranet.decisions.statuses import Act, Facts, Lineage, State

OLD = Facts("OLD", "adopted", date(2024, 1, 10), date(2024, 2, 1))
NEW = Facts("NEW", "adopted", date(2026, 1, 10), date(2026, 3, 1))
REFUSED = Facts("REFUSED", "rejected", date(2025, 1, 10))
LAST = Facts("LAST", "adopted", date(2026, 5, 1), date(2026, 6, 1))


def lineage(*parts: Facts | Act) -> Lineage:
    facts = {part.number: part for part in parts if isinstance(part, Facts)}
    return Lineage(facts, [part for part in parts if isinstance(part, Act)])


def only(**facts: object) -> Lineage:
    return lineage(Facts("X", "adopted", **facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2024, 1, 31), State.COMING),
        (date(2024, 2, 1), State.IN_FORCE),
        (date(2026, 2, 28), State.IN_FORCE),
        (date(2026, 3, 1), State.SUPERSEDED),
    ],
)
def test_a_decision_gives_way_on_the_first_day_of_the_next(on: date, state: State) -> None:
    assert lineage(OLD, NEW, Act("NEW", "supersedes", "OLD")).state("OLD", on) is state


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2024, 2, 28), State.IN_FORCE),
        (date(2024, 2, 29), State.IN_FORCE),
        (date(2024, 3, 1), State.EXPIRED),
    ],
)
def test_d6_the_last_day_counts_also_in_a_leap_year(on: date, state: State) -> None:
    found = only(decided_on=date(2023, 3, 1), ends_on=date(2024, 2, 29))
    assert found.state("X", on) is state


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 6, 29), State.IN_FORCE),
        (date(2026, 6, 30), State.TO_REVIEW),
        (date(2026, 12, 31), State.TO_REVIEW),
        (date(2027, 1, 1), State.EXPIRED),
    ],
)
def test_a_review_is_due_from_its_day_until_the_end(on: date, state: State) -> None:
    found = only(
        decided_on=date(2025, 1, 1), review_on=date(2026, 6, 30), ends_on=date(2026, 12, 31)
    )
    assert found.state("X", on) is state


@pytest.mark.parametrize("result", ["rejected", "lapsed", "withdrawn", "deferred", "undecided"])
def test_what_was_not_adopted_is_never_in_force(result: str) -> None:
    found = lineage(Facts("X", result, date(2020, 1, 1)), NEW, Act("NEW", "supersedes", "X"))
    assert found.state("X", date(2026, 12, 1)) == State(result)


def test_d7_a_decision_of_1968_has_its_own_date() -> None:
    found = only(decided_on=date(1968, 5, 24), ends_on=date(1969, 4, 27))
    assert found.state("X", date(1968, 5, 23)) is State.COMING
    assert found.state("X", date(1968, 5, 24)) is State.IN_FORCE
    assert found.state("X", date(1970, 1, 1)) is State.EXPIRED


def test_d7_a_decision_for_2050_is_coming() -> None:
    found = only(decided_on=date(2026, 1, 1), effective_on=date(2050, 1, 1))
    assert found.state("X", date(2049, 12, 31)) is State.COMING
    assert found.state("X", date(2050, 1, 1)) is State.IN_FORCE


def test_d6_an_unknown_beginning_is_before_every_day() -> None:
    assert only().state("X", date(1789, 7, 14)) is State.IN_FORCE
    assert only(ends_on=date(1800, 1, 1)).state("X", date(1800, 1, 2)) is State.EXPIRED


@pytest.mark.parametrize("result", ["rejected", "lapsed", "withdrawn", "deferred", "undecided"])
@pytest.mark.parametrize("kind", ["supersedes", "repeals"])
def test_a_link_from_what_never_took_effect_ends_nothing(result: str, kind: str) -> None:
    refused = Facts("REFUSED", result, date(2025, 1, 10))
    found = lineage(OLD, refused, Act("REFUSED", kind, "OLD"))
    assert found.state("OLD", date(2026, 1, 1)) is State.IN_FORCE
    assert found.heirs("OLD", date(2026, 1, 1)) == ()


def test_a_repealed_decision_does_not_come_back_with_its_repealer_gone() -> None:
    acts = (Act("NEW", "repeals", "OLD"), Act("LAST", "repeals", "NEW"))
    found = lineage(OLD, NEW, LAST, *acts)
    assert found.state("OLD", date(2026, 12, 1)) is State.REPEALED
    assert found.state("NEW", date(2026, 12, 1)) is State.REPEALED


def test_a_chain_leads_to_the_one_in_force() -> None:
    found = lineage(
        OLD, NEW, LAST, Act("NEW", "supersedes", "OLD"), Act("LAST", "supersedes", "NEW")
    )
    assert found.heirs("OLD", date(2026, 2, 1)) == ()
    assert found.heirs("OLD", date(2026, 4, 1)) == ("NEW",)
    assert found.heirs("OLD", date(2026, 6, 1)) == ("LAST",)
    assert found.state("LAST", date(2026, 6, 1)) is State.IN_FORCE


def test_a_decision_replaced_by_two_has_two_heirs() -> None:
    acts = (Act("NEW", "supersedes", "OLD"), Act("LAST", "supersedes", "OLD"))
    assert lineage(OLD, NEW, LAST, *acts).heirs("OLD", date(2026, 7, 1)) == ("NEW", "LAST")


def test_a_successor_that_is_not_held_is_taken_at_its_word() -> None:
    found = lineage(OLD, Act("ELSEWHERE", "supersedes", "OLD"))
    assert found.state("OLD", date(2026, 1, 1)) is State.SUPERSEDED
    assert found.heirs("OLD", date(2026, 1, 1)) == ("ELSEWHERE",)


def test_a_successor_replaced_before_its_day_never_replaced_anything() -> None:
    hasty = Facts("HASTY", "adopted", date(2025, 1, 1), date(2025, 9, 1))
    better = Facts("BETTER", "adopted", date(2025, 3, 1), date(2025, 4, 1))
    found = lineage(
        OLD, hasty, better, Act("HASTY", "supersedes", "OLD"), Act("BETTER", "supersedes", "HASTY")
    )
    assert found.state("HASTY", date(2025, 10, 1)) is State.SUPERSEDED
    assert found.state("OLD", date(2025, 10, 1)) is State.IN_FORCE


def test_the_first_ending_is_the_one_that_is_told() -> None:
    acts = (Act("LAST", "repeals", "OLD"), Act("NEW", "supersedes", "OLD"))
    assert lineage(OLD, NEW, LAST, *acts).state("OLD", date(2026, 12, 1)) is State.SUPERSEDED
    short = Facts("OLD", "adopted", date(2024, 1, 10), ends_on=date(2024, 12, 31))
    assert lineage(short, NEW, acts[1]).state("OLD", date(2026, 12, 1)) is State.EXPIRED


def test_a_register_kept_elsewhere_may_say_that_a_decision_gave_way_to_nobody() -> None:
    assert only(source_status="Superseded").state("X", date(2026, 1, 1)) is State.SUPERSEDED
    assert only(source_status="Final").state("X", date(2026, 1, 1)) is State.IN_FORCE


def test_an_amended_decision_stays_in_force() -> None:
    found = lineage(OLD, NEW, REFUSED, Act("NEW", "amends", "OLD"), Act("REFUSED", "amends", "OLD"))
    assert not found.is_amended("OLD", date(2026, 2, 28))
    assert found.is_amended("OLD", date(2026, 3, 1))
    assert found.state("OLD", date(2026, 3, 1)) is State.IN_FORCE


def test_a_rectification_is_no_rule_of_its_own() -> None:
    found = only(decided_on=date(2026, 1, 1), is_rectification=True)
    assert found.state("X", date(2026, 2, 1)) is State.RECTIFICATION


def test_a_circle_of_an_old_register_ends() -> None:
    acts = (Act("OLD", "supersedes", "NEW"), Act("NEW", "supersedes", "OLD"))
    assert lineage(OLD, NEW, *acts).heirs("OLD", date(2026, 12, 1)) == ()


@pytest.mark.parametrize(
    ("instant", "state"),
    [
        (datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC), State.COMING),
        (datetime(2026, 2, 28, 23, 0, tzinfo=UTC), State.IN_FORCE),
    ],
)
def test_d6_a_day_begins_at_midnight_where_the_cooperative_lives(
    instant: datetime, state: State
) -> None:
    day = clock.local_day(instant, ZoneInfo("Europe/Paris"))
    assert lineage(NEW).state("NEW", day) is state
