"""An export of a database of either kind."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from flask import Flask

from intranet.core import stored_files
from intranet.core.db import db
from intranet.corrections.service import correct_rule
from intranet.decisions.actions import service as actions
from intranet.decisions.attachments.service import attach_file
from intranet.decisions.minutes import service as minutes
from intranet.decisions.reviews import service as reviews
from intranet.export.folder import Folder, file_name
from intranet.export.whole import reader_like, write_all
from intranet.members.statuses import Audience
from intranet.membership.integration import service as integration
from intranet.membership.integration.service import DossierWords
from intranet.wiki.corrections.models import Mended
from intranet.wiki.models import FormerSlug
from intranet.wiki.readings.models import ReadingRequest
from tests.cast import Cast, acting
from tests.decisions.register import entered
from tests.proposals import stage as stages
from tests.proposals.stage import set_up
from tests.wiki.writing import page_id, write


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


def test_what_has_no_file_of_its_own_goes_along_in_a_whole_export_alone(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    stage = set_up(cast)
    block = stages.rule(stage).blocks[0]
    mended = Mended(stage.page_id, block.id, block.text, block.text.replace("semaine", "semaines"))
    closed = page_id(write(cast.amel, "Pour deux", "Un secret.", audience="draft"))
    with acting(cast.amel) as tx:
        correct_rule(tx, mended, "Une lettre de trop.")
        dossier = integration.open_dossier(tx, cast.chloe, DossierWords("member_employee", ""))
        integration.add_step(tx, dossier, "Visiter l’atelier", None)
        integration.discuss(tx, dossier, "On l’attend depuis longtemps.", "fr")
        reading = ReadingRequest(page_id=closed, asked_at=tx.now)
        tx.session.add_all([reading, FormerSlug(slug="teletravailler", page_id=stage.page_id)])
    found = written(tmp_path / "all")
    for name, words in {
        "tables/correction.csv": "Une lettre de trop.",
        "tables/dossier_step.csv": "Visiter l’atelier",
        "tables/former_slug.csv": "teletravailler",
        "tables/revision_block.csv": stage.origin,
        "dossier-comments.csv": "On l’attend depuis longtemps.",
    }.items():
        assert words in found[name].decode(), name
    assert b"teletravail/1," in found["tables/revision_block.csv"], "named as in history.csv"
    asked = found["tables/reading_request.csv"].decode().splitlines()
    assert len(asked) == 1, "nothing of a page that others do not know"
    db.session.rollback()
    (tmp_path / "some").mkdir()
    write_all(reader_like(Audience.WORKERS), Folder(tmp_path / "some"))
    assert not (tmp_path / "some" / "tables").exists()
    assert not (tmp_path / "some" / "dossier-comments.csv").exists()


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
