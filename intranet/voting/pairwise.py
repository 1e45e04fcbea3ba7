"""Comparing candidates two by two, and following chains of wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from intranet.voting.election import Unmarked
from intranet.voting.papers import Paper

Pairs = Mapping[tuple[str, str], int]
"""For each ordered pair of candidates, a number of ballots."""

Levels = tuple[tuple[str, ...], ...]
"""One ballot: groups of candidates with the same rank, best first."""


def levels(papers: Iterable[Paper]) -> dict[Levels, int]:
    """Each different ranking of the box, with how many ballots give it.

    Only the order of the ranks counts: 1, 3, 7 is the same ballot as 1, 2, 3.
    """
    same: Counter[frozenset[tuple[str, int]]] = Counter()
    for paper in papers:
        same[frozenset(paper.marks.items())] += paper.copies
    found: Counter[Levels] = Counter()
    for marks, copies in same.items():
        found[_levels(dict(marks))] += copies
    return dict(found)


def _levels(marks: Mapping[str, int]) -> Levels:
    groups: dict[int, list[str]] = {}
    for candidate, rank in sorted(marks.items()):
        groups.setdefault(rank, []).append(candidate)
    return tuple(tuple(groups[rank]) for rank in sorted(groups))


def pairwise(box: Mapping[Levels, int], candidates: Sequence[str], unmarked: Unmarked) -> Pairs:
    """How many ballots prefer the first to the second, for every pair.

    Unmarked as last: every marked candidate is preferred to every unmarked one. Otherwise only
    candidates marked on the same ballot are compared. Equal ranks prefer neither.
    """
    place = {candidate: number for number, candidate in enumerate(candidates)}
    wins = [[0] * len(candidates) for _ in candidates]
    for ranking, copies in box.items():
        worse: list[int] = []
        if unmarked is Unmarked.LAST:
            marked = {candidate for group in ranking for candidate in group}
            worse = [place[candidate] for candidate in candidates if candidate not in marked]
        for group in reversed(ranking):
            here = [place[candidate] for candidate in group]
            for one in here:
                row = wins[one]
                for other in worse:
                    row[other] += copies
            worse += here
    return {
        (one, other): wins[place[one]][place[other]]
        for one in candidates
        for other in candidates
        if one != other
    }


def beats(pairs: Pairs, one: str, other: str) -> bool:
    """Whether more ballots prefer the first to the second than the other way round."""
    return pairs[one, other] > pairs[other, one]


def winner_of_all(pairs: Pairs, candidates: Sequence[str]) -> str:
    """The candidate who beats each other one (Condorcet winner), or ""."""
    for one in candidates:
        if all(beats(pairs, one, other) for other in candidates if other != one):
            return one
    return ""


def smallest_dominant(pairs: Pairs, candidates: Sequence[str]) -> tuple[str, ...]:
    """The smallest group whose members all beat everyone outside it (Smith set)."""
    wins = {
        one: sum(beats(pairs, one, other) for other in candidates if other != one)
        for one in candidates
    }
    inside = [max(candidates, key=lambda one: wins[one])]
    for one in inside:
        inside += [
            other for other in candidates if other not in inside and not beats(pairs, one, other)
        ]
    return tuple(sorted(inside))


def strongest_chains(pairs: Pairs, candidates: Sequence[str]) -> Pairs:
    """For each pair, the strength of the strongest chain of wins from the first to the second.

    A chain is as strong as its weakest win, a win as the ballots in its favour ("winning votes");
    0 without a chain. Source: Schulze, "A new monotonic, clone-independent, reversal symmetric,
    and Condorcet-consistent single-winner election method", 2011, section 2.3.1.
    """
    chain = {
        (one, other): ballots if ballots > pairs[other, one] else 0
        for (one, other), ballots in pairs.items()
    }
    for middle in candidates:
        for one in candidates:
            if one == middle or not (first := chain[one, middle]):
                continue
            for other in candidates:
                if other not in (one, middle):
                    through = min(first, chain[middle, other])
                    if through > chain[one, other]:
                        chain[one, other] = through
    return chain


def unbeaten_order(chains: Pairs, candidates: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of candidates by how many others have no stronger chain over them, most first.

    Ordered by how many they beat, a candidate could come first alone although nothing separates
    this candidate from another who is beaten by nobody either.
    """
    beaten_by = {one: len(stronger(chains, one, candidates)) for one in candidates}
    return tuple(
        tuple(sorted(one for one in candidates if beaten_by[one] == count))
        for count in sorted(set(beaten_by.values()))
    )


def stronger(chains: Pairs, one: str, candidates: Sequence[str]) -> tuple[str, ...]:
    """Those with a stronger chain over this candidate than the candidate has over them."""
    return tuple(
        other for other in candidates if other != one and chains[other, one] > chains[one, other]
    )
