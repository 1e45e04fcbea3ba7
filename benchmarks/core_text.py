"""How long rendering and comparing take on sizes that have hurt other wikis.

`python -m benchmarks.core_text` prints processor seconds, one line for each case.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from benchmarks.text import page_text
from intranet.core.diff import diff
from intranet.core.markdown import LIMIT_CHARACTERS, TooLong, render
from intranet.core.markdown_links import NoLinks
from intranet.core.merge import merge

SIGNS = "*_`[]()<>!#-+|~=$&\\\n\n  ab:\"'"
HOSTILE = ("[", "![", "*a", "`", "[a](", "<", "<!--", "> ", "- ", "1. ", "[[", "$a", "|", "a\\\n")


def rulebook(pages: int = 60) -> str:
    """About 25,000 words under headings."""
    return "\n\n".join(f"## Article {n}\n\n{page_text(n)}" for n in range(pages))


def seconds(task: Callable[[], object]) -> float:
    """The processor time of one run."""
    started = time.process_time()
    try:
        task()
    except TooLong:
        return 0.0
    return time.process_time() - started


def show(source: str) -> Callable[[], object]:
    """Rendering this source, links aside."""
    return lambda: render(source, NoLinks(), language="en")


def hostile() -> list[str]:
    """Texts of the largest size, of one sign or of random signs."""
    chance = random.Random(1)
    texts = [(sign * LIMIT_CHARACTERS)[:LIMIT_CHARACTERS] for sign in HOSTILE]
    texts += ["\n\n".join([(sign * 1500)[:1500]] * (LIMIT_CHARACTERS // 1502)) for sign in HOSTILE]
    return texts + ["".join(chance.choices(SIGNS, k=LIMIT_CHARACTERS)) for _ in range(10)]


def main() -> None:
    """Print the table."""
    rules = rulebook()
    changed = rules.replace("co", "ko")
    lines = "même ligne\n" * 5000
    cases = {
        f"render a rulebook of {len(rules.split())} words": show(rules),
        "compare it with itself, most words changed": lambda: diff(rules, changed),
        "merge two edits of it": lambda: merge(rules, changed, rules + "\nFin.\n"),
        "compare 5,000 identical lines": lambda: diff(lines, lines[: len(lines) // 2] + "x\n"),
        "compare a line of a megabyte": lambda: diff("mot " * 250_000, "mot " * 249_999 + "x"),
    }
    render("x", NoLinks(), language="en")
    for name, task in cases.items():
        print(f"{seconds(task):6.2f} s  {name}")
    print(f"{max(seconds(show(text)) for text in hostile()):6.2f} s  the slowest hostile text")


if __name__ == "__main__":
    main()
