"""`intranet backup` and `intranet restore`: whole, checked, and without what opens ballots."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from intranet import create_app
from intranet.backups.making import CannotBackUp, database_file
from intranet.config import load
from intranet.core import stored_files
from intranet.core.db import db
from intranet.core.events import first_broken_link
from intranet.decisions.attachments.service import attach_file
from tests.cast import acting
from tests.commands.conftest import Memory
from tests.commands.console import Console
from tests.conftest import SECRET, build
from tests.decisions.register import entered
from tests.proposals import stage as stages
from tests.wiki.writing import revise, write


def members_of(backup: Path) -> dict[str, bytes]:
    """The files in a backup."""
    with tarfile.open(backup) as archive:
        return {one.name: archive.extractfile(one).read() for one in archive}  # type: ignore[union-attr]


def rows(database: Path) -> dict[str, list[object]]:
    """Every row of every table."""
    with closing(sqlite3.connect(database)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        return {
            name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for name in names
        }


def backed_up(console: Console, tmp_path: Path, *words: str) -> Path:
    console.call("backup", tmp_path / "kept.tar.gz", *words)
    return tmp_path / "kept.tar.gz"


def repacked(
    backup: Path,
    target: Path,
    change: Callable[[dict[str, bytes]], None],
    entry: tarfile.TarInfo | None = None,
) -> Path:
    """A backup that somebody changed on its way."""
    files = members_of(backup)
    change(files)
    with tarfile.open(target, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        if entry:
            archive.addfile(entry)
    return target


def test_a_restored_instance_holds_the_same_rows_and_opens(
    app: Flask, console: Console, memory: Memory, tmp_path: Path
) -> None:
    kept = backed_up(console, tmp_path)
    before = rows(Path(app.instance_path) / "intranet.db")
    there = tmp_path / "there"
    console.use(there)
    said = console.call("restore", kept).output
    assert rows(there / "intranet.db") == before
    assert f"Events: {len(before['event'])}." in said
    assert "Secret votes under way" not in said
    console.call("audit", "verify")
    restored = build(there)
    with restored.app_context():
        assert restored.test_client().get("/sign-in").status_code == 200
        db.session.remove()
        db.engine.dispose()


def test_files_beside_decisions_come_back_to_the_byte(
    app: Flask, console: Console, memory: Memory, tmp_path: Path
) -> None:
    with acting(memory.cast.amel) as tx:
        number = entered(tx, memory.cast, "Un four").number
        stored = stored_files.keep(io.BytesIO(b"signed"), 10)
        attach_file(tx, number, "PV.pdf", stored)
        lost = stored_files.keep(io.BytesIO(b"lost"), 10)
        attach_file(tx, number, "PV.pdf", lost)
    stored_files.path_of(lost.digest).write_bytes(b"gone")
    said = console.call("backup", tmp_path / "kept.tar.gz").output
    assert f"WRONG: the file {lost.digest} is missing or altered" in said
    assert f"files/{stored.digest}" in members_of(tmp_path / "kept.tar.gz")

    def swap(files: dict[str, bytes]) -> None:
        files[f"files/{stored.digest}"] = b"forged"

    forged = repacked(tmp_path / "kept.tar.gz", tmp_path / "forged.tar.gz", swap)
    there = tmp_path / "there"
    console.use(there)
    assert "its checksum differs" in console.call("restore", forged, code=1).output
    console.call("restore", tmp_path / "kept.tar.gz")
    assert (there / "files" / stored.digest).read_bytes() == b"signed"
    assert not (there / ".restoring").exists()
    said = console.call("doctor", code=1).output
    assert f"files: missing or cut short: {lost.digest}" in said


def test_a_backup_made_while_members_write_is_whole(
    app: Flask, console: Console, memory: Memory, tmp_path: Path
) -> None:
    slug = write(memory.cast.amel, "Le journal du four", "Jour zéro.")
    stop, written = threading.Event(), []

    def go_on_writing() -> None:
        with app.app_context():
            while not stop.is_set():
                text = f"Jour {len(written)}.\n\n" + "Du pain. " * 2000
                written.append(revise(memory.cast.amel, slug, text))
            db.session.remove()

    writer = threading.Thread(target=go_on_writing)
    writer.start()
    try:
        for number in range(3):
            console.call("backup", tmp_path / f"{number}.tar.gz")
    finally:
        stop.set()
        writer.join()
    assert written
    for number in range(3):
        console.use(tmp_path / f"there-{number}")
        console.call("restore", tmp_path / f"{number}.tar.gz")
        engine = create_engine(f"sqlite:///{tmp_path / f'there-{number}' / 'intranet.db'}")
        with Session(engine) as session:
            assert first_broken_link(session) is None
        engine.dispose()


def test_a_backup_holds_neither_index_nor_keys_nor_secrets(
    app: Flask, console: Console, memory: Memory, tmp_path: Path
) -> None:
    instance = Path(app.instance_path)
    (instance / "config.py").write_text(
        f"SECRET_KEY = {SECRET!r}\nBASE_URL = 'https://x.example'\nPROXIES = 1\nOTHER = 2\n"
    )
    (instance / "keys" / "of-a-vote.key").write_text("nobody may read this")
    files = members_of(backed_up(console, tmp_path))
    assert set(files) == {"manifest.json", "intranet.db", "settings.json"}
    assert json.loads(files["settings.json"]) == {"BASE_URL": "https://x.example", "PROXIES": 1}
    everything = b"".join(files.values())
    assert SECRET.encode() not in everything
    assert b"nobody may read this" not in everything


def test_secrets_are_kept_when_they_are_asked_for(
    app: Flask, console: Console, memory: Memory, tmp_path: Path
) -> None:
    (Path(app.instance_path) / "secret-key").write_text(SECRET)
    (Path(app.instance_path) / "config.py").write_text("HTTPS = True\n")
    kept = backed_up(console, tmp_path, "--with-secrets")
    assert kept.stat().st_mode & 0o077 == 0
    console.use(tmp_path / "there")
    assert "signs in again" not in console.call("restore", kept).output
    restored = load(tmp_path / "there")
    assert (restored.secret_key, restored.https) == (SECRET, True)


def test_a_secret_vote_under_way_is_told(console: Console, memory: Memory, tmp_path: Path) -> None:
    stages.open_it(memory.stage, stages.a_resolution(memory.stage, memory.stage.secret))
    said = console.call("backup", tmp_path / "kept.tar.gz").output
    assert "Secret votes under way: 1" in said
    console.use(tmp_path / "there")
    assert "annul them" in console.call("restore", tmp_path / "kept.tar.gz").output


def test_the_manifest_tells_moment_version_and_checksums(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    files = members_of(backed_up(console, tmp_path))
    manifest = json.loads(files["manifest.json"])
    assert {"made_at", "version", "events", "digest"} <= set(manifest)
    for name, known in manifest["files"].items():
        assert hashlib.sha256(files[name]).hexdigest() == known["sha256"]


def test_a_folder_gets_a_file_named_after_the_moment(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    (tmp_path / "shelf").mkdir()
    console.call("backup", tmp_path / "shelf")
    (made,) = (tmp_path / "shelf").iterdir()
    assert made.name.startswith("intranet-2")


def test_a_backup_never_replaces_another_one(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    kept = backed_up(console, tmp_path)
    before = kept.read_bytes()
    console.call("backup", kept, code=2)
    console.call("backup", tmp_path / "kept.zip", code=2)
    console.call("backup", tmp_path / "missing" / "kept.tar.gz", code=2)
    assert kept.read_bytes() == before
    assert [path.name for path in tmp_path.glob(".backup*")] == []


def test_an_instance_without_a_database_has_nothing_to_back_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    console = Console(monkeypatch, tmp_path / "empty")
    said = console.call("backup", tmp_path / "kept.tar.gz", code=2).output
    assert "no database" in said
    assert not (tmp_path / "kept.tar.gz").exists()


def test_a_postgresql_server_is_backed_up_by_its_own_tool(tmp_path: Path) -> None:
    settings = load(tmp_path, {"database_url": "postgresql+psycopg://nobody@localhost/x"})
    with pytest.raises(CannotBackUp, match="pg_dump"):
        database_file(settings)


def test_nothing_is_restored_over_an_instance(
    app: Flask, console: Console, memory: Memory, tmp_path: Path
) -> None:
    kept = backed_up(console, tmp_path)
    before = rows(Path(app.instance_path) / "intranet.db")
    assert "not empty" in console.call("restore", kept, code=2).output
    assert rows(Path(app.instance_path) / "intranet.db") == before


def one_byte_less(files: dict[str, bytes]) -> None:
    files["intranet.db"] = files["intranet.db"][:-1]


def another_byte(files: dict[str, bytes]) -> None:
    database = bytearray(files["intranet.db"])
    database[5000] ^= 1
    files["intranet.db"] = bytes(database)


def without_database(files: dict[str, bytes]) -> None:
    del files["intranet.db"]


def without_manifest(files: dict[str, bytes]) -> None:
    del files["manifest.json"]


def a_stranger(files: dict[str, bytes]) -> None:
    files["../outside"] = b"x"


def a_setting_of_its_own(files: dict[str, bytes]) -> None:
    replace(files, "settings.json", b'{"NAME": "__import__"}')


def a_journal_rewritten(files: dict[str, bytes]) -> None:
    """The database is changed and the checksums made to fit; the chain does not."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(files["intranet.db"])
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET payload = '{}' WHERE id = 3")
        connection.commit()
        replace(files, "intranet.db", connection.serialize())


