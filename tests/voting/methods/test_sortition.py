from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.voting.election import ElectionSettings, Ranking, Verdict
from intranet.voting.methods.sortition import METHOD, digest, drawn
from intranet.voting.papers import Paper
from intranet.voting.types import InvalidChoice, InvalidCount
from tests.voting.rankings import said

NAMES = ["Zoé", "Amel", "Bruno", "Chloé"]
SEED = "12 7 33"


def draw(names: list[str] = NAMES, seats: int = 2, seed: str = SEED) -> Ranking:
    return METHOD.count([], names, len(names), ElectionSettings(seats=seats, seed=seed))


def test_the_draw_is_the_one_anybody_computes_with_a_console() -> None:
    assert digest("Amel", SEED) == sha256(b"12 7 33\nAmel").hexdigest()
    assert digest("Amel", SEED).startswith("1fea3f89199e82f5")
    ranking = draw()
    assert (ranking.verdict, ranking.elected) == (Verdict.DECIDED, ("Amel", "Zoé"))
    assert ranking.order == (("Amel",), ("Zoé",), ("Bruno",), ("Chloé",))
    assert said(ranking, "drawn_rule") == [{"seed": SEED}]
    assert Ranking.from_json(ranking.to_json()) == ranking


@settings(max_examples=30)
@given(names=st.permutations(NAMES), seed=st.text(min_size=1).filter(str.strip))
def test_the_order_of_the_list_and_who_declines_change_nothing(names: list[str], seed: str) -> None:
    assert draw(names, seed=seed) == draw(NAMES, seed=seed)
    order = drawn(NAMES, seed)
    assert drawn(order[1:], seed) == order[1:]


def test_both_ways_of_writing_an_accent_are_one_name() -> None:
    assert digest("Zoe\u0301", SEED) == digest("Zo\u00e9", SEED)


def test_another_seed_draws_others_and_everybody_can_be_drawn() -> None:
    first = {draw(seats=1, seed=str(seed)).elected[0] for seed in range(40)}
    assert first == set(NAMES)


def test_t85_as_many_places_as_names_draws_all() -> None:
    assert set(draw(seats=9).elected) == set(NAMES)


def test_no_seed_no_name_or_a_ballot_is_refused() -> None:
    with pytest.raises(InvalidCount, match="no_seed"):
        draw(seed=" ")
    with pytest.raises(InvalidCount, match="no_candidate"):
        draw(names=[])
    with pytest.raises(InvalidCount, match="no_ballots_in_a_draw"):
        METHOD.count([Paper({"Amel": 1})], NAMES, 4, ElectionSettings(seed=SEED))
    with pytest.raises(InvalidChoice):
        METHOD.read({"mark": "0"}, NAMES, ElectionSettings(seed=SEED))
