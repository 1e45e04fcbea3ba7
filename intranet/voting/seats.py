"""Giving seats to an order of candidates that may hold ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Seats:
    """Who gets the seats.

    elected: in order. tied: those among whom the last seats cannot be given. left: the seats
    that the tied would share. drawn: the group that the recorded draw separated, in its order.
    """

    elected: tuple[str, ...]
    tied: tuple[str, ...] = ()
    left: int = 0
    drawn: tuple[str, ...] = ()


def fill_seats(order: Sequence[Sequence[str]], seats: int, tie_break: Sequence[str] = ()) -> Seats:
    """Give the seats to the groups in their order, whole groups as long as they fit.

    A group too large for the seats left is separated by the recorded draw if the draw names each
    of them; else those of the group are tied and nobody of them is elected.
    """
    elected: tuple[str, ...] = ()
    for group in order:
        left = seats - len(elected)
        if left == 0:
            break
        if len(group) > left:
            drawn = by_draw(group, tie_break)
            if not drawn:
                return Seats(elected, tuple(group), left)
            return Seats((*elected, *drawn[:left]), drawn=drawn)
        elected = (*elected, *group)
    return Seats(elected)


def by_draw(group: Sequence[str], tie_break: Sequence[str]) -> tuple[str, ...]:
    """The group in the order of the recorded draw, best first; empty when it does not say."""
    if not set(group) <= set(tie_break):
        return ()
    return tuple(sorted(group, key=list(tie_break).index))


def names(candidates: Sequence[str]) -> str:
    """Candidates one after the other, as a value of a line."""
    return ", ".join(candidates)


def grouped(scores: dict[str, int]) -> tuple[tuple[str, ...], ...]:
    """Candidates by score, largest first; those with the same score are one group, by name."""
    return tuple(
        tuple(sorted(name for name, score in scores.items() if score == value))
        for value in sorted(set(scores.values()), reverse=True)
    )
