"""The files of a folder, or of a ZIP file that nobody trusts."""

from __future__ import annotations

import os
import posixpath
import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from intranet.wiki.formats.raw import Gathered, LeftOut, RawFile, Unusable
from intranet.wiki.paths import GENERIC, natural_order, plain_path

MEGABYTE = 1024 * 1024
MOST_FILES = 20_000
MOST_MEGABYTES = 1024
LONGEST_PATH = 900
_UTF8_NAME, _LOCKED = 0x800, 0x1
_DRIVE = re.compile(r"^[A-Za-z]:")


def from_folder(folder: Path) -> Gathered:
    """Every file below the folder, in the order of their names. Raises OSError when the folder
    cannot be read."""
    gathered = Gathered(_name_of(folder))
    for path in _paths(folder, gathered.hidden):
        below = path.relative_to(folder).as_posix()
        try:
            gathered.files.append(_on_disk(path, below))
        except (LeftOut, OSError) as problem:
            left_out = problem if isinstance(problem, LeftOut) else LeftOut("import.unreadable")
            shown = below.encode(errors="replace").decode()
            gathered.skipped.append((shown, left_out.reason))
    return gathered


def _name_of(folder: Path) -> str:
    """The name under which the folder is known: its own, or with the one above it when its own
    says nothing (`files`, `docs`)."""
    whole = folder.resolve()
    return f"{whole.parent.name}/{whole.name}" if whole.name in GENERIC else whole.name


def _paths(folder: Path, hidden: set[str]) -> list[Path]:
    found = []
    for parent, folders, names in os.walk(folder):
        if Path(parent) == folder:
            hidden.update(name for name in folders if name.startswith("."))
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent) / name for name in names if not name.startswith(".")]
    return sorted(found, key=lambda path: natural_order(path.relative_to(folder).as_posix()))


def _on_disk(path: Path, below: str) -> RawFile:
    if path.is_symlink():
        raise LeftOut("import.link")
    if not path.is_file():
        raise LeftOut("import.unreadable")
    return RawFile(_safe_path(below), path.stat().st_size, path.read_bytes)


def _safe_path(typed: str) -> str:
    """The path in its one form. Raises LeftOut for one that leads elsewhere or cannot be told."""
    parts = typed.replace("\\", "/").split("/")
    if typed.startswith(("/", "\\")) or _DRIVE.match(typed) or ".." in parts or "\x00" in typed:
        raise LeftOut("import.unsafe_path")
    try:
        typed.encode()
    except UnicodeEncodeError as problem:
        raise LeftOut("import.unreadable_name") from problem
    path = plain_path(typed)
    if path in ("", ".") or len(path) > LONGEST_PATH:
        raise LeftOut("import.unsafe_path")
    return path


@contextmanager
def from_zip(source: Path | BinaryIO, name: str) -> Iterator[Gathered]:
    """The files of a ZIP file, readable as long as the block lasts; nothing is unpacked to the
    disk. Raises Unusable for what is no ZIP file, or would be too much once unpacked."""
    try:
        with ZipFile(source) as archive:
            yield _gathered(archive, name)
    except (BadZipFile, LargeZipFile, NotImplementedError) as problem:
        raise Unusable("import.no_zip") from problem


def _gathered(archive: ZipFile, name: str) -> Gathered:
    members = [one for one in archive.infolist() if not one.is_dir() and not _is_noise(one)]
    if len(members) > MOST_FILES:
        raise Unusable("import.too_many", str(MOST_FILES))
    if sum(one.file_size for one in members) > MOST_MEGABYTES * MEGABYTE:
        raise Unusable("import.too_large", str(MOST_MEGABYTES))
    gathered = Gathered(name)
    taken: set[str] = set()
    for one in sorted(members, key=lambda member: natural_order(_typed_name(member))):
        _take(archive, one, gathered, taken)
    return _without_top(gathered)


def _is_noise(member: ZipInfo) -> bool:
    """What a Mac adds for itself."""
    return member.filename.startswith("__MACOSX/") or member.filename.endswith(".DS_Store")


def _typed_name(member: ZipInfo) -> str:
    """The name as it was meant. Archives made on a Mac hold UTF-8 without saying so."""
    if member.flag_bits & _UTF8_NAME:
        return member.orig_filename
    try:
        return member.orig_filename.encode("cp437").decode()
    except UnicodeError:
        return member.orig_filename


def _take(archive: ZipFile, member: ZipInfo, gathered: Gathered, taken: set[str]) -> None:
    """Add one file, or say why it stays outside."""
    typed = _typed_name(member)
    try:
        path = _safe_path(typed)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise LeftOut("import.link")
        if member.flag_bits & _LOCKED:
            raise LeftOut("import.locked")
        if path in taken:
            raise LeftOut("import.doubled")
    except LeftOut as problem:
        shown = typed.replace("\x00", "�").encode(errors="replace").decode()
        gathered.skipped.append((shown[:200], problem.reason))
        return
    taken.add(path)
    hidden = next((part for part in path.split("/") if part.startswith(".")), None)
    if hidden:
        gathered.hidden.add(hidden)
        return
    gathered.files.append(RawFile(path, member.file_size, partial(_read, archive, member)))


def _read(archive: ZipFile, member: ZipInfo) -> bytes:
    """The bytes of one file. Raises LeftOut when they are not what the archive promises."""
    try:
        with archive.open(member) as file:
            return file.read(member.file_size)
    except (BadZipFile, EOFError, RuntimeError, OSError, zlib.error) as problem:
        raise LeftOut("import.damaged") from problem


def _without_top(gathered: Gathered) -> Gathered:
    """When everything lies in one folder, that folder is the name of the whole."""
    tops = {path.partition("/")[0] for path in gathered.paths()}
    if len(tops) != 1 or any("/" not in path for path in gathered.paths()):
        return gathered
    top = tops.pop()
    files = [file.at(posixpath.relpath(file.path, top)) for file in gathered.files]
    return Gathered(top, files, gathered.skipped, gathered.hidden)
