"""An export of a database of either kind."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from flask import Flask

from intranet.core import stored_files
from intranet.core.db import db
from intranet.decisions.actions import service as actions
from intranet.decisions.attachments.service import attach_file
from intranet.decisions.minutes import service as minutes
from intranet.decisions.reviews import service as reviews
from intranet.export.folder import Folder, file_name
from intranet.export.whole import reader_like, write_all
from intranet.members.statuses import Audience
from tests.cast import Cast, acting
from tests.decisions.register import entered
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


def test_what_lies_beside_a_decision_goes_along_for_those_who_may_read_it(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    with acting(cast.amel) as tx:
        number = entered(tx, cast, audience="members").number
        actions.plan_action(tx, number, actions.Plan("Louer la salle", cast.bruno, None))
        reviews.review(tx, number, reviews.Answers("Oui.", "", "", "keep", date(2100, 1, 1)), 0)
        minutes.keep_minutes(tx, number, "On a ri.", "")
    found = written(tmp_path / "all")
    for name, words in {
        "actions": b"Louer la salle",
        "reviews": b"Oui.",
        "minutes": b"On a ri.",
    }.items():
        assert words in found[f"{name}.csv"]
        assert number.encode() in found[f"{name}.csv"]
    db.session.rollback()
    (tmp_path / "some").mkdir()
    write_all(reader_like(Audience.WORKERS), Folder(tmp_path / "some"))
    for name in ("actions", "reviews", "minutes"):
        assert number not in (tmp_path / "some" / f"{name}.csv").read_text()


def test_files_are_written_for_those_who_may_read_their_decision(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    with acting(cast.amel) as tx:
        for audience in ("workers", "members"):
            number = entered(tx, cast, "Un four", audience=audience).number
            stored = stored_files.keep(io.BytesIO(audience.encode()), 10)
            attach_file(tx, number, f"PV {audience}.pdf", stored)
    everything = written(tmp_path / "all")
    assert everything["files/AG-2026-002-2-PV-members.pdf"] == b"members"
    assert everything["files.csv"].count(b"\n") == 3
    db.session.rollback()
    (tmp_path / "some").mkdir()
    write_all(reader_like(Audience.WORKERS), Folder(tmp_path / "some"))
    assert [path.name for path in (tmp_path / "some" / "files").iterdir()] == [
        "AG-2026-001-1-PV-workers.pdf"
    ]
    assert "members" not in (tmp_path / "some" / "files.csv").read_text()


def test_a_file_name_never_leaves_its_folder() -> None:
    names = ["../../etc/passwd", "a/b", ".hidden", "", "..", "CON\x00", "é" * 300]
    for name in map(file_name, names):
        assert name
        assert not set("/\\\x00") & set(name)
        assert not name.startswith(".")
        assert len(name.encode()) <= 120
