"""A tie between for and against, once lots were drawn."""

from __future__ import annotations

from dataclasses import replace

from intranet.voting.lines import line
from intranet.voting.majority import AGAINST, FOR
from intranet.voting.methods.sortition import drawn
from intranet.voting.outcome import Outcome
from intranet.voting.types import InvalidCount, Result


def after_draw(outcome: Outcome, seed: str) -> Outcome:
    """The outcome that follows from a seed drawn in public: the first of `for` and `against` in the
    order of the draw, as sortition computes it. Raises InvalidCount when nothing is tied.
    """
    if outcome.result is not Result.TIED:
        raise InvalidCount("nothing_to_draw")
    is_for = drawn((FOR, AGAINST), seed)[0] == FOR
    values: dict[str, int | str] = {
        "votes_for": outcome.counts[FOR],
        "votes_against": outcome.counts[AGAINST],
        "seed": seed,
    }
    verdict = line("adopted_by_draw" if is_for else "rejected_by_draw", values)
    return replace(
        outcome,
        result=Result.ADOPTED if is_for else Result.REJECTED,
        lines=(verdict, line("sides_drawn", values), *outcome.lines[1:]),
    )
