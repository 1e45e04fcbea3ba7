"""Words that carry a key: written down, read aloud, typed again. Pure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.polls.tellers import words
from intranet.polls.tellers.words import UnknownWords


def test_the_list_has_one_word_for_each_byte_known_by_its_first_letters() -> None:
    assert len(words.WORDS) == 256
    assert len({words._bare(word)[:4] for word in words.WORDS}) == 256


@given(st.binary(min_size=words.LENGTH, max_size=words.LENGTH))
@settings(max_examples=30, deadline=None)
def test_what_was_spoken_is_heard(seed: bytes) -> None:
    assert words.heard(" ".join(words.spoken(seed))) == seed


def test_case_accents_numbers_and_lines_do_not_matter() -> None:
    seed = bytes(range(words.LENGTH))
    typed = "\n".join(f"{n}. {word.upper()}," for n, word in enumerate(words.spoken(seed), 1))
    assert words.heard(typed) == seed
    assert words.heard(words._bare(typed)) == seed


def test_a_word_that_is_not_in_the_list_is_named() -> None:
    typed = " ".join(["proutprout", *words.spoken(bytes(15))])
    with pytest.raises(UnknownWords) as caught:
        words.heard(typed)
    assert caught.value.words == ("proutprout",)


@pytest.mark.parametrize("count", [0, 15, 17])
def test_sixteen_words_are_needed(count: int) -> None:
    with pytest.raises(UnknownWords) as caught:
        words.heard(" ".join(words.spoken(bytes(count))))
    assert caught.value.words == ()
