"""How much work a text may ask for. Pure.

Python-Markdown looks again at the rest of a paragraph for each bracket, so a paragraph of a few
thousand brackets could keep a server busy for minutes. The work is foretold here in one pass:
a paragraph that asks too much is shown without formatting, a text of too many blocks is refused."""

import re

LIMIT_BLOCKS = 15_000
"""The most blocks in one text; a footnote counts as six, a row of a table with its cells too."""

_SIGNS = re.compile(r"[*_~=`\[\]<>$&!\\|(:\n]")
_BRACKETS = re.compile(r"\\.|\[|\]\(?|\)", re.DOTALL)


class TooDense(ValueError):
    """The text has more blocks than LIMIT_BLOCKS."""


class Budget:
    """What one text has spent. The units are steps of Python-Markdown, about a microsecond for
    a step between brackets, about a tenth of one for a step over a sign."""

    LIMIT_PARAGRAPH = 10_000_000
    LIMIT_TEXT = 15_000_000
    BRACKET_STEP = 20

    def __init__(self) -> None:
        self.spent = 0
        self.blocks = 0

    def count_blocks(self, number: int) -> None:
        """So many more blocks are built. Raises TooDense when there are too many."""
        self.blocks += number
        if self.blocks > LIMIT_BLOCKS:
            raise TooDense(f"more than {LIMIT_BLOCKS} blocks")

    def affords(self, *texts: str) -> bool:
        """Whether these texts, each read on its own, may be formatted; if so the cost is booked."""
        cost = sum(len(text) * (1 + len(_SIGNS.findall(text))) for text in texts)
        cost += self.BRACKET_STEP * sum(map(bracket_steps, texts))
        if cost > self.LIMIT_PARAGRAPH or self.spent + cost > self.LIMIT_TEXT:
            return False
        self.spent += cost
        return True


def bracket_steps(text: str) -> int:
    """How many characters lie between each opening bracket and its partner, or the end of the
    text when it has none: what a search for the partner of each has to read."""
    steps = 0
    square: list[int] = []
    round_: list[int] = []
    for sign in _BRACKETS.finditer(text):
        if sign[0] == "[":
            square.append(sign.start())
        elif sign[0] == ")":
            steps += sign.start() - round_.pop() if round_ else 0
        elif sign[0][0] == "]":
            steps += sign.start() - square.pop() if square else 0
            round_ += [sign.end()] if sign[0] == "](" else []
    return steps + sum(len(text) - start for start in square + round_)
