"""One seat: whoever has the fewest ballots leaves, round by round, until one has the majority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from intranet.voting.election import ElectionSettings, Ranking, Round
from intranet.voting.elimination import Votes, can_go_together, lowest_of, pick_lowest
from intranet.voting.lines import Line, line
from intranet.voting.opening import OpenBox, concluded, open_box, stopped, undecided
from intranet.voting.pairwise import levels
from intranet.voting.papers import Paper
from intranet.voting.ranking_form import read_ranks
from intranet.voting.runoff import Runoff, unmarked_line
from intranet.voting.seats import grouped, names
from intranet.voting.types import BallotForm, Law


class InstantRunoff:
    """Each ballot counts for its best candidate still standing; the lowest leaves.

    It ends when one candidate has more than half of the ballots still in play. Equal best ranks
    share their ballot in equal parts. The lowest leave together when their ballots together are
    fewer than those of the next one, since the order could change nothing; otherwise a tie is
    settled by the most recent earlier round, then by the recorded draw, else the count stops.
    """

    key = "instant_runoff"
    label = "Instant run-off"
    ballot = BallotForm.RANK
    settings = ("unmarked", "quorum", "tie_break")
    laws = frozenset({Law.ANONYMOUS, Law.NEUTRAL, Law.MAJORITY})

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
        """Eliminate until one has the majority. Raises InvalidCount."""
        own = ElectionSettings(
            unmarked=settings.unmarked, quorum=settings.quorum, tie_break=settings.tie_break
        )
        box = open_box(self.key, papers, candidates, registered, own)
        return undecided(box) or _Count(box, Runoff(levels(box.papers), box.candidates)).run()


@dataclass
class _Count:
    """One count under way."""

    box: OpenBox
    runoff: Runoff
    lines: list[Line] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    history: list[Votes] = field(default_factory=list)
    left: list[tuple[str, ...]] = field(default_factory=list)

    def run(self) -> Ranking:
        """Round by round, until a majority or a tie that nothing settles."""
        self.lines.append(unmarked_line(self.box.settings.unmarked))
        votes = self.runoff.votes(self.box.candidates)
        while not (winner := self._majority(votes)):
            out, said = self._lowest(votes)
            self.lines += said
            if not out:
                self._note(votes, (), (), votes)
                order = (*grouped(votes), *reversed(self.left))
                return stopped(
                    self.box, order, (), lowest_of(votes), self.lines, rounds=tuple(self.rounds)
                )
            after = self.runoff.votes(votes.keys() - set(out))
            self._note(votes, (), out, after)
            self.history.append(votes)
            self.left.append(out)
            votes = after
        self._note(votes, (winner,), (), votes)
        others = {name: count for name, count in votes.items() if name != winner}
        order = ((winner,), *grouped(others), *reversed(self.left))
        return concluded(self.box, order, self.lines, rounds=tuple(self.rounds))

    def _majority(self, votes: Votes) -> str:
        """Who has more than half of the ballots in play, or ""; said in a line."""
        best = max(votes, key=lambda name: votes[name])
        in_play = sum(votes.values())
        has_majority = 2 * votes[best] > in_play
        values: dict[str, int | str] = {
            "round": len(self.rounds) + 1,
            "candidate": best,
            "score": self.runoff.text(votes[best]),
            "in_play": self.runoff.text(in_play),
        }
        if has_majority:
            self.lines.append(line("round_majority", values))
        return best if has_majority else ""

    def _lowest(self, votes: Votes) -> tuple[tuple[str, ...], tuple[Line, ...]]:
        """Who leaves in this round, nobody when nothing separates the lowest."""
        lowest, number = lowest_of(votes), len(self.rounds) + 1
        values: dict[str, int | str] = {
            "round": number,
            "names": names(lowest),
            "score": self.runoff.text(votes[lowest[0]]),
        }
        if len(lowest) > 1 and can_go_together(lowest, votes):
            return lowest, (line("round_eliminated_together", values),)
        picked = pick_lowest(lowest, self.history, self.box.settings.tie_break, number)
        if not picked.candidate:
            return (), picked.lines
        left = line("round_eliminated", {**values, "candidate": picked.candidate})
        return (picked.candidate,), (*picked.lines, left)

    def _note(
        self, votes: Votes, elected: tuple[str, ...], out: tuple[str, ...], after: Votes
    ) -> None:
        self.rounds.append(
            Round(
                number=len(self.rounds) + 1,
                scores=self.runoff.texts(votes),
                elected=elected,
                eliminated=out,
                exhausted=self.runoff.exhausted(after),
                note="majority" if elected else "eliminated" if out else "stopped",
                after=self.runoff.texts(after) if out else {},
            )
        )


METHOD = InstantRunoff()
