"""The sentences about who is preferred to whom, two by two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from intranet.voting.lines import Line, line
from intranet.voting.pairwise import Pairs


def stronger_first(pairs: Pairs, candidates: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each two candidates once, the one with the larger number over the other first."""
    for one, other in combinations(candidates, 2):
        yield (one, other) if pairs[one, other] >= pairs[other, one] else (other, one)


def comparison_lines(pairs: Pairs, candidates: Sequence[str]) -> Iterator[Line]:
    """One line for each two candidates, the one with more ballots first."""
    for one, other in stronger_first(pairs, candidates):
        values: dict[str, int | str] = {
            "candidate": one,
            "other": other,
            "votes_for": pairs[one, other],
            "votes_against": pairs[other, one],
        }
        is_tie = pairs[one, other] == pairs[other, one]
        yield line("pair_tied" if is_tie else "defeat", values)
