"""What the methods that decide nothing share: positions recorded, and no verdict."""

from __future__ import annotations

from collections.abc import Mapping

from intranet.voting.lines import line
from intranet.voting.outcome import Outcome
from intranet.voting.quorum import quorum_line, quorum_of
from intranet.voting.types import NOT_VOTED, Base, Electorate, Result


def recorded_outcome(
    method: str,
    counts: Mapping[str, int],
    given: int,
    electorate: Electorate,
    codes: tuple[str, ...],
) -> Outcome:
    """The outcome of a count that decides nothing: it has no base to win in, and needs nobody.

    `given` is how many said something; `codes` are the sentences, the verdict first, and the
    turnout is added.
    """
    ballots = electorate.registered - counts[NOT_VOTED]
    quorum = quorum_of(None, electorate.registered, electorate.taking_part(ballots))
    values: dict[str, int | str] = {**counts, "given": given, "asked": electorate.asked}
    return Outcome(
        method=method,
        result=Result.ADVISED,
        counts=counts,
        registered=electorate.registered,
        base=Base.REGISTERED,
        base_size=electorate.registered,
        needed=0,
        taken_part=quorum.taken_part,
        quorum_needed=0,
        quorum_met=True,
        lines=(*(line(code, values) for code in codes), quorum_line(quorum)),
    )
