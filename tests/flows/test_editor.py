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
RANDOM_EDITS = """([seed, steps]) => {
  let state = seed;
  const draw = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const { view, engine, perform, save } = window.editor;
  const original = save().text;
  const sources = new Map();
  let searched = 0;
  const blocks = (doc) => Array.from({ length: doc.childCount }, (_, index) => doc.child(index));
  const opened = blocks(view.state.doc);
  const slices = window.editor.sources();
  slices.forEach((slice, index) => sources.set(opened[opened.length - slices.length + index], slice));
  const startOf = (index) => blocks(view.state.doc).slice(0, index).reduce((sum, node) => sum + node.nodeSize, 0);
  const acts = [
    (tr, index) => {
      const texts = [];
      tr.doc.child(index).descendants((node, pos) => { if (node.isText) texts.push([pos, node.nodeSize]); });
      if (!texts.length) return;
      const [pos, size] = texts[draw(texts.length)];
      tr.insertText(" ajout", startOf(index) + 1 + pos + draw(size));
    },
    (tr, index) => {
      const texts = [];
      tr.doc.child(index).descendants((node, pos) => { if (node.isText) texts.push([pos, node.nodeSize]); });
      if (!texts.length) return;
      const [pos, size] = texts[draw(texts.length)];
      const from = startOf(index) + 1 + pos + draw(size);
      tr.delete(from, Math.min(from + 3, startOf(index) + 1 + pos + size));
    },
    (tr, index) => tr.doc.childCount > 2 && tr.delete(startOf(index), startOf(index) + tr.doc.child(index).nodeSize),
    (tr, index) => {
      const node = tr.doc.child(index);
      tr.delete(startOf(index), startOf(index) + node.nodeSize);
      tr.insert(blocks(tr.doc).slice(0, draw(tr.doc.childCount)).reduce((sum, each) => sum + each.nodeSize, 0), node);
    },
    (tr, index) => tr.insert(startOf(index), engine.parse("Collé **ici**\\n\\n- avec\\n- une liste").doc.content),
  ];
  const problems = [];
  for (let step = 0; step < steps; step++) {
    const tr = view.state.tr;
    const kind = draw(7);
    const index = draw(view.state.doc.childCount);
    if (kind < 5) acts[kind](tr, index);
    if (tr.docChanged) view.dispatch(tr);
    else if (kind === 5) {
      for (const each of [index, index + 1]) {
        const neighbour = view.state.tr;
        if (each < view.state.doc.childCount) acts[0](neighbour, each);
        view.dispatch(neighbour);
      }
    } else perform(draw(2) ? "undo" : "redo");
    const text = save().text;
    searched = 0;
    for (const node of blocks(view.state.doc)) {
      const source = sources.get(node);
      if (source === undefined) continue;
      const at = text.indexOf(source, searched);
      if (at < 0) problems.push(`step ${step}, kind ${kind}: ${source.slice(0, 60)}`);
      else searched = at + source.length;
    }
  }
  const { text, touched } = save();
  for (let step = 0; step < steps * 3; step++) perform("undo");
  const undone = save().text;
  return { text: JSON.stringify({ problems, isUndone: undone === original, isChanged: text !== original }), touched };
}"""


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
