"""Adding marks: what scores and points share."""

from __future__ import annotations

from collections.abc import Sequence

from intranet.voting.election import Ranking, Round
from intranet.voting.lines import Line, line
from intranet.voting.opening import OpenBox, concluded_among
from intranet.voting.seats import grouped


def by_total(box: OpenBox, rules: Sequence[Line]) -> Ranking:
    """Rank the candidates of an open box by the sum of their marks; no mark adds nothing.

    Nobody has a seat with nothing. `rules` are the sentences that say how the marks were given.
    """
    totals = dict.fromkeys(box.candidates, 0)
    givers = dict.fromkeys(box.candidates, 0)
    for paper in box.papers:
        for candidate, mark in paper.marks.items():
            totals[candidate] += mark * paper.copies
            givers[candidate] += paper.copies if mark else 0
    order = grouped(totals)
    lines, place = list(rules), 1
    for group in order:
        for candidate in group:
            values: dict[str, int | str] = {
                "place": place,
                "candidate": candidate,
                "total": totals[candidate],
                "votes": givers[candidate],
                "valid": box.turnout.valid,
            }
            lines.append(line("total", values))
        place += len(group)
    scores = {name: str(totals[name]) for group in order for name in group}
    some = [name for name in box.candidates if totals[name]]
    nobody = line("nobody_has_points", {})
    return concluded_among(box, order, some, nobody, lines, rounds=(Round(1, scores),))
