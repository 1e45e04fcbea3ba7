"""The line endings of an imported text, kept through forms, which send only one kind. Pure."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

from intranet.core.markdown_lines import source_lines


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def with_endings_of(base: str, text: str) -> str:
    """The text with the line endings of the base: each line that was there keeps its own, a new
    one gets the most usual. Only for a base that has others than \\n; else the text as it is."""
    if "\r" not in base:
        return text
    old, new = source_lines(base), source_lines(text)
    endings = [line[len(_bare(line)) :] for line in old]
    usual = Counter(filter(None, endings)).most_common(1)[0][0]
    kept = [usual if line != _bare(line) else "" for line in new]
    matcher = SequenceMatcher(None, list(map(_bare, old)), list(map(_bare, new)), autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        for step in range(size):
            # The last line of either text may have no ending at all: that is a change of its own.
            if endings[i + step] and kept[j + step]:
                kept[j + step] = endings[i + step]
    return "".join(_bare(line) + ending for line, ending in zip(new, kept, strict=True))
