"""Rounds in which each ballot goes to its best candidate who is still standing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from intranet.voting.election import Unmarked
from intranet.voting.elimination import Votes
from intranet.voting.lines import Line, line
from intranet.voting.opening import exact_text
from intranet.voting.pairwise import Levels


def unmarked_line(unmarked: Unmarked) -> Line:
    """What no rank means where a ballot goes from one candidate to the next."""
    return line("unmarked_reject" if unmarked is Unmarked.REJECT else "unmarked_ends", {})


class Runoff:
    """The ballots of a run-off. Votes are whole units, `unit` of which make one ballot, so that
    equal ranks share a ballot exactly.
    """

    def __init__(self, box: Mapping[Levels, int], candidates: Sequence[str]) -> None:
        self._box = box
        shares = {len(group) for ranking in box for group in ranking}
        self.unit = lcm(*(one for most in shares for one in range(1, most + 1)), 1)
        self.in_all = sum(box.values()) * self.unit
        self.candidates = tuple(candidates)

    def votes(self, standing: Iterable[str]) -> dict[str, int]:
        """The units of each of those still standing; equal best ranks share their ballot."""
        kept = set(standing)
        votes = dict.fromkeys(sorted(kept), 0)
        for ranking, copies in self._box.items():
            for group in ranking:
                if len(group) == 1:
                    best: Sequence[str] = group if group[0] in kept else ()
                else:
                    best = [one for one in group if one in kept]
                if best:
                    for one in best:
                        votes[one] += copies * self.unit // len(best)
                    break
        return votes

    def text(self, units: int) -> str:
        """So many units as ballots."""
        return exact_text(Fraction(units, self.unit))

    def texts(self, votes: Votes) -> dict[str, str]:
        """The votes of everyone as ballots, the best first."""
        ranked = sorted(votes, key=lambda name: (-votes[name], name))
        return {name: self.text(votes[name]) for name in ranked}

    def exhausted(self, votes: Votes) -> str:
        """The ballots that go to nobody any more."""
        return self.text(self.in_all - sum(votes.values()))
