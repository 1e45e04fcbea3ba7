"""Pages leave as Markdown and come back to the byte, elsewhere and here."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from intranet import example
from intranet.app import serve_with
from intranet.core import stored_files
from intranet.core.db import db
from intranet.core.texts import text_of
from intranet.export.archive import Archive
from intranet.export.leaving import leaving, write_texts
from intranet.wiki.addresses import file_address
from intranet.wiki.attachments.queries import version_of
from intranet.wiki.attachments.service import attach_to_page
from intranet.wiki.formats.gathering import from_zip
from intranet.wiki.import_plan import plan
from intranet.wiki.imports import service as importing
from intranet.wiki.imports.report import Report, Target
from intranet.wiki.imports.worker import Load, carry_out
from intranet.wiki.models import Page, Revision
from intranet.wiki.source_files import as_found
from intranet.wiki.states.service import call_working
from tests.cast import Cast, acting, arrive, as_reader
from tests.conftest import build
from tests.shared import DATA
from tests.wiki.imports.test_service import bring
from tests.wiki.writing import page_id, read, revise, rule, source, write

Told = dict[str, tuple[object, ...]]
Elsewhere = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def elsewhere(app: Flask, tmp_path: Path, empty_database: Path) -> Iterator[Elsewhere]:
    """Another installation with the same people and without a page, to go to for a while."""
    instance = tmp_path / "elsewhere"
    instance.mkdir()
    shutil.copy(empty_database, instance / "intranet.db")
    other = build(instance)
    with other.app_context():
        arrive()
    serve_with(app)

    @contextmanager
    def go() -> Iterator[None]:
        db.session.rollback()
        serve_with(other)
        with other.app_context():
            yield
            db.session.remove()
        serve_with(app)

    yield go
    with other.app_context():
        db.engine.dispose()


def taken_away(person_id: int, slug: str | None = None) -> bytes:
    """A ZIP file of pages as this person takes them away."""
    reader, archive = as_reader(person_id), Archive()
    write_texts(reader, archive, leaving(reader, slug))
    return archive.content()


def brought_back(content: bytes, audience: str = "open") -> Report:
    """The ZIP file imported here."""
    report = Report()
    with from_zip(io.BytesIO(content), "wiki") as gathered:
        planned = plan(as_found(gathered))
    with acting(None) as tx:
        changed = importing.bring_in(tx, planned, Target(audience), report)
        importing.draw_pages(tx, changed, audience)
    return report


def told() -> Told:
    """Every page by its title: its text, its place and what stands beside it."""
    found = {}
    with acting(None) as tx:
        pages = {page.id: page for page in tx.session.scalars(select(Page))}
        for page in pages.values():
            revision = tx.session.get_one(Revision, page.current_revision_id)
            above = pages[page.parent_id].title if page.parent_id else None
            text = text_of(tx.session, revision.text_digest)
            state = page.language, page.archived_because, page.is_working
            found[page.title] = (text, above, page.slug, *state)
    return found


HOSTILE = [
    "yes",
    "null",
    "2024",
    "Prix : 3 € # tout compris",
    "\"Citée\" \\ et 'autre'",
    "- tiret",
    "---",
    "{a: [b",
    "100 % / l’été ? & co",
    "Séparés\u2028ou non",
]


def test_n3_titles_hostile_to_yaml_come_back_as_they_were(
    app: Flask, cast: Cast, elsewhere: Elsewhere
) -> None:
    for title in HOSTILE:
        write(cast.amel, title, f"Texte de {title}\n", tags=("à faire: oui", "#x"))
    number = page_id("yes")
    with acting(cast.amel) as tx:
        call_working(tx, number, True)
    there, content = told(), taken_away(cast.amel)
    with elsewhere():
        assert brought_back(content).imported == len(HOSTILE)
        assert told() == there


@pytest.mark.parametrize(
    "text",
    [
        "Un.\r\n\r\nDeux.\r\n",
        "---\r\ntitle: autre\r\n---\r\nCorps.\r\n",
        "---\ntitle: un\ntags: [a]\n---\n\nCorps.",
        "--- \nclé: valeur\n...\nCorps.\n",
        "---\n\nUne ligne, pas un en-tête.\n---\n",
        "---\nintranet: {}\n---\n\nCorps.\n",
        "",
        "\n\n  \n",
        "\ufeff---\na: b\n---\nAvec marque.",
    ],
)
def test_every_text_leaves_and_comes_back_to_the_byte(
    app: Flask, cast: Cast, text: str, elsewhere: Elsewhere
) -> None:
    write(cast.amel, "Une page", "x" if text.strip() else text)
    if text.strip():
        revise(cast.amel, "une-page", text, confirmed=True)
    content, there = taken_away(cast.amel), told()
    with elsewhere():
        report = brought_back(content)
        assert report.imported == 1, report.skipped
        assert told() == there


def test_c1_a_page_changed_there_and_here_is_merged_by_paragraphs(app: Flask, cast: Cast) -> None:
    slug = write(cast.amel, "Une page", "Un.\n\nDeux.\n\nTrois.\n")
    content = taken_away(cast.amel)
    assert brought_back(content).unchanged == 1
    revise(cast.amel, slug, "Un ici.\n\nDeux.\n\nTrois.\n")
    away = _edited(content, "Trois.", "Trois ailleurs.")
    assert brought_back(away).updated == 1
    assert source(slug) == "Un ici.\n\nDeux.\n\nTrois ailleurs.\n"
    assert brought_back(away).unchanged == 1
    revise(cast.amel, slug, "Un ici.\n\nDeux.\n\nTrois de nouveau ici.\n")
    report = brought_back(_edited(content, "Trois.", "Trois encore ailleurs."))
    assert [reason.code for _, reason in report.skipped] == ["import.changed_on_both_sides"]
    assert "de nouveau ici" in source(slug)


def _edited(content: bytes, old: str, new: str) -> bytes:
    """The ZIP file after somebody changed words in it elsewhere."""
    archive = Archive()
    with from_zip(io.BytesIO(content), "wiki") as gathered:
        for file in gathered.files:
            archive.write(f"wiki/{file.path}", file.read().decode().replace(old, new))
    return archive.content()


def test_rules_come_back_here_unchanged_and_elsewhere_as_ordinary_pages(
    app: Flask, cast: Cast, elsewhere: Elsewhere
) -> None:
    rule("Horaires", "De neuf à cinq.\n")
    content = taken_away(cast.amel)
    assert brought_back(content).unchanged == 1
    report = brought_back(_edited(content, "neuf", "dix"))
    assert [reason.code for _, reason in report.skipped] == ["import.is_a_rule"]
    with elsewhere():
        assert brought_back(content).imported == 1
        assert not read(cast.amel, "horaires").is_rule


def test_i2_an_export_holds_what_its_reader_may_see_and_opens_nothing_elsewhere(
    app: Flask, cast: Cast, elsewhere: Elsewhere
) -> None:
    write(cast.amel, "Réservé", "Un secret.", audience="members")
    top = page_id("reserve")
    write(cast.amel, "Dessous", "Pour le travail.", parent_id=top)
    content = taken_away(cast.chloe)
    with from_zip(io.BytesIO(content), "wiki") as gathered:
        said = b"".join(file.read() for file in gathered.files) + repr(gathered.paths()).encode()
    assert b"secret" not in said
    assert b"reserve" not in said
    everything = taken_away(cast.amel)
    with elsewhere():
        brought_back(everything, audience="workers")
        assert read(cast.amel, "reserve").audience == "members"
        assert read(cast.amel, "dessous").audience == "workers"


PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20


def beside(person_id: int, slug: str, name: str, content: bytes) -> str:
    """Lay a file beside a page; gives its address."""
    number = page_id(slug)
    stored = stored_files.keep(io.BytesIO(content), 10_000)
    with acting(person_id) as tx:
        laid = attach_to_page(tx, number, name, stored)
    return file_address(laid.file_id, laid.name)


def with_files(content: bytes) -> Report:
    """The ZIP file imported here with its files."""
    with from_zip(io.BytesIO(content), "wiki") as gathered:
        load = Load(as_found(gathered), Target("open"), None, 10_000)
        return carry_out(load, lambda _word, _done, _total: None)


def test_files_leave_with_their_pages_and_are_shown_where_they_come_in(
    app: Flask, cast: Cast, elsewhere: Elsewhere
) -> None:
    for title in ("Un", "Deux"):
        write(cast.amel, title, "x")
    picture = beside(cast.amel, "un", "photo : été.png", PNG)
    note = beside(cast.amel, "deux", "lisez-moi.md", b"# Pas une page\n")
    text = f"![photo]({picture}) [lire]({note})\n"
    revise(cast.amel, "un", text)
    revise(cast.amel, "deux", f"[la photo]({picture})\n")
    content = taken_away(cast.amel)
    again = with_files(content)
    assert (again.unchanged, again.imported, again.skipped) == (2, 0, [])
    with elsewhere():
        write(cast.amel, "Autre", "x")
        beside(cast.amel, "autre", "autre.png", PNG + b"autre")
        report = with_files(content)
        assert (report.imported, report.files, report.skipped) == (2, 2, [])
        assert source("un") == text
        html = read(cast.amel, "un").html
        assert "autre.png" not in html
        shown = re.search(r'src="/wiki/files/(\d+)/photo', html)
        assert shown is not None
        card = version_of(as_reader(cast.amel), int(shown[1]), None)
        assert stored_files.path_of(card.digest).read_bytes() == PNG
        assert f'href="/wiki/files/{shown[1]}/photo' in read(cast.amel, "deux").html
        back = taken_away(cast.amel)
    assert with_files(back).imported == 1
    assert source("un") == text


def test_the_example_cooperative_leaves_and_comes_back_to_the_byte(
    app: Flask, cast: Cast, elsewhere: Elsewhere
) -> None:
    pages = Path(example.__file__).parent / "pages"
    bring(pages)
    there, content = told(), taken_away(cast.amel)
    assert len(there) > 30
    with elsewhere():
        brought_back(content)
        assert told() == there


@pytest.mark.parametrize("name", ["wiki-fr-multi", "wiki-en-loomio"])
def test_real_wikis_leave_and_come_back_to_the_byte(
    app: Flask, cast: Cast, elsewhere: Elsewhere, name: str
) -> None:
    if not (DATA / name).is_dir():
        pytest.skip("the real texts of ../shared/data are not on this machine")
    bring(DATA / name)
    there, content = told(), taken_away(cast.amel)
    again = brought_back(content)
    assert (again.imported, again.updated, again.skipped) == (0, 0, [])
    with elsewhere():
        brought_back(content)
        assert told() == there
        assert _texts(taken_away(cast.amel)) == _texts(content)


def _texts(content: bytes) -> dict[str, bytes]:
    with from_zip(io.BytesIO(content), "wiki") as gathered:
        return {file.path: file.read() for file in gathered.files}
