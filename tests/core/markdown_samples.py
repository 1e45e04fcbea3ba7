"""Markdown made up by hypothesis: ordinary pages, and lines that look like anything."""

from itertools import count

from hypothesis import strategies as st

from intranet.core.block_match import identify
from intranet.core.blocks import IdentifiedBlock

WORD = st.sampled_from(
    ("décision", "associé·e", "l’assemblée", "vote", "quorum", "règle", "article", "congés")
)
SENTENCE = st.lists(WORD, min_size=1, max_size=8).map(" ".join)

BLOCK = st.one_of(
    SENTENCE,
    st.tuples(SENTENCE, SENTENCE).map("\n".join),
    SENTENCE.map(lambda text: f"## {text}"),
    st.lists(SENTENCE, min_size=1, max_size=4).map(lambda t: "\n".join(f"- {s}" for s in t)),
    st.lists(SENTENCE, min_size=1, max_size=3).map(lambda t: "\n".join(f"> {s}" for s in t)),
    st.tuples(SENTENCE, SENTENCE).map(lambda t: f"```\n{t[0]}\n\n{t[1]}\n```"),
    st.tuples(SENTENCE, SENTENCE).map(lambda t: f"| {t[0]} | a |\n|---|---|\n| {t[1]} | b |"),
)
PAGE_BLOCKS = st.lists(BLOCK, max_size=12)

ODD_LINE = st.one_of(
    st.text(alphabet=" -*+>#`~|:[]()<!>=_$&\\\tab1.)\u00a0é", max_size=14),
    st.sampled_from(
        (
            *("---", "***", "```", "~~~py", "> a", "- a", "  - b", "1. c", "    code", "", "# h"),
            *("<!--", "-->", "<details>", "</details>", "|a|b|", "|-|-|", ": d", "[^1]: n", "$$"),
            *("!!! note", ":::", "::: tip", "===", "key: v", "- [ ] t", "\ta", "* * *"),
        )
    ),
)
ENDING = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n"])
ODD_SOURCE = st.tuples(
    st.lists(st.tuples(ODD_LINE, ENDING).map("".join), max_size=25).map("".join), ODD_LINE
).map("".join)


def page(blocks: list[str]) -> str:
    """An ordinary page: blocks parted by blank lines, lists parted from lists by a sentence."""
    parted: list[str] = []
    for block in blocks:
        if parted and block[:2] == parted[-1][:2] == "- ":
            parted.append("Puis :")
        parted.append(block)
    return "\n\n".join(parted) + "\n" if parted else ""


PAGE = PAGE_BLOCKS.map(page)


def identified(source: str, start: int = 1) -> tuple[IdentifiedBlock, ...]:
    """The blocks of a source with ids b1, b2, …"""
    numbers = count(start)
    return identify(source, (), lambda: f"b{next(numbers)}")
