"""An export of a database of either kind."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from intranet.core.db import db
from intranet.export.folder import Folder, file_name
from intranet.export.whole import reader_like, write_all
from intranet.members.statuses import Audience
from tests.cast import Cast
from tests.proposals import stage as stages
from tests.proposals.stage import set_up


def written(folder: Path) -> dict[str, bytes]:
    db.session.rollback()
    folder.mkdir()
    write_all(reader_like(Audience.MEMBERS), Folder(folder), every_text=True)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}


def test_everything_is_written_the_same_twice(app: Flask, cast: Cast, tmp_path: Path) -> None:
    stage = set_up(cast)
    stages.decide(stage, stages.an_amendment(stage))
    first = written(tmp_path / "one")
    assert written(tmp_path / "two") == first
    assert "wiki/teletravail.md" in first
    assert "revisions/teletravail/1.md" in first
    assert b"trois jours" in first["wiki/teletravail.md"]
    assert b"deux jours" in first["revisions/teletravail/1.md"]


def test_a_file_name_never_leaves_its_folder() -> None:
    names = ["../../etc/passwd", "a/b", ".hidden", "", "..", "CON\x00", "é" * 300]
    for name in map(file_name, names):
        assert name
        assert not set("/\\\x00") & set(name)
        assert not name.startswith(".")
        assert len(name.encode()) <= 120
