"""Whom to separate when several have the same votes in a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intranet.voting.lines import Line, line
from intranet.voting.seats import by_draw, names

Votes = Mapping[str, int]
"""The votes of each candidate at one point, in whole units."""


@dataclass(frozen=True)
class Picked:
    """Who was picked among the tied, "" when nothing separates them, and the line that says how."""

    candidate: str
    lines: tuple[Line, ...] = ()


def pick_lowest(
    tied: Sequence[str], earlier: Sequence[Votes], tie_break: Sequence[str], number: int
) -> Picked:
    """The one to eliminate among the tied: the lowest at the most recent earlier point where they
    differ, then the last in the recorded draw. `earlier` goes from the oldest to the most recent.
    """
    return _pick(tied, earlier, tie_break, number, lowest=True)


def pick_highest(
    tied: Sequence[str], earlier: Sequence[Votes], tie_break: Sequence[str], number: int
) -> Picked:
    """The one to come first among the tied: the highest at the most recent earlier point where
    they differ, then the first in the recorded draw.
    """
    return _pick(tied, earlier, tie_break, number, lowest=False)


def _pick(
    tied: Sequence[str],
    earlier: Sequence[Votes],
    tie_break: Sequence[str],
    number: int,
    lowest: bool,
) -> Picked:
    if len(tied) == 1:
        return Picked(tied[0])
    group = sorted(tied)
    said: dict[str, int | str] = {"round": number, "names": names(group)}
    for votes in reversed(earlier):
        edge = (min if lowest else max)(votes[one] for one in group)
        group = [one for one in group if votes[one] == edge]
        if len(group) == 1:
            return Picked(group[0], (line("round_earlier", {**said, "candidate": group[0]}),))
    drawn = by_draw(group, tie_break)
    if not drawn:
        return Picked("", (line("round_stops", {**said, "names": names(group)}),))
    one = drawn[-1 if lowest else 0]
    return Picked(one, (line("round_draw", {**said, "candidate": one, "names": names(group)}),))


def lowest_of(votes: Votes) -> tuple[str, ...]:
    """Those with the fewest votes, by name."""
    return tuple(sorted(name for name, count in votes.items() if count == min(votes.values())))


def can_go_together(lowest: Sequence[str], votes: Votes) -> bool:
    """Whether the lowest may leave in one round: together they have fewer votes than the next.

    Whatever the order in which they would leave, each would be the lowest in turn.
    """
    others = [count for name, count in votes.items() if name not in lowest]
    return bool(others) and sum(votes[name] for name in lowest) < min(others)
