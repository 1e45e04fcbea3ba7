"""The drawing of what follows from what: every decision on its line, every act a thread."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.decisions.kinship.drawing import draw, in_order
from intranet.decisions.statuses import Act

NAMES = [f"AG-2026-{turn:03d}" for turn in range(8)]
pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1])
kinds = st.sampled_from(["supersedes", "amends", "requires"])
acts = st.lists(st.builds(lambda p, k: Act(p[0], k, p[1]), pairs, kinds), max_size=14, unique=True)


@settings(max_examples=60)
@given(acts)
def test_every_decision_has_its_place_and_acts_point_down(given_acts: list[Act]) -> None:
    days = {name: date(2026, 1, 1) + timedelta(turn) for turn, name in enumerate(NAMES)}
    order = in_order(days, given_acts)
    assert sorted(order) == NAMES
    drawing = draw(order, given_acts)
    assert len({knot.y for knot in drawing.knots}) == len(NAMES)
    assert all(0 < knot.x < drawing.text_x <= drawing.width for knot in drawing.knots)
    rows = {name: row for row, name in enumerate(order)}
    assert {t.act for t in drawing.threads} == {a for a in given_acts if rows[a.by] < rows[a.to]}


def test_without_circles_whatever_acts_stands_above_what_it_acts_on() -> None:
    same_day = dict.fromkeys(NAMES[:3], date(2026, 1, 1))
    found = [Act(NAMES[0], "supersedes", NAMES[1]), Act(NAMES[1], "amends", NAMES[2])]
    assert in_order(same_day, found) == NAMES[:3]
    assert len(draw(NAMES[:3], found).threads) == 2


def test_a_thread_keeps_its_lane_to_itself() -> None:
    found = [Act("C", "supersedes", "A"), Act("C", "amends", "B")]
    drawing = draw(["C", "B", "A"], found)
    place = {knot.number: knot.x for knot in drawing.knots}
    lane = {thread.act.to: thread.path for thread in drawing.threads}
    assert place["B"] != place["A"] or f"V{drawing.knots[1].y}" not in lane["A"]
    assert [thread.style for thread in drawing.threads] == ["amends", "ends"]
