"""What the rich editor does to real pages: opened and saved, then with one word typed.

Called by `make fidelity`. The pages are all those of ../shared/data, when it is on this machine,
and our own page that holds every construct. Fails when a page that was only opened comes back
changed, or when a word costs more than one original line in more than one page of a hundred.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.editing import empty_page, in_editor, is_built, open_text
from tests.environment import chromium_path

ROOT = Path(__file__).parent.parent
DATA = ROOT / ".." / "shared" / "data"
TORTURE = ROOT / "tests" / "flows" / "torture.md"
WORD = " coopérative"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
MOST_ABOVE_ONE_LINE = 100
TYPE = """([share, word]) => {
  const spots = [];
  const { view } = window.editor;
  view.state.doc.descendants((node, pos) => {
    for (const found of (node.text ?? "").matchAll(/(?<=\\S)\\s/g)) spots.push(pos + found.index);
  });
  const start = performance.now();
  const at = spots[Math.floor(share * spots.length)];
  if (at !== undefined) view.dispatch(view.state.tr.insertText(word, at));
  return { ...window.editor.save(), took: performance.now() - start };
}"""


@dataclass(frozen=True)
class Found:
    """One page: original lines changed by opening and by one word (None: no word to type after),
    and milliseconds to open and to save."""

    name: str
    lines: int
    opened: int
    typed: int | None
    mount: float
    save: float


def changed_lines(old: str, new: str) -> int:
    """How many lines of the old text the new one replaces or leaves out, or how many it adds."""
    before, after = old.split("\n"), new.split("\n")
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in steps if kind != "equal")


def examine(page: Page, name: str, text: str, share: float) -> Found:
    """Open a page, save it, type one word at a place drawn beforehand, save again."""
    opened = open_text(page, text)
    typed = in_editor(page, TYPE, [share, WORD])
    cost = changed_lines(text, typed.text) if typed.text != text else None
    lines = text.count("\n") + 1
    changed = changed_lines(text, opened.text) if opened.text != text else 0
    return Found(name, lines, changed, cost, opened.took, typed.took)


def texts() -> list[tuple[str, str]]:
    """Names and texts, with the line endings that a form field has."""
    paths = [TORTURE]
    if DATA.is_dir():
        paths += sorted(path for path in DATA.rglob("*") if path.suffix == ".md")
    else:
        print("The real pages of ../shared/data are not on this machine: ours alone is examined.")
    named = [(path.name, path.read_bytes().decode(errors="replace")) for path in paths]
    return [(name, text.replace("\r\n", "\n").replace("\r", "\n")) for name, text in named]


def report(found: list[Found]) -> bool:
    """Print the figures; gives whether they hold."""
    opened = [one for one in found if one.opened]
    typed = [one for one in found if one.typed is not None]
    above = [one for one in typed if (one.typed or 0) > 1]
    for one in {*opened, *above}:
        print(f"{one.name}: {one.opened} lines by opening, {one.typed} by one word")
    mounts = sorted(one.mount for one in found)
    print(f"{len(found)} pages, {sum(one.lines for one in found)} lines")
    print(f"opened and saved: {sum(one.opened for one in found)} lines changed")
    print(f"one word typed: at most one original line in {len(typed) - len(above)} of {len(typed)}")
    print(f"mounting: median {mounts[len(mounts) // 2]:.0f} ms, longest {mounts[-1]:.0f} ms")
    print(f"saving after a word: longest {max(one.save for one in found):.0f} ms")
    return not opened and len(above) * MOST_ABOVE_ONE_LINE <= len(typed)


def main() -> None:
    """Examine everything there is."""
    chromium = chromium_path()
    if chromium is None or not is_built():
        print("Skipped: this needs Chromium and the bundle (make bundle).")
        return
    draw = random.Random("fidelity")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = empty_page(browser)
        found = [examine(page, name, text, draw.random()) for name, text in texts()]
        browser.close()
    sys.exit(0 if report(found) else 1)


if __name__ == "__main__":
    main()
