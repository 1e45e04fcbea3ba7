"""The files below a folder, read as texts; what cannot be one is named with the reason."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from intranet.core.markdown import LIMIT_CHARACTERS
from intranet.wiki.paths import GENERIC, TEXT_SUFFIXES, plain_path

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class SourceFile:
    """A text with its path below the folder, the folder's own name in front."""

    path: str
    text: str


@dataclass
class Found:
    """What lies below a folder: texts in the order of their names, and what is left out."""

    collection: str
    files: list[SourceFile] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)


class _NotText(ValueError):
    """The file cannot be a page; the message says why."""


def natural_order(path: str) -> list[tuple[int, int, str]]:
    """A key by which 2-b comes before 10-a."""
    parts = _DIGITS.split(path.casefold())
    return [
        (1, 0, part) if index % 2 == 0 else (0, int(part), "") for index, part in enumerate(parts)
    ]


def prefix_of(folder: Path) -> str:
    """The name under which the folder is known: its own, or with the one above it when its own
    says nothing (`files`, `docs`)."""
    whole = folder.resolve()
    return f"{whole.parent.name}/{whole.name}" if whole.name in GENERIC else whole.name


def read_folder(folder: Path) -> Found:
    """Every text below the folder. Raises OSError when the folder cannot be read."""
    found = Found(prefix_of(folder))
    for path in _paths(folder):
        known = plain_path(f"{found.collection}/{path.relative_to(folder).as_posix()}")
        try:
            found.files.append(SourceFile(known, _text(path)))
        except (_NotText, OSError) as problem:
            found.skipped.append((known, str(problem)))
    return found


def _paths(folder: Path) -> list[Path]:
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent) / name for name in names if not name.startswith(".")]
    return sorted(found, key=lambda path: natural_order(path.relative_to(folder).as_posix()))


def _text(path: Path) -> str:
    if path.is_symlink():
        raise _NotText("a link to another file")
    if path.suffix.casefold() not in (*TEXT_SUFFIXES, ""):
        raise _NotText(f"not a text ({path.suffix})")
    text = _decoded(path.read_bytes())
    if not text.strip():
        raise _NotText("empty file")
    if len(text) > LIMIT_CHARACTERS:
        raise _NotText(f"longer than {LIMIT_CHARACTERS} characters")
    return text


def _decoded(data: bytes) -> str:
    if b"\x00" in data:
        raise _NotText("not a text (it holds zero bytes)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def words_of_name(name: str) -> str:
    """A file or folder name as a title: `our-cooperative` gives “Our cooperative”."""
    bare = name
    for suffix in TEXT_SUFFIXES:
        bare = bare.removesuffix(suffix)
    words = " ".join(re.sub(r"[-_]+", " ", unicodedata.normalize("NFC", bare)).split())
    return words[:1].upper() + words[1:] or name
