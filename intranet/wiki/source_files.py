"""The files below a folder, read as texts; what cannot be one is named with the reason."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from intranet.core.markdown import LIMIT_CHARACTERS
from intranet.wiki.formats import docx
from intranet.wiki.formats.gathering import from_folder
from intranet.wiki.formats.own_header import PageFacts, without_header
from intranet.wiki.formats.raw import Gathered, LeftOut, RawFile, Reason
from intranet.wiki.paths import TEXT_SUFFIXES, plain_path

# No text of the longest length has more bytes in UTF-8.
_MOST_BYTES = 4 * LIMIT_CHARACTERS


@dataclass(frozen=True)
class SourceFile:
    """A text with its path below the folder, the folder's own name in front.

    `title`, where given, comes from the program that wrote the file, `names` are other names of
    the page, `position` its place among its siblings, `facts` what an export of ours says.
    """

    path: str
    text: str
    title: str = ""
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    position: int | None = None
    facts: PageFacts | None = None


@dataclass(frozen=True)
class MediaFile:
    """A file that is no text: it will lie beside a page. `name` is what it is shown as, `page`
    the path of the page it belongs to, where that is known."""

    path: str
    size: int
    read: Callable[[], bytes]
    name: str = ""
    page: str = ""

    @property
    def shown(self) -> str:
        """The name under which it is kept."""
        return self.name or posixpath.basename(self.path)


@dataclass
class Found:
    """What lies below a folder: texts in the order of their names, files that are no texts, and
    what is left out."""

    collection: str
    files: list[SourceFile] = field(default_factory=list)
    skipped: list[tuple[str, Reason]] = field(default_factory=list)
    media: list[MediaFile] = field(default_factory=list)


def read_folder(folder: Path) -> Found:
    """Every file below the folder, as it is. Raises OSError when the folder cannot be read."""
    return as_found(from_folder(folder))


def as_found(gathered: Gathered) -> Found:
    """Texts as pages to be and everything else as files beside them, each under its own path."""
    found = Found(gathered.name)
    found.skipped = [(f"{gathered.name}/{path}", reason) for path, reason in gathered.skipped]
    read = {raw.path: _read(raw) for raw in gathered.files if is_text(raw.path)}
    # What an export of ours says to lie beside a page is no page, even when it is a text.
    carried = {
        one.path
        for answer in read.values()
        if isinstance(answer, tuple) and answer[0]
        for one in answer[0].files
    }
    for raw in gathered.files:
        known = plain_path(f"{gathered.name}/{raw.path}")
        answer = None if raw.path in carried else read.get(raw.path)
        try:
            if isinstance(answer, Reason):
                found.skipped.append((known, answer))
            elif answer:
                found.files.append(SourceFile(known, answer[1], facts=answer[0]))
            elif docx.is_document(raw.path) and raw.path not in carried:
                _take_document(found, known, raw)
            else:
                found.media.append(MediaFile(known, raw.size, raw.read))
        except LeftOut as problem:
            found.skipped.append((known, problem.reason))
    return found


def _read(raw: RawFile) -> tuple[PageFacts | None, str] | Reason:
    """The text of a file with what an export of ours says of it, or why there is none."""
    try:
        return without_header(text_of(raw))
    except LeftOut as problem:
        return problem.reason


def _take_document(found: Found, known: str, raw: RawFile) -> None:
    """A document of a word processor as a page, its pictures as files beside it."""
    text, pictures = docx.as_markdown(raw)
    if not text.strip():
        raise LeftOut("import.empty")
    found.files.append(SourceFile(known, text))
    for one in pictures:
        path = plain_path(f"{found.collection}/{one.path}")
        found.media.append(MediaFile(path, one.size, one.read, page=known))


def is_text(path: str) -> bool:
    """Whether the name of a file says that it is a text."""
    return posixpath.splitext(path)[1].casefold() in (*TEXT_SUFFIXES, "")


def text_of(raw: RawFile) -> str:
    """The text of a file. Raises LeftOut when it is empty, too long or no text."""
    if raw.size > _MOST_BYTES:
        raise LeftOut("import.too_long", str(LIMIT_CHARACTERS))
    try:
        text = _decoded(raw.read())
    except OSError as problem:
        raise LeftOut("import.unreadable") from problem
    if not text.strip():
        raise LeftOut("import.empty")
    if len(text) > LIMIT_CHARACTERS:
        raise LeftOut("import.too_long", str(LIMIT_CHARACTERS))
    return text


def _decoded(data: bytes) -> str:
    if b"\x00" in data:
        raise LeftOut("import.zero_bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if _has_half_letters(data):
        raise LeftOut("import.half_letters")
    return data.decode("cp1252", errors="replace")


def _has_half_letters(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for halves of letters: no text in any coding, and nothing
    is made up in its place."""
    try:
        data.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def words_of_name(name: str) -> str:
    """A file or folder name as a title: `our-cooperative` gives “Our cooperative”."""
    bare = name
    for suffix in (*TEXT_SUFFIXES, docx.SUFFIX):
        bare = bare.removesuffix(suffix)
    words = " ".join(re.sub(r"[-_]+", " ", unicodedata.normalize("NFC", bare)).split())
    return words[:1].upper() + words[1:] or name
