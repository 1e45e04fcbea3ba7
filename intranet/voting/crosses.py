"""Counting crosses: what single choice, multiple choice and approval share.

Every share is a share of ballots, that is of people, never of crosses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from intranet.voting.election import ElectionSettings, Ranking, Round
from intranet.voting.lines import Line, line
from intranet.voting.opening import OpenBox, concluded_among, open_box, undecided
from intranet.voting.papers import Paper, spoiled
from intranet.voting.quorum import votes_needed
from intranet.voting.seats import grouped, names
from intranet.voting.settings import fraction_to_text
from intranet.voting.types import Base, InvalidCount

_HALF = Fraction(1, 2)


def count_crosses(
    method: str,
    papers: Sequence[Paper],
    candidates: Sequence[str],
    registered: int,
    settings: ElectionSettings,
    most: int | None,
) -> Ranking:
    """Rank by the number of ballots with a cross; a ballot with more than `most` is spoiled.

    Nobody has a seat without a single ballot. `most` is None when a ballot may mark everybody.
    Raises InvalidCount, also for a mark that is no cross.
    """
    box = open_box(method, _readable(papers, most), candidates, registered, settings)
    if nothing := undecided(box):
        return nothing
    votes = dict.fromkeys(box.candidates, 0)
    for paper in box.papers:
        for candidate in paper.marks:
            votes[candidate] += paper.copies
    order = grouped(votes)
    rounds = (Round(1, {name: str(votes[name]) for group in order for name in group}),)
    lines = [_rule(votes, most, box), *_places(order, votes, box)]
    if settings.more_than_half_of is None:
        needed, nobody = 1, line("nobody_has_points", {})
    else:
        needed, rule, nobody = _majority(order, settings.more_than_half_of, box)
        lines.append(rule)
    electable = [name for name in box.candidates if votes[name] >= needed]
    return concluded_among(box, order, electable, nobody, lines, rounds=rounds)


def _majority(order: Sequence[Sequence[str]], base: Base, box: OpenBox) -> tuple[int, Line, Line]:
    """How many ballots a seat needs, the line that says so, and the verdict if nobody has them."""
    base_size = _base_size(base, box)
    needed = votes_needed(_HALF, True, base_size)
    values: dict[str, int | str] = {
        "needed": needed,
        "base": base.value,
        "base_size": base_size,
        "threshold": fraction_to_text(_HALF),
        "names": names(_in_front(order, box.settings.default_option)),
    }
    return needed, line("seat_needs_majority", values), line("nobody_has_majority", values)


def _readable(papers: Iterable[Paper], most: int | None) -> tuple[Paper, ...]:
    kept = []
    for paper in papers:
        if any(mark != 1 for mark in paper.marks.values()):
            raise InvalidCount("mark_is_no_cross")
        is_over = most is not None and len(paper.marks) > most
        kept.append(spoiled(paper) if is_over else paper)
    return tuple(kept)


def _in_front(order: Sequence[Sequence[str]], default: str) -> list[str]:
    """The first two candidates, with whoever has as many ballots as the second."""
    found: list[str] = []
    for group in order:
        if len(found) < 2:
            found += [name for name in group if name != default]
    return found


def _base_size(base: Base, box: OpenBox) -> int:
    return {
        Base.REGISTERED: box.turnout.registered,
        Base.PRESENT_OR_REPRESENTED: box.turnout.cast,
        Base.CAST: box.turnout.valid,
    }[base]


def _rule(votes: dict[str, int], most: int | None, box: OpenBox) -> Line:
    if most == 1:
        return line("crosses_one", {})
    values: dict[str, int | str] = {"crosses": sum(votes.values()), "valid": box.turnout.valid}
    if most is None:
        return line("crosses_any", values)
    return line("crosses_at_most", {**values, "most": most})


def _places(order: Sequence[Sequence[str]], votes: dict[str, int], box: OpenBox) -> list[Line]:
    """Who is at which place, with how many of the valid ballots."""
    found, place = [], 1
    for group in order:
        values: dict[str, int | str] = {
            "place": place,
            "names": names(group),
            "votes": votes[group[0]],
            "valid": box.turnout.valid,
        }
        found.append(line("votes", values))
        place += len(group)
    return found
