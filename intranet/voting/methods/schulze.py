"""The candidate preferred to each other one; in a cycle, by the strongest chains of wins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intranet.voting.comparisons import comparison_lines, stronger_first
from intranet.voting.default_option import drop_unsupported
from intranet.voting.election import ElectionSettings, Ranking
from intranet.voting.lines import Line, line
from intranet.voting.opening import concluded, open_box, undecided
from intranet.voting.pairwise import (
    Pairs,
    levels,
    pairwise,
    stronger,
    strongest_chains,
    unbeaten_order,
    winner_of_all,
)
from intranet.voting.papers import Paper
from intranet.voting.ranking_form import read_ranks
from intranet.voting.seats import names
from intranet.voting.types import BallotForm, Law


class Schulze:
    """Candidates are compared two by two; who wins against each other one comes first.

    When wins go round in a circle, the strongest chains of wins decide (Schulze 2011, winning
    votes). The order is by how many others have no stronger chain over a candidate; those with
    the same number are tied. With a default option, who does not reach the votes above it or the
    majority against it is dropped before the comparison (Debian constitution, A.6).
    """

    key = "schulze"
    label = "Condorcet (Schulze)"
    ballot = BallotForm.RANK
    settings = (
        "seats",
        "unmarked",
        "quorum",
        "default_option",
        "majority",
        "above_default",
        "tie_break",
    )
    laws = frozenset(
        {
            Law.ANONYMOUS,
            Law.NEUTRAL,
            Law.CONDORCET,
            Law.MAJORITY,
            Law.MONOTONE,
            Law.CLONE_PROOF,
        }
    )

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
        """Drop, compare, follow the chains. Raises InvalidCount."""
        box = open_box(self.key, papers, candidates, registered, settings)
        if nothing := undecided(box):
            return nothing
        pairs = pairwise(levels(box.papers), box.candidates, settings.unmarked)
        dropped, support = drop_unsupported(pairs, box.candidates, settings)
        out = {one.candidate for one in dropped}
        left = [one for one in box.candidates if one not in out]
        chains = strongest_chains(pairs, left)
        order = unbeaten_order(chains, left)
        lines = (
            line(f"unmarked_{settings.unmarked.value}", {}),
            *support,
            *_compared(pairs, left),
            *_chained(pairs, chains, left),
            *_placed(chains, order, left),
        )
        return concluded(box, order, lines, dropped=dropped, pairwise=pairs)


def _compared(pairs: Pairs, left: Sequence[str]) -> Iterator[Line]:
    """Who beats each other one, then each comparison, its winner first."""
    if len(left) > 1:
        first = winner_of_all(pairs, left)
        yield line("beats_each_other" if first else "nobody_beats_each_other", {"candidate": first})
    yield from comparison_lines(pairs, left)


def _chained(pairs: Pairs, chains: Pairs, left: Sequence[str]) -> Iterator[Line]:
    """Where chains say something else than the comparison of the two."""
    for one, other in stronger_first(chains, left):
        strength, back = chains[one, other], chains[other, one]
        values: dict[str, int | str] = {
            "candidate": one,
            "other": other,
            "strength": strength,
            "strength_back": back,
        }
        is_win = pairs[one, other] > pairs[other, one]
        if strength > back and not is_win:
            yield line("chain", values)
        elif strength == back and pairs[one, other] != pairs[other, one]:
            yield line("chains_tied", values)


def _placed(chains: Pairs, order: Sequence[Sequence[str]], left: Sequence[str]) -> Iterator[Line]:
    place = 1
    for group in order:
        beaten_by = len(stronger(chains, group[0], left))
        yield line("place", {"place": place, "names": names(group), "beaten_by": beaten_by})
        place += len(group)


METHOD = Schulze()
