"""Rich text over Markdown: what was not changed comes back as it was written, to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.editing import empty_page, in_editor, is_built, open_text
from benchmarks.fidelity import TYPE, WORD, changed_lines
from tests.environment import missing

pytestmark = pytest.mark.browser

TORTURE = (Path(__file__).parent / "torture.md").read_text(encoding="utf-8")
SMALL = (
    "",
    "\n\n",
    "Un mot",
    "Un mot\n\n\n",
    "\n\n  Un mot  \n\n\n\n# Titre\nsuite",
    "---\ntitre: vide\n---\n",
    "\ufeff# Marque d’ordre\n",
    "- a\n\n\n- b\n* c\n\n[^1]\n\n[^1]: note",
    "| a |\n|---|\n| b",
    "> a\n\n> b\n    code\n\n\ttab",
    "a  \nb\\\nc\n***\n",
)
RANDOM_EDITS = (Path(__file__).parent / "random_edits.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page with the bundle; everything its console says is a failure."""
    if not is_built():
        missing("The bundle is missing (make bundle)")
    page = empty_page(chromium)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert said == []


def test_x6_a_page_that_is_only_opened_comes_back_to_the_byte(page: Page) -> None:
    for text in (TORTURE, *SMALL):
        saved = open_text(page, text)
        assert saved.text == text
        assert saved.touched == 0


def test_x6_a_word_costs_at_most_one_line_wherever_it_is_typed(page: Page) -> None:
    costs = []
    for place in range(40):
        open_text(page, TORTURE)
        saved = in_editor(page, TYPE, [place / 40, WORD])
        costs.append(changed_lines(TORTURE, saved.text))
        assert WORD.strip() in saved.text
    assert costs == [1] * 40


@pytest.mark.parametrize("seed", range(6))
def test_x6_whatever_is_edited_every_other_block_keeps_its_bytes(page: Page, seed: int) -> None:
    open_text(page, TORTURE)
    found = in_editor(page, RANDOM_EDITS, [seed, 40]).text
    assert found == '{"problems":[],"isUndone":true,"isChanged":true}'
