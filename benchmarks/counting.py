"""How long each method takes to count 1,000 and 10,000 ballots, texts and candidates alike.

Called by `make bench-count`. Every ballot is drawn at random, the same at each run, so that few are
equal: the worst case for methods that put equal ballots together. Growth is the time of ten times
as many ballots over the time of these; ten is in step with the ballots.
"""

from __future__ import annotations

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

FEW, MANY = 1_000, 10_000
CANDIDATES = 20
SEATS = 5
POINTS = 10
ROUNDS = 3
AIM_SECONDS = 5
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
    """One method: the best of several times, in seconds of the processor, for few and for many."""

    key: str
    family: str
    few: float
    many: float


def best_of(count: Callable[[], object]) -> float:
    """The shortest of a few runs, without the time that other programs took."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        count()
        times.append(time.process_time() - start)
    return min(times)


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
    for size in (FEW, MANY):
        box = text_ballots(method, size)
        times.append(best_of(partial(method.tally, box, Electorate(size), Settings())))
    return Timed(method.key, "text", *times)


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
    for size in (FEW, MANY):
        box = papers(method, size)
        times.append(best_of(partial(method.count, box, NAMES, size, settings)))
    return Timed(method.key, "candidates", *times)


def table(measured: Sequence[Timed]) -> str:
    """One line for each method, the slowest last."""
    lines = [f"{'method':<28} {'of':<11} {FEW:>9,} {MANY:>9,}   growth"]
    for one in sorted(measured, key=lambda one: one.many):
        growth = one.many / one.few
        lines.append(
            f"{one.key:<28} {one.family:<11} {one.few:>7.3f} s {one.many:>7.3f} s   × {growth:.1f}"
        )
    return "\n".join(lines)


def main() -> int:
    """Measure and print; 1 when a method is slower than the aim."""
    measured = [time_text(one) for one in all_methods()]
    measured += [time_election(one) for one in all_elections()]
    print(f"{machine()}\n{CANDIDATES} candidates, {SEATS} seats, best of {ROUNDS} runs\n")
    print(table(measured))
    slow = [one.key for one in measured if one.many > AIM_SECONDS]
    if slow:
        print(f"\nslower than {AIM_SECONDS} s: {', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