def replace(files: dict[str, bytes], name: str, content: bytes) -> None:
    """Another content, with the checksum that fits it."""
    manifest = json.loads(files["manifest.json"])
    known = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest["files"][name] = known
    files["manifest.json"], files[name] = json.dumps(manifest).encode(), content


@pytest.mark.parametrize(
    "change",
    [
        one_byte_less,
        another_byte,
        without_database,
        without_manifest,
        a_stranger,
        a_setting_of_its_own,
        a_journal_rewritten,
    ],
)
def test_a_changed_backup_is_refused_and_leaves_nothing(
    console: Console, memory: Memory, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    changed = repacked(backed_up(console, tmp_path), tmp_path / "changed.tar.gz", change)
    console.use(tmp_path / "there")
    said = console.call("restore", changed, code=1).output
    assert "was not restored" in said
    assert not (tmp_path / "there").exists()
    assert not (tmp_path / "outside").exists()


def test_a_link_in_a_backup_is_refused(console: Console, memory: Memory, tmp_path: Path) -> None:
    link = tarfile.TarInfo("settings.json")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    kept = backed_up(console, tmp_path)
    changed = repacked(
        kept, tmp_path / "changed.tar.gz", lambda files: files.pop("settings.json") and None, link
    )
    console.use(tmp_path / "there")
    console.call("restore", changed, code=1)
    assert not (tmp_path / "there").exists()


def test_a_file_that_is_no_archive_is_refused(console: Console, tmp_path: Path) -> None:
    (tmp_path / "letter.tar.gz").write_text("Bonjour")
    console.use(tmp_path / "there")
    console.call("restore", tmp_path / "letter.tar.gz", code=1)


def test_an_archive_that_is_cut_short_is_refused(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    kept = backed_up(console, tmp_path)
    kept.write_bytes(kept.read_bytes()[:-2000])
    console.use(tmp_path / "there")
    console.call("restore", kept, code=1)
    assert not (tmp_path / "there").exists()


def test_the_index_is_built_anew_after_a_restore(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    kept = backed_up(console, tmp_path)
    console.use(tmp_path / "there")
    console.call("restore", kept)
    console.call("worker", "--once")
    assert "teletravail" in console.call("search", "télétravail").output
    assert create_app(tmp_path / "there").extensions["settings"].search_backend == "whoosh"
