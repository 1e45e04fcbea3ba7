"""Ballot boxes for tests, written as counts."""

from __future__ import annotations

from intranet.voting.types import CastBallot, Choice


def box(**counts: int) -> list[CastBallot]:
    """So many ballots for each option; `votes_for` stands for the option "for"."""
    ballots: list[CastBallot] = []
    for name, count in counts.items():
        option = "for" if name == "votes_for" else name
        is_lifted = option == "objection_lifted"
        choice = Choice("objection" if is_lifted else option, "because of the cost")
        ballots += [CastBallot(choice, is_lifted)] * count
    return ballots
