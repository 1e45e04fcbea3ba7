"""Programs that other people wrote count hundreds of random elections as ours does.

They are the test extra `oracles`, an optional job: without them these tests are skipped. Elections
where a tie was met are left out, since each program settles ties in its own way; enough of them
must remain.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from types import ModuleType

import pytest

from intranet.voting.election import Ranking, Unmarked, Verdict
from intranet.voting.pairwise import levels, pairwise, strongest_chains
from intranet.voting.papers import Paper
from tests.voting.rankings import counted

pytestmark = pytest.mark.oracle

ELECTIONS = 300
NAMES = ["Ada", "Bo", "Cy", "Di", "Ed", "Flo"]
TIES = {"round_earlier", "round_draw", "round_stops", "round_eliminated_together"}


@pytest.fixture(scope="module")
def votelib() -> ModuleType:
    pytest.importorskip("votelib.evaluate.condorcet", reason="the extra oracles is not installed")
    pytest.importorskip("votelib.evaluate.sequential")
    return pytest.importorskip("votelib")


@pytest.fixture(scope="module")
def pyrankvote() -> ModuleType:
    return pytest.importorskip("pyrankvote", reason="the extra oracles is not installed")


@pytest.fixture(scope="module")
def schulze_condorcet() -> ModuleType:
    return pytest.importorskip("schulze_condorcet", reason="the extra oracles is not installed")


def elections(
    is_complete: bool = True, is_strict: bool = True, fewest: int = 20
) -> Iterator[list[Paper]]:
    """Random boxes, the same at each run, some with a strong common order and some without."""
    source = random.Random(20070503)
    for _ in range(ELECTIONS):
        names = NAMES[: source.randint(3, 6)]
        pull = source.choice([0, 1, 3])
        yield [
            ballot(names, pull, source, is_complete, is_strict)
            for _ in range(source.randint(fewest, 3 * fewest))
        ]


def ballot(
    names: Sequence[str], pull: int, source: random.Random, is_complete: bool, is_strict: bool
) -> Paper:
    order = sorted(names, key=lambda name: source.random() * 6 + pull * names.index(name))
    if not is_complete:
        order = order[: source.randint(1, len(order))]
    if is_strict:
        return Paper({name: rank for rank, name in enumerate(order, 1)})
    return Paper({name: source.randint(1, len(order)) for name in order})


def everyone(box: Sequence[Paper]) -> list[str]:
    return sorted({name for paper in box for name in paper.marks})


def met_a_tie(ranking: Ranking) -> bool:
    return ranking.verdict is Verdict.TIED or bool(TIES & {line.code for line in ranking.lines})


def as_votelib(box: Sequence[Paper]) -> dict[tuple[object, ...], int]:
    """Rankings as tuples, equal ranks as sets."""
    return {
        tuple(group[0] if len(group) == 1 else frozenset(group) for group in ranking): copies
        for ranking, copies in levels(box).items()
    }


@pytest.mark.parametrize("is_last", [True, False])
def test_votelib_finds_the_same_matrix_and_the_same_chains(
    votelib: ModuleType, is_last: bool
) -> None:
    unmarked = Unmarked.LAST if is_last else Unmarked.UNCOMPARED
    to_pairs = votelib.convert.RankedToCondorcetVotes(unranked_at_bottom=is_last)
    for box in elections(is_complete=False, is_strict=False):
        names = everyone(box)
        ours = pairwise(levels(box), names, unmarked)
        theirs = to_pairs.convert(as_votelib(box))
        assert ours == {pair: theirs.get(pair, 0) for pair in ours}
        chains = votelib.evaluate.condorcet.Schulze.widest_paths(theirs)
        assert strongest_chains(ours, names) == {pair: chains.get(pair, 0) for pair in ours}


def winning_votes(*, support: int, opposition: int, totalvotes: int) -> int:
    """Wins are compared by the ballots in their favour alone, as ours are."""
    return support if support > opposition else 0


def test_schulze_condorcet_finds_the_same_first_group(schulze_condorcet: ModuleType) -> None:
    groups: Counter[int] = Counter()
    for box in elections(is_complete=False, is_strict=False, fewest=5):
        names = everyone(box)
        votes = []
        for paper in box:
            rest = [name for name in names if name not in paper.marks]
            (ranking,) = levels([paper])
            votes.append(
                ">".join("=".join(group) for group in (*ranking, *([rest] if rest else [])))
            )
        theirs = schulze_condorcet.schulze_evaluate(votes, names, winning_votes)
        first = counted("schulze", box, names).order[0]
        assert set(first) == set(theirs.split(">")[0].split("="))
        groups[len(first)] += 1
    assert groups[1] >= ELECTIONS // 2
    assert sum(count for size, count in groups.items() if size > 1) >= 10


def test_pyrankvote_finds_the_same_winner_by_instant_runoff(pyrankvote: ModuleType) -> None:
    compared = 0
    for box in elections(is_complete=False):
        ours = counted("instant_runoff", box)
        if met_a_tie(ours):
            continue
        compared += 1
        assert winner_of_pyrankvote(pyrankvote, box) == set(ours.elected)
    assert compared >= ELECTIONS // 2


def winner_of_pyrankvote(module: ModuleType, box: Sequence[Paper]) -> set[str]:
    candidates = {name: module.Candidate(name) for name in everyone(box)}
    ballots = [
        module.Ballot([candidates[name] for name in sorted(one.marks, key=one.marks.__getitem__)])
        for one in box
    ]
    found = module.instant_runoff_voting(list(candidates.values()), ballots)
    return {winner.name for winner in found.get_winners()}


def test_votelib_finds_the_same_winner_by_benhams_rule(votelib: ModuleType) -> None:
    compared = 0
    for box in elections():
        ours = counted("condorcet_instant_runoff", box)
        if met_a_tie(ours):
            continue
        compared += 1
        theirs = votelib.evaluate.sequential.Benham().evaluate(as_votelib(box))
        assert theirs == list(ours.elected)
    assert compared >= ELECTIONS // 2


@pytest.mark.parametrize("seats", [2, 3])
def test_votelib_elects_the_same_by_transferable_vote(votelib: ModuleType, seats: int) -> None:
    compared = 0
    selector = votelib.evaluate.sequential.TransferableVoteSelector(
        transferer="Gregory", quota_function="droop"
    )
    for box in elections():
        ours = counted("single_transferable_vote", box, seats=seats)
        if met_a_tie(ours):
            continue
        compared += 1
        assert set(selector.evaluate(as_votelib(box), seats)) == set(ours.elected)
    assert compared >= ELECTIONS // 2


def test_votelib_gives_the_same_points(votelib: ModuleType) -> None:
    rankscore = pytest.importorskip("votelib.component.rankscore")
    to_points = votelib.convert.RankedToPositionalVotes(rankscore.Borda(base=0))
    for box in elections():
        ours = counted("borda", box).rounds[0].scores
        # votelib takes anything with a length, as a name is, for a group of candidates.
        numbers = {name: number for number, name in enumerate(ours)}
        votes = {
            tuple(numbers[group[0]] for group in ranking): copies
            for ranking, copies in levels(box).items()
        }
        theirs = to_points.convert(votes)
        assert {name: str(theirs[number]) for name, number in numbers.items()} == ours
