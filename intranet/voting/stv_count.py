"""One count of single transferable votes under way, round by round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from intranet.voting.election import Ranking, Round
from intranet.voting.elimination import Votes, lowest_of, pick_highest, pick_lowest
from intranet.voting.lines import Line, line
from intranet.voting.opening import OpenBox, counted_out, stopped
from intranet.voting.pairwise import Levels
from intranet.voting.runoff import unmarked_line
from intranet.voting.seats import grouped, names
from intranet.voting.transfers import ONE, Piles, decimals, droop_quota


class Count:
    """The state of one count. A round elects, then moves one surplus or eliminates."""

    def __init__(self, box: OpenBox, ballots: Mapping[Levels, int]) -> None:
        self._box = box
        self._piles = Piles(ballots, box.candidates)
        self._quota = droop_quota(box.turnout.valid, box.settings.seats)
        self._hopeful = set(box.candidates)
        self._elected: list[tuple[str, ...]] = []
        self._surplus: list[str] = []
        self._out: list[tuple[str, ...]] = []
        self._history: list[Votes] = []
        self._rounds: list[Round] = []
        self._number = 1
        self._lines: list[Line] = [
            unmarked_line(box.settings.unmarked),
            self._line("quota", valid=box.turnout.valid, seats=box.settings.seats),
        ]

    def run(self) -> Ranking:
        """Count until the seats are filled, or until a tie that nothing settles."""
        reached = self._elect()
        while True:
            start = dict(self._piles.votes)
            if self._seats_left() == 0 or not self._hopeful:
                self._note(start, {}, reached, (), "elected")
                return self._ranking(())
            tied, out, note = self._surplus_moved() if self._surplus else self._lowest_left()
            if tied:
                self._note(start, {}, reached, (), "stopped")
                return self._ranking(tied)
            self._history.append(start)
            reached += self._elect()
            self._note(start, self._piles.votes, reached, out, note)
            if self._seats_left() == 0 or not self._hopeful:
                return self._ranking(())
            reached = ()

    def _seats_left(self) -> int:
        return self._box.settings.seats - sum(len(group) for group in self._elected)

    def _elect(self) -> tuple[str, ...]:
        """Those who reach the quota now, then those left when there are seats for all of them."""
        votes = self._piles.votes
        over = {one: votes[one] for one in self._hopeful if votes[one] >= self._quota * ONE}
        for group in grouped(over):
            self._take(group)
            for name in group:
                self._say("round_quota", candidate=name, score=decimals(votes[name]))
            self._surplus += [name for name in group if votes[name] > self._quota * ONE]
        rest = {one: votes[one] for one in self._hopeful}
        if not 0 < len(rest) <= self._seats_left():
            return tuple(name for group in grouped(over) for name in group)
        for group in grouped(rest):
            self._take(group)
        in_order = [name for votes in (over, rest) for group in grouped(votes) for name in group]
        self._say("round_seats_left", names=names(in_order[len(over) :]))
        return tuple(in_order)

    def _take(self, group: tuple[str, ...]) -> None:
        self._elected.append(group)
        self._hopeful -= set(group)

    def _surplus_moved(self) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """Move the largest surplus. Gives those tied for it, if nothing separates them."""
        votes = self._piles.votes
        most = max(votes[name] for name in self._surplus)
        largest = sorted(name for name in self._surplus if votes[name] == most)
        picked = pick_highest(largest, self._history, self._box.settings.tie_break, self._number)
        self._lines += picked.lines
        if not picked.candidate:
            return tuple(largest), (), ""
        over = votes[picked.candidate] - self._quota * ONE
        standing = frozenset(self._hopeful)
        value = self._piles.surplus(picked.candidate, self._quota * ONE, standing)
        self._surplus.remove(picked.candidate)
        said = {"score": decimals(over), "value": decimals(value)}
        self._say("round_surplus", candidate=picked.candidate, **said)
        return (), (), "surplus"

    def _lowest_left(self) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """Eliminate the lowest. Gives those tied for it, if nothing separates them."""
        votes = {name: self._piles.votes[name] for name in self._hopeful}
        lowest = lowest_of(votes)
        can_spare = len(votes) - len(lowest) >= self._seats_left()
        if len(lowest) > 1 and votes[lowest[0]] == 0 and can_spare:
            self._say("round_eliminated_together", names=names(lowest), score=decimals(0))
            return (), self._leave(lowest), "eliminated"
        picked = pick_lowest(lowest, self._history, self._box.settings.tie_break, self._number)
        self._lines += picked.lines
        if not picked.candidate:
            return lowest, (), ""
        score = decimals(votes[picked.candidate])
        self._say("round_eliminated", candidate=picked.candidate, score=score)
        return (), self._leave((picked.candidate,)), "eliminated"

    def _leave(self, group: tuple[str, ...]) -> tuple[str, ...]:
        self._hopeful -= set(group)
        self._out.append(group)
        for name in group:
            self._piles.eliminated(name, frozenset(self._hopeful))
        return group

    def _ranking(self, tied: Sequence[str]) -> Ranking:
        hopeful = {name: self._piles.votes[name] for name in self._hopeful}
        order = (*self._elected, *grouped(hopeful), *reversed(self._out))
        elected = tuple(name for group in self._elected for name in group)
        more = {"rounds": tuple(self._rounds), "quota": decimals(self._quota * ONE)}
        if tied:
            return stopped(self._box, order, elected, tied, self._lines, **more)
        return counted_out(self._box, order, elected, self._lines, **more)

    def _note(
        self,
        start: Votes,
        after: Votes,
        elected: tuple[str, ...],
        out: tuple[str, ...],
        note: str,
    ) -> None:
        self._rounds.append(
            Round(
                number=self._number,
                scores=_texts(start),
                elected=elected,
                eliminated=out,
                exhausted=decimals(self._piles.exhausted),
                note=note,
                after=_texts(after),
                lost=decimals(self._piles.lost),
            )
        )
        self._number += 1

    def _say(self, code: str, **values: int | str) -> None:
        self._lines.append(self._line(code, **values))

    def _line(self, code: str, **values: int | str) -> Line:
        quota = decimals(self._quota * ONE)
        return line(code, {"round": self._number, "quota": quota, **values})


def _texts(votes: Votes) -> dict[str, str]:
    ranked: Iterable[str] = sorted(votes, key=lambda name: (-votes[name], name))
    return {name: decimals(votes[name]) for name in ranked}
