"""The structure of lists, quotes and fences, compared with an implementation of CommonMark."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from intranet.core.markdown import render
from intranet.core.markdown_links import NoLinks
from tests.core.markdown_samples import PAGE

ORACLE = MarkdownIt("commonmark").enable("table")
STRUCTURE = re.compile(r"</?(?:p|ul|ol|li|h[1-6]|blockquote|pre|table|tr|td|hr|strong|em|br)\b")


def ours(source: str) -> list[str]:
    """The structural tags of our rendering. The blocks' own frames and the level of the first
    heading are ours, not CommonMark's."""
    return STRUCTURE.findall(render(source, NoLinks(), language="en", first_level=1).html)


def theirs(source: str) -> list[str]:
    tags = STRUCTURE.findall(ORACLE.render(source))
    highest = min((int(tag[-1]) for tag in tags if tag[-1].isdigit()), default=1)
    return [f"{t[:-1]}{int(t[-1]) - highest + 1}" if t[-1].isdigit() else t for t in tags]


CASES = {
    "nested by two": "- a\n- b\n  - c\n    - d\n- e\n",
    "nested by three": "1. un\n   - sous\n   - sous2\n2. deux\n",
    "nested by four": "- a\n    - b\n        - c\n",
    "list after a paragraph": "Para\n- a\n- b\n",
    "fence after a paragraph": "Para\n```\nx\n```\nfin\n",
    "hard break": "a\\\nb\n",
    "loose": "- a\n\n  suite\n\n- b\n",
    "fence in an item": "- a\n\n  ```\n  code\n  ```\n- b\n",
    "tight lists apart": "1. a\n2. b\n\ntexte\n\n- c\n",
    "a year is a start": "2024. Une année.\n",
    "paragraph in an ordered item": "1. a\n\n   suite\n\n2. b\n",
    "one, one, one": "1. a\n1. b\n1. c\n",
    "parenthesis": "1) a\n2) b\n",
    "another bullet, another list": "- a\n* b\n+ c\n",
    "a year in a sentence": "Depuis\n2024. Rien.\n",
    "lazy item": "- a\nb\n",
    "lazy quote": "> a\nb\n\nc\n",
    "list in a quote": "> - a\n>   - b\n>\n> c\n",
    "quote in an item": "- > a\n  > b\n- c\n",
    "two quotes": "> a\n\n> b\n",
    "code in an item": "- a\n\n      code\n",
    "indented code": "texte\n\n    code\n\n    code\n",
    "rule between items": "- a\n\n---\n\n- b\n",
    "stars are a rule": "* * *\n",
    "empty item": "-\n- a\n-\n",
    "heading in an item": "- # a\n- b\n",
    "underlined": "Titre\n===\n\nAutre\n---\n",
    "not a heading": "#hashtag\n",
    "closing hashes": "## Titre ##\n",
    "table": "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "deep": "- a\n  - b\n    1. c\n       - d\n         > e\n",
    "sibling by one": "- a\n - b\n  - c\n",
    "item on item": "- - a\n  - b\n",
    "unclosed fence": "```\na\n",
    "longer fence": "````\n```\n````\n",
    "fence in a quote": "> ```\n> a\n> ```\nb\n",
    "bold across words": "**gras** et *italique*\n",
    "no bold before a space": "**des réalisations **(lier)\n",
    "list then text": "- a\n\nb\n",
    "loose by nested": "- a\n  - b\n\n    c\n- d\n",
}


@pytest.mark.parametrize("name", CASES)
def test_the_structure_is_that_of_commonmark(name: str) -> None:
    assert ours(CASES[name]) == theirs(CASES[name])


def nested(items: list[object], indent: str, markers: list[str], loose: bool) -> list[str]:
    """Lines of a list; an item that is a list is nested under the one before."""
    lines: list[str] = []
    marker = markers[0]
    for item in items:
        if isinstance(item, list):
            inner = indent + " " * (len(marker) + 1) if lines else indent
            lines += nested(item, inner, [*markers[1:], marker], loose) if lines else []
            continue
        lines += [""] if loose and lines else []
        lines.append(f"{indent}{marker} {item}")
    return lines


WORDS = st.text(alphabet="abc é", min_size=1, max_size=8).map(str.strip).filter(bool)
ITEMS = st.recursive(
    WORDS, lambda children: st.lists(children, min_size=1, max_size=4), max_leaves=12
)
LISTS = st.builds(
    nested,
    st.lists(ITEMS, min_size=1, max_size=6),
    st.just(""),
    st.permutations(["-", "*", "1.", "+"]),
    st.booleans(),
).map("\n".join)


@given(LISTS)
def test_generated_lists_have_the_structure_of_commonmark(source: str) -> None:
    assert ours(source) == theirs(source)


LINES = st.lists(
    st.sampled_from(
        (
            *("a", "b c", "- a", "- b", "  - c", "    - d", "1. e", "   f", "  g", "", "> h"),
            *("> - i", "# j", "```", "  ```", "---", "    k", "2. l", ">", "      m", "* n"),
        )
    ),
    max_size=9,
).map("\n".join)


@given(PAGE)
def test_ordinary_pages_have_the_structure_of_commonmark(source: str) -> None:
    assert ours(source) == theirs(source)


@given(LINES)
def test_mixed_lines_have_the_structure_of_commonmark(source: str) -> None:
    assert ours(source) == theirs(source)
