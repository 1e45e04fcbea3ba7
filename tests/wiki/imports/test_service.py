"""Bringing folders of Markdown files into the wiki."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from intranet.wiki.becoming import Decided, make_rule
from intranet.wiki.formats.raw import Reason
from intranet.wiki.import_plan import plan
from intranet.wiki.imports import service as importing
from intranet.wiki.imports import steps, writing
from intranet.wiki.imports.report import Report, Target
from intranet.wiki.imports.worker import Load, carry_out
from intranet.wiki.models import Layer, Page, PageLink, Rendering
from intranet.wiki.paths import files_meant
from intranet.wiki.source_files import read_folder
from tests.cast import Cast, acting, as_reader
from tests.wiki.writing import read, revise, source

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"

FILES = {
    "README.md": "# Le manuel\n\nVoir [la vie](vie/commune.md#repas) et [accueil](accueil.html).\n",
    "accueil.md": "---\ntitle: 'Accueil : ici'\ntags: [ vie, équipe ]\ncreated: 22/01/2021\n"
    "author: multi\n---\n\nBonjour. <!-- caché -->\n",
    "vie/commune.md": "---\npermalink: /vie/commune/\n---\n# Vie commune\n\n## Repas\n\nÀ midi.\n",
    "vie/10-fin.md": "Voir [là](/vie/commune) et [ici](./2-debut.md) et [rien](absent.md).\n",
    "vie/2-debut.md": "# Début\r\n\r\nFins de ligne.\r\n",
    "notes.txt": "Sans titre.\n",
    "vide.md": "",
    "image.png": "x",
}


def folder(path: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        target = path / "manuel" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    return path / "manuel"


def bring(where: Path, audience: str = "workers") -> Report:
    load = Load(read_folder(where), Target(audience), None, 1_000_000)
    return carry_out(load, lambda _word, _done, _total: None)


def slug_of(path: str) -> str:
    with acting(None) as tx:
        return tx.session.query(Page).filter_by(source_path=path).one().slug


def test_a_folder_becomes_pages_and_a_second_run_changes_nothing(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    where = folder(tmp_path, FILES)
    report = bring(where)
    assert report.summary() == "imported 6, updated 0, unchanged 0, skipped 1"
    assert dict(report.skipped) == {
        "manuel/vide.md": Reason("import.empty"),
    }
    assert bring(where).summary() == "imported 0, updated 0, unchanged 6, skipped 1"


def test_texts_are_kept_to_the_byte(app: Flask, cast: Cast, tmp_path: Path) -> None:
    bring(folder(tmp_path, FILES))
    for name, text in FILES.items():
        if name.endswith((".md", ".txt")) and text:
            assert source(slug_of(f"manuel/{name}")) == text


def test_headers_give_title_tags_and_date_and_comments_stay_hidden(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    bring(folder(tmp_path, FILES))
    page = read(cast.amel, slug_of("manuel/accueil.md"))
    assert page.title == "Accueil : ici"
    assert page.around.tags == ("vie", "équipe")
    assert page.created_at.date().isoformat() == "2021-01-22"
    assert ("author", "multi") in page.facts
    assert "caché" not in page.html


def test_links_between_files_become_links_between_pages(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    bring(folder(tmp_path, FILES))
    top = read(cast.amel, slug_of("manuel/README.md")).html
    assert 'href="/wiki/vie-commune#h-repas"' in top
    assert 'href="/wiki/accueil-ici"' in top
    last = read(cast.amel, slug_of("manuel/vie/10-fin.md")).html
    assert 'href="/wiki/vie-commune"' in last
    assert 'href="/wiki/debut"' in last
    revise(cast.amel, slug_of("manuel/README.md"), source("le-manuel") + "\nRelu.\n")
    assert 'href="/wiki/accueil-ici"' in read(cast.amel, "le-manuel").html


def test_folders_are_parents_and_numbers_are_counted(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    bring(folder(tmp_path, FILES))
    assert [ref.title for ref in read(cast.amel, "le-manuel").around.children] == [
        "Accueil : ici",
        "Notes",
        "Vie",
    ]
    assert [ref.slug for ref in read(cast.amel, "vie").around.children] == [
        "debut",
        "10-fin",
        "vie-commune",
    ]


def test_a_table_of_contents_gives_place_and_order(app: Flask, cast: Cast, tmp_path: Path) -> None:
    files = {
        "SUMMARY.md": "# Sommaire\n\n- [Z](z.md)\n  - [B](b.md)\n  - [A](a.md)\n- [C](c.md)\n",
        **{f"{name}.md": f"# Page {name}\n" for name in "abcz"},
    }
    bring(folder(tmp_path, files))
    around = read(cast.amel, slug_of("manuel/z.md")).around
    assert [ref.title for ref in around.children] == ["Page b", "Page a"]
    roots = read(cast.amel, slug_of("manuel/")).around.children
    assert [ref.title for ref in roots] == ["Page z", "Page c", "Sommaire"]


def test_a_changed_file_updates_its_page(app: Flask, cast: Cast, tmp_path: Path) -> None:
    where = folder(tmp_path, FILES)
    bring(where)
    (where / "notes.txt").write_text("Avec un changement.\n", encoding="utf-8")
    assert bring(where).summary() == "imported 0, updated 1, unchanged 5, skipped 1"
    assert source("notes") == "Avec un changement.\n"


def test_changes_made_by_hand_survive_the_next_import(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    where = folder(tmp_path, {"a.md": "Un.\n\nDeux.\n\nTrois.\n"})
    bring(where)
    revise(cast.amel, "a", "Un à la main.\n\nDeux.\n\nTrois.\n")
    assert bring(where).unchanged == 1
    (where / "a.md").write_text("Un.\n\nDeux.\n\nTrois dans le fichier.\n", encoding="utf-8")
    assert bring(where).updated == 1
    assert source("a") == "Un à la main.\n\nDeux.\n\nTrois dans le fichier.\n"
    (where / "a.md").write_text("Un autrement.\n\nDeux.\n\nTrois.\n", encoding="utf-8")
    report = bring(where)
    assert [reason for _, reason in report.skipped] == [Reason("import.changed_on_both_sides")]
    assert source("a").startswith("Un à la main.")


def test_d10_import_cannot_change_a_rule(app: Flask, cast: Cast, tmp_path: Path) -> None:
    where = folder(tmp_path, {"a.md": "# Horaires\n\nDe neuf à cinq.\n"})
    bring(where)
    with acting(None) as tx:
        page = tx.session.query(Page).filter_by(source_path="manuel/a.md").one()
        decided = Decided("AG-2026-001", date(2026, 1, 1))
        make_rule(tx, page.id, Layer.OPERATING_RULES, "De neuf à cinq, midi compris.", decided)
    (where / "a.md").write_text("# Horaires\n\nDe dix à six.\n", encoding="utf-8")
    report = bring(where)
    assert [reason for _, reason in report.skipped] == [Reason("import.is_a_rule")]
    assert source("horaires") == "De neuf à cinq, midi compris."


def test_equal_titles_are_told_apart(app: Flask, cast: Cast, tmp_path: Path) -> None:
    files = {f"{name}/intro.md": "# Introduction\n" for name in ("cuisine", "jardin", "atelier")}
    bring(folder(tmp_path, files))
    titles = [read(cast.amel, slug_of(f"manuel/{name}")).title for name in files]
    assert sorted(titles) == ["Introduction", "Introduction (Cuisine)", "Introduction (Jardin)"]


def test_what_only_the_header_says_is_shown_and_found(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    header = "---\nname: CibNav\nperiod:\n  fr: début 2019\nrefs:\n  - link: https://x.org\n---\n"
    bring(folder(tmp_path, {"projet.md": header}))
    page = read(cast.amel, slug_of("manuel/projet.md"))
    assert page.title == "CibNav"
    assert ("period · fr", "début 2019") in page.facts
    with acting(None) as tx:
        assert "début 2019" in tx.session.get_one(Rendering, page.revision_id).plain


def test_odd_files_are_read_or_named(app: Flask, cast: Cast, tmp_path: Path) -> None:
    where = folder(tmp_path, {"bom.md": "\ufeff# Bom\n"})
    (where / "latin.md").write_bytes("# Été\n".encode("latin-1"))
    (where / "zero.md").write_bytes(b"a\x00b")
    (where / "long.md").write_text("x" * 300_001)
    (where / unicodedata.normalize("NFD", "été.md")).write_text("# Saison\n")
    (where / "lien.md").symlink_to("/etc/hostname")
    report = bring(where)
    assert report.imported == 3
    assert {path.rsplit("/", 1)[1] for path, _ in report.skipped} == {
        "zero.md",
        "long.md",
        "lien.md",
    }
    assert read(cast.amel, slug_of("manuel/latin.md")).title == "Été"
    assert read(cast.amel, slug_of("manuel/été.md")).title == "Saison"


def test_one_file_that_fails_keeps_no_other_out(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = writing.write

    def stumble(tx, page, before, text):  # type: ignore[no-untyped-def]
        if "mauvais" in text:
            raise RuntimeError("illisible")
        return original(tx, page, before, text)

    monkeypatch.setattr(writing, "write", stumble)
    report = bring(folder(tmp_path, {"a.md": "bon", "b.md": "mauvais", "c.md": "bon"}))
    assert report.imported == 2
    assert report.skipped == [("manuel/b.md", Reason("import.failed", "RuntimeError: illisible"))]


def test_an_interrupted_import_is_completed_by_the_next(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    where = folder(tmp_path, FILES)
    with acting(None) as tx:
        importing.bring_in(tx, plan(read_folder(where)), Target("workers"), Report())
    assert bring(where).unchanged == 6
    assert "vie-commune" in read(cast.amel, "le-manuel").html


def test_looking_first_writes_nothing(app: Flask, cast: Cast, tmp_path: Path) -> None:
    report, reader = Report(), as_reader(cast.amel)
    for page in plan(read_folder(folder(tmp_path, FILES))):
        steps.count(report, steps.step_for(reader, page))
    assert report.imported == 6
    assert reader.session.query(Page).count() == 0


def test_paths_lead_to_files_in_every_form() -> None:
    here = "m/files/a/b.md"
    assert "m/files/a/c.md" in files_meant(here, "c.html")
    assert "m/files/c.md" in files_meant(here, "../c.md")
    assert "m/files/a/été.md" in files_meant(here, "%C3%A9t%C3%A9.md")
    assert "m/files/texts/c.md" in files_meant(here, "/team?item=.%2Ftexts%2Fc.md")
    assert "m:vie/commune" in files_meant(here, "/vie/commune/")
    assert "m/files/a/d/README.md" in files_meant(here, "d/")


@pytest.mark.parametrize(
    ("name", "imported", "skipped"),
    [
        ("seeds", 3, 0),
        ("wiki-fr-multi", 141, 3),
        ("wiki-fr-etalab", 56, 0),
        ("wiki-en-loomio", 44, 0),
    ],
)
def test_real_sets_are_imported_whole(
    app: Flask, cast: Cast, name: str, imported: int, skipped: int
) -> None:
    if not (DATA / name).is_dir():
        pytest.skip(f"the data set {name} is not here")
    report = bring(DATA / name)
    assert (report.imported, len(report.skipped)) == (imported, skipped)
    assert {reason for _, reason in report.skipped} <= {Reason("import.empty")}
    again = bring(DATA / name)
    assert (again.imported, again.updated, again.unchanged) == (0, 0, imported)
    with acting(None) as tx:
        broken = (
            tx.session.query(PageLink.target)
            .filter(PageLink.target_page_id.is_(None), PageLink.kind == "path")
            .all()
        )
    assert not [t for (t,) in broken if t.endswith((".md", ".html")) and "texts%2Fteam" not in t]


def test_a_tag_of_another_program_calls_a_text_a_working_version(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    bring(folder(tmp_path, {"charte.md": "---\ntags: [Version de travail]\n---\nUn.\n"}))
    assert read(cast.amel, slug_of("manuel/charte.md")).is_working
