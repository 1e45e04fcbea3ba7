"""A stored text as somebody outside sees it: words and pictures, no way further (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable

from intranet.wiki.addresses import file_number

_MARGIN = re.compile(r'<div class="block__margin">.*?</div>', re.DOTALL)
_LINK = re.compile(r"<a\b([^<>]*)>(.*?)</a>", re.DOTALL)
_PICTURE = re.compile(r"<img\b([^<>]*)>")
_HREF = re.compile(r'\bhref="([^"]*)"')
_SRC = re.compile(r'\bsrc="([^"]*)"')
_TITLE = re.compile(r' title="[^"]*"')

Address = Callable[[int], str | None]
"""Where a guest fetches a file by its number; None for a file that is not the page's."""


def for_guest(html: str, address: Address) -> str:
    """The text without its margins, titles and links inside this site: their words stay. Links
    within the text and to other sites stay; files of the page lead to `address`."""
    bare = _TITLE.sub("", _MARGIN.sub("", html))
    pictured = _PICTURE.sub(lambda found: _picture(found, address), bare)
    return _LINK.sub(lambda found: _link(found, address), pictured)


def _link(found: re.Match[str], address: Address) -> str:
    href = _HREF.search(found[1])
    target = href[1] if href else ""
    if target.startswith(("#", "https://", "http://", "mailto:")):
        return found[0]
    number = file_number(target)
    place = address(number) if number else None
    return f'<a href="{place}">{found[2]}</a>' if place else f"<span>{found[2]}</span>"


def _picture(found: re.Match[str], address: Address) -> str:
    source = _SRC.search(found[1])
    number = file_number(source[1]) if source else None
    place = address(number) if number else None
    if source is None or place is None:
        return ""
    return found[0].replace(f'src="{source[1]}"', f'src="{place}"')
