"""The folder of data of a DokuWiki: texts below `pages/`, files below `media/`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from intranet.core.text import fold
from intranet.wiki.formats.dokuwiki_inline import Inline
from intranet.wiki.formats.dokuwiki_text import as_markdown
from intranet.wiki.formats.raw import Gathered, LeftOut, RawFile, Reason
from intranet.wiki.paths import plain_path
from intranet.wiki.source_files import Found, MediaFile, SourceFile, text_of

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
_NOT_ID = re.compile(r"[^\w:./-]+")


def root_of(gathered: Gathered) -> str | None:
    """The folder that holds `pages/` and `media/`, empty for the top, or None."""
    found = [re.match(r"((?:[^/]+/)?)pages/.+\.txt$", path) for path in sorted(gathered.paths())]
    roots = {match[1] for match in found if match}
    has_media = any(path.startswith(f"{root}media/") for root in roots for path in gathered.paths())
    return roots.pop() if len(roots) == 1 and has_media else None


def as_pages(gathered: Gathered) -> Found:
    """Its texts as Markdown. `start` speaks for its namespace; old versions stay outside."""
    root = root_of(gathered) or ""
    found = Found(gathered.name)
    found.skipped = [(f"{gathered.name}/{path}", reason) for path, reason in gathered.skipped]
    pages: dict[str, RawFile] = {}
    for raw in gathered.files:
        inside = raw.path.removeprefix(root)
        kind, _, rest = inside.partition("/")
        name = posixpath.basename(rest)
        if kind == "pages" and rest.endswith(".txt") and not name.startswith("_"):
            pages[_id(rest.removesuffix(".txt"))] = raw
        elif kind == "media" and rest:
            path = plain_path(f"{gathered.name}/media/{unquote(rest)}")
            found.media.append(MediaFile(path, raw.size, raw.read))
        else:
            reason = Reason("import.not_of_the_wiki")
            found.skipped.append((f"{gathered.name}/{raw.path}", reason))
    _convert(found, pages)
    return found


def _id(path: str) -> str:
    """The identity of a page by its file: folders parted by colons, letters written out."""
    return unquote(path).replace("/", ":")


def _convert(found: Found, pages: Mapping[str, RawFile]) -> None:
    paths = {page_id: _path(page_id, pages) for page_id in pages}
    media = {fold(file.path): file.path for file in found.media}
    for page_id, raw in pages.items():
        path = f"{found.collection}/{paths[page_id]}"
        places = _Places(found.collection, page_id, paths, media)
        try:
            text = as_markdown(text_of(raw), Inline(places.page, places.file))
        except LeftOut as problem:
            found.skipped.append((path, problem.reason))
            continue
        found.files.append(SourceFile(path, text))


def _path(page_id: str, pages: Mapping[str, RawFile]) -> str:
    """Where the page stands: the one called `start` is the page of its folder."""
    path = page_id.replace(":", "/")
    home, _, name = path.rpartition("/")
    is_start = name == "start" and home and home.replace("/", ":") not in pages
    return f"{home}/index.md" if is_start else f"{path}.md"


class _Places:
    """Where the links of one page lead."""

    def __init__(
        self, top: str, page_id: str, paths: Mapping[str, str], media: Mapping[str, str]
    ) -> None:
        self._top = top
        self._space = page_id.rpartition(":")[0]
        self._home = posixpath.dirname(f"{top}/{paths[page_id]}")
        self._paths = paths
        self._folded = {fold(known): path for known, path in paths.items()}
        self._media = media

    def page(self, typed: str) -> str:
        """The address of a page as it is typed in [[ … ]], seen from this page."""
        target, _, section = typed.partition("#")
        tail = f"#{quote(section.strip())}" if section.strip() else ""
        if not target.strip():
            return tail or "#"
        path = next((self._paths[one] for one in self._meant(target) if one in self._paths), None)
        path = path or next(
            (self._folded[fold(one)] for one in self._meant(target) if fold(one) in self._folded),
            f"{self._meant(target)[0].replace(':', '/')}.md",
        )
        return quote(posixpath.relpath(f"{self._top}/{path}", self._home)) + tail

    def _meant(self, typed: str) -> list[str]:
        """The identities that are meant, the best first."""
        whole = self._absolute(typed)
        if typed.strip().endswith(":"):
            return [f"{whole}:start", f"{whole}:{whole.rpartition(':')[2]}", whole]
        return [whole, f"{whole}:start"]

    def _absolute(self, typed: str) -> str:
        """The identity without dots: `.:x` and `x` lie beside this page, `..:x` one higher."""
        name = _NOT_ID.sub("_", typed.strip().replace("/", ":").casefold())
        if name.startswith(":"):
            return name.strip(":_")
        is_plain = ":" in name and not name.startswith(".")
        parts = [] if is_plain else self._space.split(":")
        name = re.sub(r"^\.(?=[^.:])", ".:", name)
        name = re.sub(r"^\.\.(?=[^.:])", "..:", name)
        for part in name.split(":"):
            if part == "..":
                parts = parts[:-1]
            elif part not in ("", "."):
                parts.append(part.strip("_"))
        return ":".join(part for part in parts if part)

    def file(self, typed: str) -> tuple[str, bool]:
        """The address of a file as it is typed in {{ … }}, and whether it is a picture."""
        path = f"{self._top}/media/{self._absolute(typed).replace(':', '/')}"
        path = self._media.get(fold(path), path)
        is_picture = path.casefold().endswith(_PICTURES)
        return quote(posixpath.relpath(path, self._home)), is_picture
