from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.core import align as module
from intranet.core.align import EXACT_LIMIT, align

LETTERS = st.text(alphabet="abcde", max_size=60)


@given(LETTERS, LETTERS)
def test_pairs_are_equal_items_and_rise_on_both_sides(old: str, new: str) -> None:
    pairs = align(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    rising = [i for i, _ in pairs], [j for _, j in pairs]
    assert all(side == sorted(set(side)) for side in rising)


@given(LETTERS)
def test_a_text_is_aligned_with_itself_item_by_item(text: str) -> None:
    assert align(text, text) == [(i, i) for i in range(len(text))]


@given(LETTERS, st.integers(0, 60), LETTERS)
def test_an_insertion_leaves_all_old_items_paired(text: str, place: int, added: str) -> None:
    place = min(place, len(text))
    new = text[:place] + added.upper() + text[place:]
    assert len(align(text, new)) == len(text)


class Counting(SequenceMatcher[str]):
    """Records how large the exact comparisons are."""

    sizes: list[int] = []

    def get_matching_blocks(self):  # type: ignore[no-untyped-def]
        self.sizes.append(len(self.a) * len(self.b))
        return super().get_matching_blocks()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["same"] * 5000, ["same"] * 4000 + ["other"] * 1000),
        (["same", "line"] * 2500, ["line", "same", "x"] * 1700),
        (["a", "b", "c"] * 8000, ["c", "b", "a"] * 8000),
        ([f"w{n % 300}" for n in range(25000)], [f"w{(n * 7) % 300}" for n in range(25000)]),
    ],
)
def test_repeated_items_never_take_the_quadratic_path(
    old: list[str], new: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Counting.sizes.clear()
    monkeypatch.setattr(module, "SequenceMatcher", Counting)
    pairs = align(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(size <= EXACT_LIMIT for size in Counting.sizes)
    assert sum(Counting.sizes) <= EXACT_LIMIT * 1000
