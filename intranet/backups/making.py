"""Making a backup of a running intranet: one file, whole or not there at all."""

from __future__ import annotations

import io
import json
import os
import runpy
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from intranet.backups import database
from intranet.backups.manifest import (
    DATABASE,
    FILES,
    MANIFEST,
    SECRET_KEY,
    SETTINGS,
    FileSum,
    Manifest,
    sum_of,
)
from intranet.config import Settings
from intranet.core.durability import keep_name
from intranet.core.software import software_version
from intranet.core.stored_files import Stored

# The address of a database can hold a password, and a restored one lies in its folder.
NEVER_KEPT = frozenset({"instance_path", "database_url"})
SECRETS = frozenset({"secret_key", "oidc_client_secret"})
Told = Callable[[int, int], None]


class CannotBackUp(Exception):
    """No backup can be made here; the message says in English why and what to do."""


def database_file(settings: Settings) -> Path:
    """The SQLite file of an installation. Raises CannotBackUp."""
    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite":
        raise CannotBackUp(
            "The database is a PostgreSQL server: back it up with pg_dump, and keep the instance "
            "folder without its keys and its search index."
        )
    path = Path(url.database or "")
    if not path.is_file():
        raise CannotBackUp(f"There is no database in {settings.instance_path} to back up.")
    return path


def make_backup(settings: Settings, target: Path, *, with_secrets: bool, told: Told) -> Manifest:
    """Write the backup of an installation, which may be in use, to a file that does not exist.

    The file is written beside its place and gets its name when it is whole and on the disk.
    The search index is left out, as it is rebuilt, and so are the keys of secret votes: whoever
    holds a backup must not be able to open ballots. Raises CannotBackUp and BadBackup.
    """
    source = database_file(settings)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as name:
        folder = Path(name)
        database.copy_living(source, folder / DATABASE, told)
        (folder / SETTINGS).write_text(_settings(settings.instance_path, with_secrets))
        secret = settings.instance_path / "secret-key"
        if with_secrets and secret.exists():
            shutil.copyfile(secret, folder / SECRET_KEY)
        manifest = _manifest(folder, settings.instance_path)
        _pack(folder, settings.instance_path, manifest, folder / "whole")
        (folder / "whole").replace(target)
    keep_name(target)
    return manifest


def _settings(instance: Path, with_secrets: bool) -> str:
    """The settings written in the instance's config.py, as values: no code travels."""
    written = instance / "config.py"
    given = runpy.run_path(str(written)) if written.exists() else {}
    left_out = NEVER_KEPT if with_secrets else NEVER_KEPT | SECRETS
    names = [field.name.upper() for field in fields(Settings) if field.name not in left_out]
    return json.dumps({name: given[name] for name in names if name in given}, indent=2) + "\n"


def _manifest(folder: Path, instance: Path) -> Manifest:
    """What the folder and the files of the instance hold. A file is in its place before a row
    names it and never changes, so all that the copied rows name are there."""
    head = database.check(folder / DATABASE)
    own = {path.name: sum_of(path) for path in sorted(folder.iterdir())}
    used = database.files_used(folder / DATABASE)
    there = {one.digest: sum_of(path) for one in used if (path := _file(instance, one)).is_file()}
    whole = {one.digest for one in used if there.get(one.digest) == FileSum(one.bytes, one.digest)}
    return Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=software_version(),
        events=head.number,
        digest=head.digest,
        open_secret_polls=database.open_secret_polls(folder / DATABASE),
        files=own | {f"{FILES}/{digest}": there[digest] for digest in sorted(whole)},
        missing_files=tuple(one.digest for one in used if one.digest not in whole),
    )


def _file(instance: Path, stored: Stored) -> Path:
    return instance / FILES / stored.digest


def _pack(folder: Path, instance: Path, manifest: Manifest, target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz") as archive:
            told = manifest.to_text().encode()
            archive.addfile(_entry(MANIFEST, len(told)), io.BytesIO(told))
            for name, known in manifest.files.items():
                place = instance if name.startswith(f"{FILES}/") else folder
                with (place / name).open("rb") as content:
                    archive.addfile(_entry(name, known.bytes), content)
        file.flush()
        os.fsync(file.fileno())


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    entry.mtime = int(datetime.now(UTC).timestamp())
    return entry
