"""Reading a form and counting a box, the same way for every method that offers options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intranet.voting.types import (
    NOT_VOTED,
    SPOILED,
    CastBallot,
    Choice,
    ChoiceProblem,
    Electorate,
    InvalidChoice,
    InvalidCount,
)


def read_choice(raw: Mapping[str, str], options: Sequence[str]) -> Choice:
    """The choice in the fields `option` and `reason`.

    The option must be written exactly. Raises InvalidChoice when it is missing or unknown.
    """
    option = raw.get("option", "")
    if not option:
        raise InvalidChoice(ChoiceProblem.MISSING)
    if option not in options:
        raise InvalidChoice(ChoiceProblem.UNKNOWN)
    return Choice(option, raw.get("reason", "").replace("\x00", "").strip())


def count_options(
    ballots: Sequence[CastBallot], options: Sequence[str], electorate: Electorate
) -> dict[str, int]:
    """How many ballots for each option, spoiled ones and people who did not vote included.

    The sum is the number of registered people. Raises InvalidCount when there are more ballots
    than people, or a ballot for an option that was not offered.
    """
    if len(ballots) > electorate.asked:
        raise InvalidCount("more_ballots_than_people")
    counts = dict.fromkeys((*options, SPOILED), 0)
    for ballot in ballots:
        if ballot.choice.option not in counts:
            raise InvalidCount("option_not_offered")
        counts[ballot.choice.option] += 1
    return counts | {NOT_VOTED: electorate.registered - len(ballots)}
