"""A ballot among candidates as one text, and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.voting.ballot_text import BLANK, paper_from_text, paper_to_text
from intranet.voting.papers import Paper, PaperState
from intranet.voting.types import InvalidCount

NAMES = ("Camille", "Inès", "Zoé")


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 1000), min_size=1))
def test_what_is_written_is_read_again(marks: dict[str, int]) -> None:
    text = paper_to_text(Paper(marks), NAMES)
    assert paper_from_text(text, NAMES) == Paper(marks)


def test_equal_ballots_have_the_same_text_in_whatever_order_they_were_marked() -> None:
    one, other = Paper({"Zoé": 1, "Inès": 2}), Paper({"Inès": 2, "Zoé": 1})
    assert paper_to_text(one, NAMES) == paper_to_text(other, NAMES) == "[null,2,1]"


def test_a_blank_ballot_is_a_word_and_keeps_its_reason_apart() -> None:
    blank = Paper(state=PaperState.BLANK, reason="Aucune")
    assert paper_to_text(blank, NAMES) == BLANK
    assert paper_from_text(BLANK, NAMES, "Aucune") == blank


@pytest.mark.parametrize("text", ["", "for", "[1,2]", "[1,2,3,4]", '[1,"2",3]', "[true,1,1]", "{}"])
def test_anything_else_is_no_ballot(text: str) -> None:
    with pytest.raises(InvalidCount, match="ballot_unreadable"):
        paper_from_text(text, NAMES)


def test_a_mark_beside_somebody_else_is_refused() -> None:
    with pytest.raises(InvalidCount, match="not_a_candidate"):
        paper_to_text(Paper({"Paul": 1}), NAMES)
