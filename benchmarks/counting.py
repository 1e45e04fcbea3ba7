"""How long each method takes to count 2,500, 5,000 and 10,000 ballots, and how that time grows.

Called by `make bench-count`. Every ballot is drawn at random, the same at each run, so that few are
equal: the worst case for methods that put equal ballots together. The candidates stay as many while
the ballots double twice. A method that reads each ballot a number of times that does not depend on
the ballots is of the order 1: twice the ballots, twice the time. The measured order is the power of
the ballots with which the time grew from the fewest to the most.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.report import machine
from intranet.voting.election import Election, ElectionSettings
from intranet.voting.method import Method
from intranet.voting.papers import Paper
from intranet.voting.registry import all_elections, all_methods
from intranet.voting.settings import Settings
from intranet.voting.types import CastBallot, Choice, Electorate

SIZES = (2_500, 5_000, 10_000)
CANDIDATES = 20
SEATS = 5
POINTS = 10
ROUNDS = 5
AIM_SECONDS = 5
ORDER = 1
"""The power of the ballots that every method promises. A draw by lot reads none: it is below."""
NOISE = 0.3
"""By how much a measured order may exceed the promised one on a machine that does other things."""
SHORTEST_SECONDS = 0.05
"""A count is repeated until it takes as long: below, a clock tells more of the machine."""
NAMES = [f"Candidate {number:02d}" for number in range(1, CANDIDATES + 1)]
GRADES = ("Excellent", "Good", "Fair", "Passable", "Poor", "To reject")
RULES: dict[str, Any] = {
    "seats": SEATS,
    "grades": GRADES,
    "highest": POINTS,
    "seed": "a text drawn in public",
    # With a draw for every tie, no count stops half-way.
    "tie_break": tuple(NAMES),
}
"""What each setting is, for the methods that name it."""


@dataclass(frozen=True)
class Timed:
    """One method: for each number of ballots its best time, in seconds of the processor."""

    key: str
    family: str
    times: tuple[float, ...]

    @property
    def longest(self) -> float:
        """The time for the most ballots."""
        return self.times[-1]

    @property
    def order(self) -> float:
        """The power of the ballots with which the time grew."""
        return math.log(self.times[-1] / self.times[0], SIZES[-1] / SIZES[0])

    @property
    def grows_too_fast(self) -> bool:
        """Whether the time grew faster than the method promises."""
        return self.order > ORDER + NOISE


def best_of(count: Callable[[], object]) -> float:
    """The shortest of a few runs, without the time that other programs took."""
    repeats = max(1, round(SHORTEST_SECONDS / max(_seconds(count, 1), 1e-6)))
    return min(_seconds(count, repeats) for _ in range(ROUNDS))


def _seconds(count: Callable[[], object], repeats: int) -> float:
    """How long one count takes, measured over several."""
    start = time.process_time()
    for _ in range(repeats):
        count()
    return (time.process_time() - start) / repeats


def text_ballots(method: Method, size: int) -> list[CastBallot]:
    """Ballots with every option of the method."""
    source = random.Random(size)
    return [
        CastBallot(Choice(source.choice(method.options), "because of the cost"))
        for _ in range(size)
    ]


def time_text(method: Method) -> Timed:
    """Count a vote on one text."""
    times = []
    for size in SIZES:
        box = text_ballots(method, size)
        times.append(best_of(partial(method.tally, box, Electorate(size), Settings())))
    return Timed(method.key, "text", tuple(times))


def papers(method: Election, size: int) -> list[Paper]:
    """Ballots of the method's form, none for a draw by lot; a third of the rankings and grades
    leave candidates out.
    """
    if method.ballot.value == "none":
        return []
    source = random.Random(size)
    draw = MARKS.get(method.ballot.value, cross)
    return [
        Paper(draw(source, source.sample(NAMES, CANDIDATES if source.random() < 2 / 3 else 7)))
        for _ in range(size)
    ]


def cross(_source: random.Random, names: Sequence[str]) -> dict[str, int]:
    """One candidate, which every form with crosses allows."""
    return {names[0]: 1}


def rank(_source: random.Random, names: Sequence[str]) -> dict[str, int]:
    """Candidates in order."""
    return {name: place for place, name in enumerate(names, 1)}


def grade(source: random.Random, names: Sequence[str]) -> dict[str, int]:
    """A grade for each."""
    return {name: source.randint(1, len(GRADES)) for name in names}


def points(_source: random.Random, names: Sequence[str]) -> dict[str, int]:
    """All the points that one ballot may give, shared by two candidates."""
    return {names[0]: POINTS - 3, names[1]: 3}


MARKS = {"rank": rank, "grade": grade, "score": grade, "points": points}


def time_election(method: Election) -> Timed:
    """Count an election among many candidates."""
    rules = {name: RULES[name] for name in method.settings if name in RULES}
    settings = ElectionSettings(**rules)
    times = []
    for size in SIZES:
        box = papers(method, size)
        times.append(best_of(partial(method.count, box, NAMES, size, settings)))
    return Timed(method.key, "candidates", tuple(times))


def table(measured: Sequence[Timed]) -> str:
    """One line for each method, the slowest last, in Markdown."""
    sizes = " | ".join(f"{size:,} ballots, s" for size in SIZES)
    lines = [
        f"| method | of | {sizes} | measured order | promised |",
        f"|---|---|{'---:|' * (len(SIZES) + 2)}",
    ]
    for one in sorted(measured, key=lambda one: one.longest):
        times = " | ".join(f"{seconds:.4f}" for seconds in one.times)
        lines.append(f"| {one.key} | {one.family} | {times} | {one.order:.2f} | {ORDER} |")
    return "\n".join(lines)


def main() -> int:
    """Measure and print; 1 when a method is slower than the aim or grows faster than its order."""
    measured = [time_text(one) for one in all_methods()]
    measured += [time_election(one) for one in all_elections()]
    print(f"{machine()}\n{CANDIDATES} candidates, {SEATS} seats, best of {ROUNDS} runs\n")
    print(table(measured))
    wrong = [
        f"{one.key} takes {one.longest:.1f} s" for one in measured if one.longest > AIM_SECONDS
    ]
    wrong += [
        f"{one.key} grows with the ballots to the power of {one.order:.2f}, and promises {ORDER}"
        for one in measured
        if one.grows_too_fast
    ]
    print("".join(f"\n{problem}" for problem in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
