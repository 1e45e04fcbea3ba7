"""Opening a box of ballots among candidates, and saying who has the seats.

Both ends of a count are the same for every method; only the order of candidates is its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from intranet.voting.election import ElectionSettings, Ranking, Unmarked, Verdict
from intranet.voting.lines import Line, line
from intranet.voting.papers import Paper, Turnout, spoil_incomplete, turnout, valid_papers
from intranet.voting.quorum import Quorum, quorum_line, quorum_of
from intranet.voting.seats import fill_seats, names
from intranet.voting.types import InvalidCount


@dataclass(frozen=True)
class OpenBox:
    """The ballots that say something, and what must be said of all others.

    papers: the valid ballots, checked. candidates: in the order of their names, since the order
    of the list must change nothing.
    """

    method: str
    papers: tuple[Paper, ...]
    candidates: tuple[str, ...]
    turnout: Turnout
    quorum: Quorum
    settings: ElectionSettings

    @property
    def head(self) -> tuple[Line, ...]:
        """The lines after the verdict: the ballots, the quorum."""
        counted = {
            "valid": self.turnout.valid,
            "blank": self.turnout.blank,
            "spoiled": self.turnout.spoiled,
            "not_voted": self.turnout.not_voted,
        }
        return (line("counts_papers", counted), quorum_line(self.quorum))

    @property
    def quorum_values(self) -> dict[str, int | str]:
        """The numbers of the verdict without a quorum."""
        return {
            "taken_part": self.quorum.taken_part,
            "registered": self.quorum.registered,
            "quorum_needed": self.quorum.needed,
        }


def open_box(
    method: str,
    papers: Sequence[Paper],
    candidates: Sequence[str],
    registered: int,
    settings: ElectionSettings,
) -> OpenBox:
    """Check the box and sort it. A ballot that must be complete and is not is spoiled.

    Every ballot takes part in the quorum. Raises InvalidCount when the ballots, the list of
    candidates, the roll and the settings contradict each other.
    """
    _require_candidates(candidates, settings)
    valid_papers(papers, candidates)
    if settings.unmarked is Unmarked.REJECT:
        papers = spoil_incomplete(papers, candidates)
    counted = turnout(papers, registered)
    return OpenBox(
        method,
        valid_papers(papers, candidates),
        tuple(sorted(candidates)),
        counted,
        quorum_of(settings.quorum, registered, counted.cast),
        settings,
    )


def undecided(box: OpenBox) -> Ranking | None:
    """The ranking when nothing can be counted: no quorum, or no valid ballot; else None."""
    if not box.quorum.is_met:
        verdict, first = Verdict.NO_QUORUM, line("no_quorum", box.quorum_values)
    elif not box.papers:
        verdict, first = Verdict.NOBODY, line("nobody_no_ballots", {})
    else:
        return None
    return _ranking(box, verdict, (), (), (first, *box.head), {})


def concluded(
    box: OpenBox, order: Sequence[Sequence[str]], lines: Sequence[Line], **more: Any
) -> Ranking:
    """The ranking of this order: the seats given to its first groups, and the verdict.

    Nobody gets a seat from the group of the default option on. `lines` explain the order, `more`
    are further fields of the ranking.
    """
    groups = tuple(tuple(sorted(group)) for group in order)
    default = box.settings.default_option
    electable = _before(groups, default)
    if not electable and default:
        first = line("nobody_default", {"default": default})
        return _ranking(box, Verdict.NOBODY, groups, (default,), (first, *box.head, *lines), more)
    seats = fill_seats(electable, box.settings.seats, box.settings.tie_break)
    if seats.drawn:
        lines = (*lines, line("draw_separates", {"names": names(seats.drawn)}))
    verdict = Verdict.TIED if seats.tied else Verdict.DECIDED
    first = _verdict_line(box.settings.seats, seats.elected, seats.tied, seats.left)
    more = {**more, "tied": seats.tied}
    return _ranking(box, verdict, groups, seats.elected, (first, *box.head, *lines), more)


def counted_out(
    box: OpenBox,
    order: Sequence[Sequence[str]],
    elected: Sequence[str],
    lines: Sequence[Line],
    **more: Any,
) -> Ranking:
    """The ranking of a count that gave the seats itself, one by one."""
    first = _verdict_line(box.settings.seats, elected, (), 0)
    found = (first, *box.head, *lines)
    return _ranking(box, Verdict.DECIDED, order, elected, found, more)


def stopped(
    box: OpenBox,
    order: Sequence[Sequence[str]],
    elected: Sequence[str],
    tied: Sequence[str],
    lines: Sequence[Line],
    **more: Any,
) -> Ranking:
    """The ranking of a count that cannot go on before the rule of ties separates the tied."""
    values: dict[str, int | str] = {"elected": names(elected), "tied": names(sorted(tied))}
    code = "tied_count_stops_after_elected" if elected else "tied_count_stops"
    found = (line(code, values), *box.head, *lines)
    more = {**more, "tied": tuple(sorted(tied))}
    return _ranking(box, Verdict.TIED, order, elected, found, more)


def exact_text(number: Fraction | int) -> str:
    """The number with nothing lost: "3", "22.5", or "10/3" when no decimal writing ends."""
    number = Fraction(number)
    if number.denominator == 1:
        return str(number.numerator)
    for places in range(1, 6):
        scaled = number * 10**places
        if scaled.denominator == 1:
            whole, rest = divmod(scaled.numerator, 10**places)
            return f"{whole}.{rest:0{places}d}"
    return f"{number.numerator}/{number.denominator}"


def _ranking(
    box: OpenBox,
    verdict: Verdict,
    order: Sequence[Sequence[str]],
    elected: Sequence[str],
    lines: tuple[Line, ...],
    more: Mapping[str, Any],
) -> Ranking:
    return Ranking(
        method=box.method,
        verdict=verdict,
        turnout=box.turnout,
        order=tuple(tuple(group) for group in order),
        elected=tuple(elected),
        lines=lines,
        quorum_needed=box.quorum.needed,
        **more,
    )


def _verdict_line(seats: int, elected: Sequence[str], tied: Sequence[str], left: int) -> Line:
    values: dict[str, int | str] = {
        "elected": names(elected),
        "tied": names(tied),
        "left": left,
        "seats": seats,
        "empty": seats - len(elected),
    }
    if tied:
        return line("tied_after_elected" if elected else "tied_for_seats", values)
    return line("decided_elected" if len(elected) == seats else "decided_seats_empty", values)


def _before(order: Sequence[tuple[str, ...]], default: str) -> tuple[tuple[str, ...], ...]:
    """The groups that come before the one of the default option."""
    for place, group in enumerate(order):
        if default and default in group:
            return tuple(order[:place])
    return tuple(order)


def _require_candidates(candidates: Sequence[str], settings: ElectionSettings) -> None:
    known = set(candidates)
    if not known or known == {settings.default_option}:
        raise InvalidCount("no_candidate")
    if len(known) < len(candidates):
        raise InvalidCount("candidate_twice")
    if settings.default_option and settings.default_option not in known:
        raise InvalidCount("default_option_is_no_candidate")
    if not known.issuperset(settings.tie_break) or len(set(settings.tie_break)) < len(
        settings.tie_break
    ):
        raise InvalidCount("draw_and_candidates_differ")
