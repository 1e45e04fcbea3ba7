"""When two people changed the same paragraph: both readings, and a text to go on from. Pure."""

from __future__ import annotations

from intranet.core.merge import Conflict as Clash
from intranet.core.merge import merge


def clashes(base: str, mine: str, theirs: str) -> tuple[Clash, ...]:
    """The paragraphs that both sides changed differently."""
    return merge(base, mine, theirs).conflicts


def mine_on_theirs(base: str, mine: str, theirs: str) -> str:
    """My text with the changes of others in every paragraph that only they changed.

    Where both changed a paragraph it holds my reading; when that cannot be told apart it is my
    text as I typed it.
    """
    adjusted = theirs
    for clash in clashes(base, mine, theirs):
        if not clash.theirs or adjusted.count(clash.theirs) != 1:
            return mine
        adjusted = adjusted.replace(clash.theirs, clash.mine)
    merged = merge(base, mine, adjusted)
    return mine if merged.text is None else merged.text
