"""Restoring a backup into an empty instance folder: everything is checked before it has a name."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
import zlib
from dataclasses import fields
from pathlib import Path

from intranet.backups import database
from intranet.backups.manifest import (
    CHUNK,
    DATABASE,
    FILES,
    MANIFEST,
    SECRET_KEY,
    SETTINGS,
    BadBackup,
    FileSum,
    Manifest,
    sum_of,
)
from intranet.config import Settings
from intranet.core.durability import keep_name

LONGEST_MANIFEST = 64 * 1024
# Who asked to be forgotten: put beside before a restore, so that the worker forgets them again.
ERASED = "erased.json"


class NotEmpty(Exception):
    """Something lies in the instance folder already; the message says in English what to do."""


def restore(backup: Path, instance: Path) -> Manifest:
    """Put what a backup holds into an instance folder that is missing or empty.

    The files are unpacked into a folder of their own, compared with their checksums, the database
    looked through with its journal, and only then moved to their places, the database last. No
    search index is restored: the worker builds it anew. Raises NotEmpty, BadBackup and
    migrate.DatabaseTooNew; the instance folder is then as it was.
    """
    if instance.exists() and any(one.name != ERASED for one in instance.iterdir()):
        raise NotEmpty(
            f"{instance} is not empty. A backup is restored into a new folder: name one with "
            "INTRANET_INSTANCE."
        )
    was_there = instance.exists()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    waiting = instance / ".restoring"
    waiting.mkdir(mode=0o700)
    try:
        manifest = _unpack(backup, waiting)
        _compare(manifest, waiting)
        _settle(manifest, waiting, instance)
    except BaseException:
        shutil.rmtree(waiting, ignore_errors=True)
        if not was_there:
            instance.rmdir()
        raise
    return manifest


def _unpack(backup: Path, folder: Path) -> Manifest:
    """Take out the files that the manifest names, and count while reading."""
    try:
        with tarfile.open(backup, mode="r|gz") as archive:
            entries = iter(archive)
            manifest = Manifest.from_text(_first(archive, next(entries, None)))
            missing = dict(manifest.files)
            for entry in entries:
                known = missing.pop(entry.name, None)
                if known is None or not entry.isreg() or entry.size != known.bytes:
                    raise BadBackup(f"it holds {entry.name!r}, which its {MANIFEST} does not say")
                _take_out(archive, entry, folder / entry.name)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise BadBackup(f"it cannot be unpacked: {error}") from error
    if missing:
        raise BadBackup(f"it is cut short: {', '.join(sorted(missing))} is missing")
    return manifest


def _first(archive: tarfile.TarFile, entry: tarfile.TarInfo | None) -> str:
    if entry is None or entry.name != MANIFEST or entry.size > LONGEST_MANIFEST:
        raise BadBackup(f"it does not begin with {MANIFEST}")
    content = archive.extractfile(entry)
    return content.read().decode(errors="replace") if content else ""


def _take_out(archive: tarfile.TarFile, entry: tarfile.TarInfo, target: Path) -> None:
    content = archive.extractfile(entry)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        if content:
            shutil.copyfileobj(content, file, CHUNK)
        file.flush()
        os.fsync(file.fileno())


def _compare(manifest: Manifest, folder: Path) -> None:
    for name, known in manifest.files.items():
        if sum_of(folder / name) != FileSum(known.bytes, known.sha256):
            raise BadBackup(f"{name} is not the file that was backed up: its checksum differs")
        if name.startswith(f"{FILES}/") and known.sha256 != name.removeprefix(f"{FILES}/"):
            raise BadBackup(f"{name} holds other bytes than its name says")
    head = database.check(folder / DATABASE)
    if (head.number, head.digest) != (manifest.events, manifest.digest):
        raise BadBackup("its journal ends elsewhere than it says")


def _settle(manifest: Manifest, folder: Path, instance: Path) -> None:
    """Move the files to their places, the database last: without it nothing is restored."""
    if SETTINGS in manifest.files:
        written = _config((folder / SETTINGS).read_text(encoding="utf-8"))
        (folder / SETTINGS).unlink()
        if written:
            (instance / "config.py").touch(mode=0o600)
            (instance / "config.py").write_text(written, encoding="utf-8")
    if (folder / FILES).is_dir():
        keep_name(folder / FILES / "any")
        (folder / FILES).rename(instance / FILES)
    for name in sorted(manifest.files.keys() & {SECRET_KEY}):
        (folder / name).rename(instance / name)
    (folder / DATABASE).rename(instance / DATABASE)
    folder.rmdir()
    keep_name(instance / DATABASE)


def _config(text: str) -> str:
    """The settings as Python assignments of plain values, and of known names only."""
    try:
        values = json.loads(text)
        known = {field.name.upper() for field in fields(Settings)}
        strange = [name for name in values if name not in known]
        if strange or not all(isinstance(one, str | int | bool) for one in values.values()):
            raise BadBackup(f"its {SETTINGS} holds something that is no setting")
    except (ValueError, AttributeError) as error:
        raise BadBackup(f"its {SETTINGS} cannot be read") from error
    return "".join(f"{name} = {value!r}\n" for name, value in values.items())
