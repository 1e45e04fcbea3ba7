"""Pages as a site of plain HTML files: open index.html, nothing else is needed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from intranet.core.stored_files import path_of
from intranet.core.transaction import Reader
from intranet.export.carried import Carried, carried_files
from intranet.export.document import relinked, renderings
from intranet.export.folder import Folder
from intranet.export.leaving_page import LeavingPage
from intranet.wiki.addresses import file_number

STYLE = "style.css"
INDEX = "index.html"
_ACTIONS = re.compile(r'<span class="block__actions">.*?</span></a></span>', re.DOTALL)

_FRAME = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<nav aria-label="{contents}">{above}</nav>
<main>
<h1>{heading}</h1>
{body}
</main>
<footer>{footer}</footer>
</body>
</html>
"""


@dataclass(frozen=True)
class SiteWords:
    """What the site says of itself, in the language of whoever takes it away; `home` is the
    address of the intranet, for links that lead out of the site, or empty."""

    language: str
    name: str
    contents: str
    below: str
    footer: str
    home: str = ""


def write_site(
    reader: Reader, folder: Folder, pages: Sequence[LeavingPage], words: SiteWords, style: Path
) -> None:
    """A file for each page, the files they show, the table of contents and the style sheet. Every
    link inside is relative; one to what stayed leads to the intranet, or nowhere."""
    site = _Site(pages, carried_files(reader, pages), words)
    html = renderings(reader, pages)
    folder.copy(STYLE, style)
    folder.write(INDEX, site.index())
    for one in pages:
        folder.write(site.names[one.page.slug], site.page(one, html.get(one.revision.id, "")))
    for carried in site.files.values():
        folder.copy(site.address_of(carried), path_of(carried.digest))


class _Site:
    """Knows the file of each page and puts the pages together."""

    def __init__(
        self,
        pages: Sequence[LeavingPage],
        carried: Mapping[int, Sequence[Carried]],
        words: SiteWords,
    ) -> None:
        self._pages = pages
        self._words = words
        self.files = {one.number: one for some in carried.values() for one in some}
        self._beside = carried
        slugs = [one.page.slug for one in pages]
        self.names = {slug: f"{slug}.html" for slug in slugs}
        if "index" in slugs:
            self.names["index"] = "page--index.html"

    def address_of(self, carried: Carried) -> str:
        """Where a file lies in the site."""
        return f"files/{carried.number}-{carried.path.rpartition('/')[2]}"

    def index(self) -> str:
        """The table of contents, as deep as the tree."""
        return self._framed(self._words.name, self._list(self._pages), "", self._words.language)

    def page(self, one: LeavingPage, html: str) -> str:
        """One page with what stands above and below it, and its files."""
        at = self._pages.index(one)
        above = [page for page in self._pages[:at] if one.path.startswith(f"{page.path}/")]
        steps = [self._link(page) for page in above]
        below = [page for page in self._pages if page.path.rpartition("/")[0] == one.path]
        files = "".join(
            f'<li><a href="{quote(self.address_of(file))}">{escape(file.name)}</a></li>'
            for file in self._beside.get(one.page.id, ())
        )
        body = relinked(_ACTIONS.sub("", html), self._address)
        if below:
            body += f"<h2>{escape(self._words.below)}</h2>{self._list(below)}"
        if files:
            body += f"<ul>{files}</ul>"
        return self._framed(one.page.title, body, " › ".join(steps), one.page.language)

    def _framed(self, title: str, body: str, above: str, language: str) -> str:
        top = f'<a href="{INDEX}">{escape(self._words.contents)}</a>'
        return _FRAME.format(
            language=escape(language),
            title=escape(title),
            contents=escape(self._words.contents),
            above=f"{top} › {above}" if above else top,
            heading=escape(title),
            body=body,
            footer=escape(self._words.footer),
        )

    def _link(self, one: LeavingPage) -> str:
        return f'<a href="{self.names[one.page.slug]}">{escape(one.page.title)}</a>'

    def _list(self, pages: Sequence[LeavingPage]) -> str:
        """Lists in lists, as the pages stand below one another."""
        if not pages:
            return ""
        least = depth = pages[0].depth
        said = ["<ul>"]
        for place, one in enumerate(pages):
            if one.depth > depth:
                said.append("<ul>" * (one.depth - depth))
            elif place:
                said.append("</li>" + "</ul></li>" * (depth - one.depth))
            said.append(f"<li>{self._link(one)}")
            depth = one.depth
        return "".join([*said, "</li>", "</ul></li>" * (depth - least), "</ul>"])

    def _address(self, found: re.Match[str]) -> str:
        """Where a link of the intranet leads in the site."""
        kind, typed = found[1], found[2]
        path, hash_sign, fragment = typed.partition("#")
        number = file_number(path)
        if number in self.files:
            return f' {kind}="{quote(self.address_of(self.files[number]))}"'
        name = self.names.get(path.removeprefix("/wiki/")) if path.startswith("/wiki/") else None
        if name:
            return f' {kind}="{name}{hash_sign}{fragment}"'
        if not typed.startswith("/"):
            return found[0]
        return f' {kind}="{escape(self._words.home)}{typed}"' if self._words.home else ""
