"""How decisions follow from one another, as a drawing from the newest down to the oldest (pure).

Each decision stands on a line of its own, so that its number fits beside it on a phone. A thread
runs from what acts down to what it acts on, in a lane that nobody else uses meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from intranet.decisions.statuses import ENDS, Act

LINE, LANE, MARGIN, RADIUS = 44, 24, 16, 6
TEXT_GAP, TEXT_WIDTH = 10, 132


@dataclass(frozen=True)
class Knot:
    """One decision: where it stands, in pixels."""

    number: str
    x: int
    y: int


@dataclass(frozen=True)
class Thread:
    """What one decision does to another, as a path; `style` is `ends`, `amends` or `other`."""

    act: Act
    path: str
    style: str


@dataclass(frozen=True)
class Drawing:
    """Knots and threads on a sheet of `width` by `height` pixels; numbers begin at `text_x`."""

    knots: tuple[Knot, ...]
    threads: tuple[Thread, ...]
    width: int
    height: int
    text_x: int


@dataclass
class _Lanes:
    """Which act each lane is running for, or None where it is free."""

    running: list[Act | None] = field(default_factory=list)

    def take(self, act: Act | None, wanted: int | None = None) -> int:
        """The lane for an act: the one wanted if it is free, else the first that is."""
        free = [lane for lane, other in enumerate(self.running) if other is None]
        lane = wanted if wanted in free else (free[0] if free else len(self.running))
        if lane == len(self.running):
            self.running.append(None)
        assert lane is not None  # noqa: S101
        self.running[lane] = act
        return lane

    def arriving(self, number: str) -> list[int]:
        """The lanes whose threads end at a decision; they are free from there on."""
        found = [lane for lane, act in enumerate(self.running) if act and act.to == number]
        for lane in found:
            self.running[lane] = None
        return found


def in_order(days: Mapping[str, date | None], acts: Sequence[Act]) -> list[str]:
    """The decisions from the newest to the oldest; whatever acts on another stands above it."""
    waiting = sorted(days, key=lambda number: (days[number] or date.min, number), reverse=True)
    placed: list[str] = []
    while waiting:
        above = {act.to for act in acts if act.by in waiting and act.by != act.to}
        # Old registers hold circles: then the newest one goes first all the same.
        chosen = next((number for number in waiting if number not in above), waiting[0])
        waiting.remove(chosen)
        placed.append(chosen)
    return placed


def draw(order: Sequence[str], acts: Sequence[Act]) -> Drawing:
    """The drawing of these decisions in this order; acts on others are left out."""
    rows = {number: row for row, number in enumerate(order)}
    downward = [act for act in acts if rows.get(act.by, len(rows)) < rows.get(act.to, -1)]
    lanes, place, runs = _Lanes(), dict[str, int](), list[tuple[Act, int]]()
    for number in order:
        arrived = lanes.arriving(number)
        own = lanes.take(None, arrived[0] if arrived else None)
        place[number] = own
        targets = sorted((act for act in downward if act.by == number), key=lambda a: rows[a.to])
        for act in targets:
            # The nearest one goes straight down; a place that a thread passes by is not taken.
            runs.append((act, lanes.take(act, own)))
    knots = {n: Knot(n, _x(place[n]), rows[n] * LINE + LINE // 2) for n in order}
    threads = [
        Thread(act, _path(knots[act.by], knots[act.to], _x(lane)), _style(act.kind))
        for act, lane in runs
    ]
    text_x = _x(max(len(lanes.running), 1) - 1) + MARGIN + TEXT_GAP
    height = len(order) * LINE
    return Drawing(tuple(knots.values()), tuple(threads), text_x + TEXT_WIDTH, height, text_x)


def _x(lane: int) -> int:
    return MARGIN + lane * LANE


def _style(kind: str) -> str:
    if kind in ENDS:
        return "ends"
    return "amends" if kind == "amends" else "other"


def _path(upper: Knot, lower: Knot, x: int) -> str:
    """From below one knot into the lane, down it, and to above the other knot."""
    bend = LINE // 2
    start, end = upper.y + RADIUS, lower.y - RADIUS
    parts = [f"M{upper.x} {start}"]
    if x != upper.x:
        parts.append(f"C{upper.x} {start + bend} {x} {upper.y + 4} {x} {upper.y + bend + 4}")
    if x != lower.x:
        parts.append(f"V{lower.y - bend - 4}")
        parts.append(f"C{x} {lower.y - 4} {lower.x} {end - bend} {lower.x} {end}")
    else:
        parts.append(f"V{end}")
    return " ".join(parts)
