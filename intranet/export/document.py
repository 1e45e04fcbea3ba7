"""Pages as one document to print or keep: each rendering below its title, links led inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.export.leaving_page import LeavingPage
from intranet.wiki.models import Rendering
from intranet.wiki.rendering import without_actions

_ID = re.compile(r'\sid="([^"]{1,300})"')
_HREF = re.compile(r'\s(href|src)="([^"]{1,2000})"')
_HEADING = re.compile(r"<(/?)h([1-6])(?=[\s>])")


@dataclass(frozen=True)
class Chapter:
    """A page within the document; `level` is that of its title, `html` the text with names and
    links that are right there."""

    id: str
    slug: str
    title: str
    level: int
    html: str


def chapters(reader: Reader, pages: Sequence[LeavingPage]) -> list[Chapter]:
    """The pages as chapters in their order. Titles stand at levels 2 to 4."""
    html = renderings(reader, pages)
    inside = {f"/wiki/{one.page.slug}" for one in pages}
    least = min((one.depth for one in pages), default=0)
    found = []
    for one in pages:
        level = min(2 + one.depth - least, 4)
        text = _in_one_document(html.get(one.revision.id, ""), one.page.slug, inside, level)
        found.append(Chapter(f"page-{one.page.slug}", one.page.slug, one.page.title, level, text))
    return found


def renderings(reader: Reader, pages: Iterable[LeavingPage]) -> dict[int, str]:
    """The stored HTML of the texts, by the number of their revision."""
    ids = [one.revision.id for one in pages]
    query = select(Rendering.revision_id, Rendering.html).where(Rendering.revision_id.in_(ids))
    return {row.revision_id: without_actions(row.html) for row in reader.session.execute(query)}


def _in_one_document(html: str, slug: str, inside: set[str], level: int) -> str:
    """Ids made different from those of other pages, headings below the title of the page."""

    def address(found: re.Match[str]) -> str:
        path, hash_sign, fragment = found[2].partition("#")
        if found[1] == "src" or (path and path not in inside):
            return found[0]
        target = path.removeprefix("/wiki/") or slug
        place = f"{target}-{fragment}" if hash_sign else f"page-{target}"
        return f' href="#{place}"'

    lower = _HEADING.sub(lambda h: f"<{h[1]}h{min(int(h[2]) + level - 1, 6)}", html)
    return relinked(_ID.sub(lambda found: f' id="{slug}-{found[1]}"', lower), address)


def relinked(html: str, address: Callable[[re.Match[str]], str]) -> str:
    """The HTML with every address as the function says it."""
    return _HREF.sub(address, html)
