"""The candidate preferred to each other one; without one, the lowest leaves until there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from intranet.voting.comparisons import comparison_lines
from intranet.voting.election import ElectionSettings, Ranking, Round
from intranet.voting.elimination import Votes, lowest_of, pick_lowest
from intranet.voting.lines import Line, line
from intranet.voting.opening import OpenBox, concluded, open_box, undecided
from intranet.voting.pairwise import Pairs, levels, pairwise, smallest_dominant, winner_of_all
from intranet.voting.papers import Paper
from intranet.voting.ranking_form import read_ranks
from intranet.voting.runoff import Runoff
from intranet.voting.types import BallotForm, Law


class CondorcetInstantRunoff:
    """Places are given one after the other, each to who wins against each other one left.

    When there is none, the candidate with the fewest first choices among those left is set aside,
    one at a time, until one of the others wins against each of them (Condorcet-IRV, Benham's
    rule); who was set aside comes back for the next place. A tie for the fewest is settled by the
    most recent earlier round for this place, then by the recorded draw; else those who may still
    get the place are tied.
    """

    key = "condorcet_instant_runoff"
    label = "Condorcet, then instant run-off"
    ballot = BallotForm.RANK
    settings = ("seats", "unmarked", "quorum", "tie_break")
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.CONDORCET, Law.MAJORITY})

    def read(
        self, raw: Mapping[str, str], candidates: Sequence[str], settings: ElectionSettings
    ) -> Paper:
        """The ranking of the form; equal ranks are allowed. Raises InvalidChoice."""
        return read_ranks(raw, candidates, settings)

    def count(
        self,
        papers: Sequence[Paper],
        candidates: Sequence[str],
        registered: int,
        settings: ElectionSettings,
    ) -> Ranking:
        """Fill the places of the order from the first on. Raises InvalidCount."""
        own = ElectionSettings(
            seats=settings.seats,
            unmarked=settings.unmarked,
            quorum=settings.quorum,
            tie_break=settings.tie_break,
        )
        box = open_box(self.key, papers, candidates, registered, own)
        if nothing := undecided(box):
            return nothing
        ballots = levels(box.papers)
        pairs = pairwise(ballots, box.candidates, own.unmarked)
        found = _Count(box, Runoff(ballots, box.candidates), pairs)
        found.lines.append(line(f"unmarked_{own.unmarked.value}", {}))
        found.lines += comparison_lines(pairs, box.candidates)
        order = found.order()
        return concluded(box, order, found.lines, rounds=tuple(found.rounds), pairwise=pairs)


@dataclass
class _Count:
    """One count under way."""

    box: OpenBox
    runoff: Runoff
    pairs: Pairs
    lines: list[Line] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    def order(self) -> tuple[tuple[str, ...], ...]:
        """Everyone, place after place."""
        left, groups, place = set(self.box.candidates), [], 1
        while left:
            first = self._first(sorted(left), place)
            group = (first,) if first else smallest_dominant(self.pairs, sorted(left))
            groups.append(group)
            left -= set(group)
            place += len(group)
        return tuple(groups)

    def _first(self, left: Sequence[str], place: int) -> str:
        """Who gets this place, or "" when a tie leaves it open."""
        standing, history = list(left), list[Votes]()
        while not (winner := winner_of_all(self.pairs, standing)):
            votes = self.runoff.votes(standing)
            lowest, number = lowest_of(votes), len(self.rounds) + 1
            picked = pick_lowest(lowest, history, self.box.settings.tie_break, number)
            self.lines += picked.lines
            self._note(votes, eliminated=picked.candidate)
            if not picked.candidate:
                return ""
            score = self.runoff.text(votes[picked.candidate])
            values: dict[str, int | str] = {"round": number, "score": score}
            self.lines.append(line("round_eliminated", {**values, "candidate": picked.candidate}))
            history.append(votes)
            standing.remove(picked.candidate)
        placed: dict[str, int | str] = {"round": len(self.rounds) + 1, "candidate": winner}
        self.lines.append(line("round_placed", {**placed, "place": place}))
        self._note(self.runoff.votes(standing), placed=winner)
        return winner

    def _note(self, votes: Votes, placed: str = "", eliminated: str = "") -> None:
        self.rounds.append(
            Round(
                number=len(self.rounds) + 1,
                scores=self.runoff.texts(votes),
                elected=(placed,) if placed else (),
                eliminated=(eliminated,) if eliminated else (),
                exhausted=self.runoff.exhausted(votes),
                note="placed" if placed else "eliminated" if eliminated else "stopped",
            )
        )


METHOD = CondorcetInstantRunoff()
