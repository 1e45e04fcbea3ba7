"""Marks around the words that changed between two renderings."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from intranet.core.html_diff import marked, whole

PIECES = ("un", " ", "deux", " &amp; ", "<strong>", "</strong>", "trois", "\n<li>", "</li>\n")
htmls = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def without(html: str, tag: str) -> str:
    return re.sub(rf"<{tag}>.*?</{tag}>", "", html, flags=re.S)


def bare(html: str) -> str:
    return re.sub(r"</?(?:ins|del)>", "", html)


@given(old=htmls, new=htmls)
def test_each_side_keeps_its_tags_and_words(old: str, new: str) -> None:
    found = marked(old, new)
    assert found is not None
    assert bare(found.old) == old
    assert bare(found.new) == new
    assert without(found.both, "del").replace("<ins>", "").replace("</ins>", "") == new
    assert not re.search(r"<(?:ins|del)>[^<]*<(?!/(?:ins|del)>)", found.both)


def test_words_that_went_stand_before_those_that_came() -> None:
    found = marked("<p>le <em>mardi</em> soir</p>", "<p>le <em>jeudi</em> soir</p>")
    assert found is not None
    assert found.both == "<p>le <em><del>mardi</del><ins>jeudi</ins></em> soir</p>"
    assert not found.is_same


def test_a_change_of_tags_alone_is_no_change_of_words() -> None:
    found = marked("<p>un mot</p>", "<p>un <strong>mot</strong></p>")
    assert found is not None
    assert found.is_same


def test_ids_are_left_out_because_a_page_shows_both() -> None:
    assert whole('<h2 id="a">A</h2><p id="b" class="c">B</p>') == '<h2>A</h2><p class="c">B</p>'


def test_texts_too_long_to_compare_are_not_compared() -> None:
    assert marked("mot " * 60_000, "mots " * 60_000) is None
