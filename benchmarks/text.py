"""Generated text that behaves like French: the same page for the same number, on every machine."""

from __future__ import annotations

import random
from itertools import accumulate

SYLLABLES = "ré-so-cia-ti-on-co-pé-ra-dé-ci-vo-te-gle-ment-sa-lai-con-gé-ta-pro-quo-rum-man-dat"
WORDS_KNOWN = 5_000
PARAGRAPHS = 7


def _vocabulary() -> list[str]:
    source = random.Random(0)
    syllables = SYLLABLES.split("-")
    words: dict[str, None] = {}
    while len(words) < WORDS_KNOWN:
        words["".join(source.choices(syllables, k=source.randint(2, 5)))] = None
    return list(words)


WORDS = _vocabulary()
# As in any language, the second word is half as frequent as the first, and so on.
FREQUENCIES = list(accumulate(1 / rank for rank in range(1, WORDS_KNOWN + 1)))


def page_text(number: int, paragraphs: int = PARAGRAPHS) -> str:
    """About 4 KB of plain paragraphs."""
    source = random.Random(number)
    return "\n\n".join(
        " ".join(source.choices(WORDS, cum_weights=FREQUENCIES, k=60)).capitalize() + "."
        for _ in range(paragraphs)
    )


def two_words(source: random.Random) -> str:
    """A search such as a member makes: two words that say something, each on a tenth of pages."""
    return " ".join(source.sample(WORDS[200:1_000], 2))
