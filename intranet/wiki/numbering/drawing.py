"""A number before each heading of a page that asks for it: 1, 1.1, 1.1.1. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from intranet.core.markdown import Heading, RenderedBlock

_HEADING = re.compile(r'<h[1-6][^<>]*\bid="([^"]+)"[^<>]*>')


def numbers_of(headings: Sequence[Heading]) -> dict[str, str]:
    """The number of each heading by its id. A level that is left out has no number of its own:
    what stands two levels deeper counts as one deeper."""
    found: dict[str, str] = {}
    levels: list[int] = []
    counts: list[int] = []
    for heading in headings:
        while levels and levels[-1] > heading.level:
            levels.pop()
            counts.pop()
        if levels and levels[-1] == heading.level:
            counts[-1] += 1
        else:
            levels.append(heading.level)
            counts.append(1)
        found[heading.id] = ".".join(map(str, counts))
    return found


def with_numbers(
    blocks: Sequence[RenderedBlock], headings: Sequence[Heading]
) -> tuple[list[RenderedBlock], list[Heading]]:
    """The blocks and headings with their numbers; the ids, and so all links, stay as they are."""
    numbers = numbers_of(headings)
    shown = [replace(block, html=_numbered(block.html, numbers)) for block in blocks]
    return shown, [replace(h, title=f"{numbers[h.id]} {h.title}") for h in headings]


def _numbered(html: str, numbers: Mapping[str, str]) -> str:
    def opened(found: re.Match[str]) -> str:
        number = numbers.get(found[1])
        return f'{found[0]}<span class="quiet">{number}</span> ' if number else found[0]

    return _HEADING.sub(opened, html)
