"""When two people changed the same paragraph: the readings of it, and what a person chose. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intranet.core.merge import Conflict as Clash
from intranet.core.merge import decide, merge

SIDES = ("mine", "theirs", "both", "base", "own")
"""What one may choose: one of the texts, both one after the other, or other words."""


@dataclass(frozen=True)
class Choice:
    """What a person chose for one paragraph; `own` are the other words they typed for it."""

    side: str = ""
    own: str = ""

    @property
    def is_made(self) -> bool:
        """Whether it says what is to become of the paragraph, and drops no words typed for it."""
        return self.side in SIDES and (self.side == "own" or not self.own.strip())


def clashes(base: str, mine: str, theirs: str) -> tuple[Clash, ...]:
    """The paragraphs that both sides changed differently."""
    return merge(base, mine, theirs).conflicts


def reading(clash: Clash, choice: Choice) -> str:
    """A paragraph as somebody chose it; empty when it goes."""
    both = "\n\n".join(filter(None, (clash.mine, clash.theirs)))
    texts = {"mine": clash.mine, "theirs": clash.theirs, "base": clash.base, "both": both}
    return texts.get(choice.side, choice.own.strip("\r\n"))


def decided(base: str, mine: str, theirs: str, choices: Sequence[Choice]) -> str | None:
    """The text with every choice in its place and the other changes of both sides; None while a
    paragraph is not decided."""
    found = clashes(base, mine, theirs)
    if len(choices) != len(found) or not all(choice.is_made for choice in choices):
        return None
    chosen = [reading(clash, choice) for clash, choice in zip(found, choices, strict=True)]
    return decide(base, mine, theirs, chosen)
