"""The portable ZIP of BookStack: a book, a chapter or a page in `data.json`, files in `files/`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from intranet.core.text import slugify
from intranet.wiki.formats.html_markdown import as_markdown
from intranet.wiki.formats.raw import Gathered, RawFile, Reason, Unusable
from intranet.wiki.source_files import Found, MediaFile, SourceFile

_REFERENCE = re.compile(r"\[\[bsexport:(image|attachment|page|chapter|book):([^\[\]]{1,200})\]\]")
_DATA = "data.json"
_MOST_BYTES = 64 * 1024 * 1024


def is_export(gathered: Gathered) -> bool:
    """Whether the files are what BookStack writes."""
    try:
        return any(_data(gathered).get(kind) for kind in ("book", "chapter", "page"))
    except Unusable:
        return False


def _data(gathered: Gathered) -> dict[str, Any]:
    raw = next((file for file in gathered.files if file.path == _DATA), None)
    if raw is None or raw.size > _MOST_BYTES:
        raise Unusable("import.no_bookstack")
    try:
        data = json.loads(raw.read())
    except (ValueError, RecursionError) as problem:
        raise Unusable("import.no_bookstack") from problem
    if not isinstance(data, dict):
        raise Unusable("import.no_bookstack")
    return data


def as_pages(gathered: Gathered) -> Found:
    """The book with its chapters and pages. Raises Unusable for what is no such export."""
    data = _data(gathered)
    found = Found(gathered.name)
    found.skipped = [(f"{gathered.name}/{path}", reason) for path, reason in gathered.skipped]
    book = _Book(found, {file.path: file for file in gathered.files})
    kind = next((kind for kind in ("book", "chapter", "page") if data.get(kind)), "")
    book.place(kind, data[kind], "", 0)
    book.write()
    return found


class _Book:
    """Gives every part a path first, then writes the texts, in which the paths are named."""

    def __init__(self, found: Found, files: Mapping[str, RawFile]) -> None:
        self._found = found
        self._files = files
        self._parts: list[tuple[str, Mapping[str, Any], str, int]] = []
        self._paths: dict[tuple[str, str], str] = {}

    def place(self, kind: str, part: Mapping[str, Any], above: str, position: int) -> None:
        """A book, chapter or page with what is in it, below a folder."""
        wanted = f"{above}{slugify(str(part.get('name') or kind))}"
        taken = {known for _, _, known, _ in self._parts}
        path = next(
            one for one in (wanted, *(f"{wanted}-{n}" for n in range(2, 9999))) if one not in taken
        )
        self._parts.append((kind, part, path, position))
        self._paths[kind, str(part.get("id"))] = f"{path}.md"
        below = [("chapter", one) for one in _parts(part, "chapters")]
        below += [("page", one) for one in _parts(part, "pages")]
        below.sort(key=lambda one: _number(one[1].get("priority")))
        for place, (inner, one) in enumerate(below):
            self.place(inner, one, f"{path}/", place)

    def write(self) -> None:
        """Every part as a text, and every file with the page it belongs to."""
        for kind, part, path, position in self._parts:
            known = f"{self._found.collection}/{path}.md"
            depth = path.count("/")
            self._files_of(part, known)
            said = self._text(part, depth)
            links = "\n".join(
                f"- [{one.get('name')}](<{one.get('link')}>)"
                for one in _parts(part, "attachments")
                if one.get("link") and not one.get("file")
            )
            text = "\n".join(block for block in (said, links) if block) or "\n"
            title = str(part.get("name") or kind)
            tags = tuple(_tag(tag) for tag in _parts(part, "tags"))
            self._found.files.append(
                SourceFile(known, text, title=title, tags=tags, position=position)
            )

    def _text(self, part: Mapping[str, Any], depth: int) -> str:
        typed = str(part.get("markdown") or "")
        if not typed:
            typed = as_markdown(str(part.get("html") or part.get("description_html") or ""))
        return _REFERENCE.sub(lambda found: self._address(found, depth), typed)

    def _address(self, reference: re.Match[str], depth: int) -> str:
        kind, name = reference[1], reference[2]
        if kind in ("image", "attachment"):
            return "../" * depth + quote(f"files/{name}")
        path = self._paths.get((kind, name))
        return "../" * depth + path if path else ""

    def _files_of(self, part: Mapping[str, Any], page: str) -> None:
        for one in (*_parts(part, "images"), *_parts(part, "attachments")):
            name = str(one.get("file") or "")
            if not name:
                continue
            raw = self._files.get(f"files/{name}")
            path = f"{self._found.collection}/files/{name}"
            if raw is None:
                self._found.skipped.append((path, Reason("import.missing")))
            else:
                shown = str(one.get("name") or name)
                ending = name[name.rfind(".") :] if "." in name else ""
                named = shown if shown.casefold().endswith(ending.casefold()) else shown + ending
                self._found.media.append(MediaFile(path, raw.size, raw.read, named, page))


def _parts(part: Mapping[str, Any], key: str) -> Iterable[Mapping[str, Any]]:
    values = part.get(key)
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _tag(tag: Mapping[str, Any]) -> str:
    value = str(tag.get("value") or "")
    return f"{tag.get('name')}: {value}" if value else str(tag.get("name") or "")
