"""Archives of every form become pages with their files, and hostile ones are refused."""

from __future__ import annotations

import io
import json
import shutil
import stat
import unicodedata
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from flask import Flask

from intranet.wiki.attachments.queries import files_of
from intranet.wiki.formats import gathering
from intranet.wiki.formats.html_markdown import as_markdown
from intranet.wiki.formats.raw import Reason, Unusable
from intranet.wiki.imports.reading import Form, form_of, found_in, opened
from intranet.wiki.imports.report import Report, Target
from intranet.wiki.imports.worker import Load, carry_out
from intranet.wiki.service import set_audience
from tests.cast import Cast, acting, as_reader
from tests.wiki.imports.test_service import slug_of
from tests.wiki.writing import page_id, read, source

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
Files = dict[str, bytes | str]


def packed(files: Files) -> io.BytesIO:
    """A ZIP file in memory."""
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return content


def bring(content: io.BytesIO, name: str = "envoi.zip", actor: int | None = None) -> Report:
    """The archive brought in, whatever wrote it."""
    with opened(content, name) as gathered:
        found = found_in(gathered, form_of(gathered))
        load = Load(found, Target("workers"), actor, 1_000_000)
        return carry_out(load, lambda _word, _done, _total: None)


def names_beside(cast: Cast, slug: str) -> list[str]:
    return [file.name for file in files_of(as_reader(cast.amel), page_id(slug))]


VAULT: Files = {
    "Coffre/.obsidian/app.json": "{}",
    "Coffre/Accueil.md": "Voir [[Réunions/Lundi|lundi]], [[Café]] et ![[plan d'accès.png|300]].\n"
    "#accueil `![[plan d'accès.png]]` ![[absente.png]]\n",
    "Coffre/Café.md": "---\naliases: [Pause]\ntags: [vie]\n---\n# Un autre titre\n[[Pause]]\n",
    "Coffre/Réunions/Lundi.md": "Chaque lundi.\n",
    "Coffre/pièces/plan d'accès.png": PNG,
}


def test_an_obsidian_vault_keeps_names_links_tags_and_pictures(app: Flask, cast: Cast) -> None:
    report = bring(packed(VAULT))
    assert (report.imported, report.files, report.skipped) == (3, 1, [])
    home = read(cast.amel, "accueil")
    assert 'href="/wiki/lundi"' in home.html
    assert 'href="/wiki/cafe"' in home.html
    assert 'src="/wiki/files/1/plan%20d%27acc%C3%A8s.png"' in home.html
    assert "![[absente.png]]" in source("accueil")
    assert home.around.tags == ("accueil",)
    assert names_beside(cast, "accueil") == ["plan d'accès.png"]
    cafe = read(cast.amel, "cafe")
    assert cafe.title == "Café"
    assert 'href="/wiki/cafe"' in cafe.html
    again = bring(packed(VAULT))
    assert (again.unchanged, again.files, again.updated) == (3, 0, 0)
    assert bring(packed(VAULT | {"Coffre/pièces/plan d'accès.png": PNG + b"2"})).files == 1
    assert [file.versions for file in files_of(as_reader(cast.amel), page_id("accueil"))] == [2]


def test_an_outline_export_keeps_its_collections_and_uploads(app: Flask, cast: Cast) -> None:
    files: Files = {
        "Vie/Guide.md": "# Guide\n\n[Suite](Guide/Plus%20loin.md) ![](uploads/a/b/photo.png)\n",
        "Vie/Guide/Plus loin.md": "# Plus loin\n\n[Retour](../Guide.md)\n",
        "Vie/uploads/a/b/photo.png": PNG,
        "Métier/Bois.md": "# Bois\n",
    }
    report = bring(packed(files), "outline.zip")
    assert (report.imported, report.files, report.skipped) == (3, 1, [])
    guide = read(cast.amel, "guide")
    assert "/wiki/plus-loin" in guide.html
    assert "/wiki/files/1/photo.png" in guide.html
    assert [ref.title for ref in guide.around.children] == ["Plus loin"]
    assert [ref.title for ref in guide.around.ancestors][-1] == "Vie"


BOOK = {
    "book": {
        "id": 8,
        "name": "Le manuel",
        "description_html": "<p>Tout <b>ce qu’il faut</b></p>",
        "pages": [
            {
                "id": 40,
                "name": "Fours",
                "priority": 2,
                "markdown": "Voir [[bsexport:page:41]]… [ici]([[bsexport:page:41]])\n\n"
                "![four]([[bsexport:image:f1.png]])",
                "images": [{"id": 1, "name": "four", "file": "f1.png", "type": "gallery"}],
                "attachments": [{"name": "Notice", "file": "n1"}, {"name": "x", "file": "perdu"}],
                "tags": [{"name": "lieu", "value": "atelier"}],
            }
        ],
        "chapters": [
            {
                "id": 2,
                "name": "Sécurité",
                "priority": 1,
                "pages": [
                    {
                        "id": 41,
                        "name": "Gants",
                        "html": "<h2>Gants</h2><p>Les <em>porter</em>, <a href="
                        '"[[bsexport:page:40]]">au four</a>.</p><ul><li>un<ul><li>deux</li></ul>'
                        "</li></ul>",
                    }
                ],
            }
        ],
    }
}


def test_a_bookstack_export_keeps_chapters_links_tags_and_files(app: Flask, cast: Cast) -> None:
    files: Files = {"data.json": json.dumps(BOOK), "files/f1.png": PNG, "files/n1": b"%PDF-1"}
    report = bring(packed(files), "manuel.zip")
    assert (report.imported, report.files) == (4, 2)
    assert report.skipped == [("manuel/files/perdu", Reason("import.missing"))]
    book = read(cast.amel, "le-manuel")
    assert [ref.title for ref in book.around.children] == ["Sécurité", "Fours"]
    oven = read(cast.amel, "fours")
    assert 'href="/wiki/gants"' in oven.html
    assert "/wiki/files/" in oven.html
    assert oven.around.tags == ("lieu: atelier",)
    assert names_beside(cast, "fours") == ["four.png", "Notice"]
    assert 'href="/wiki/fours"' in read(cast.amel, "gants").html
    assert bring(packed(files), "manuel.zip").unchanged == 4


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<h1>T</h1><p>a<br>b</p>", "# T\n\na\\\nb\n"),
        ("<ol><li>un</li><li><p>deux</p></li></ol><p>x</p>", "1. un\n1. deux\n\nx\n"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c\n"),
        ("<blockquote><p>a</p></blockquote>", "> a\n"),
        ("<pre><code>x *y*\n z</code></pre>", "```\nx *y*\n z\n```\n"),
        ("<table><tr><th>A</th></tr><tr><td>1|2</td></tr></table>", "| A |\n| --- |\n| 1\\|2 |\n"),
        ("<p><code>a*b</code> * <script>x()</script>1. y</p>", "`a*b` \\* 1. y\n"),
        ("<p># non</p>", "\\# non\n"),
    ],
)
def test_simple_html_becomes_markdown(html: str, written: str) -> None:
    assert as_markdown(html) == written


def test_a_dokuwiki_comes_in_with_its_media(app: Flask, cast: Cast) -> None:
    files: Files = {
        "data/pages/start.txt": "====== Bienvenue ======\n{{vie:four.png|Le four}} [[vie:four]]\n",
        "data/pages/vie/four.txt": "====== Le four ======\nChaud.\n",
        "data/media/vie/four.png": PNG,
    }
    report = bring(packed(files), "doku.zip")
    assert (report.imported, report.files, report.skipped) == (2, 1, [])
    assert "/wiki/files/1/four.png" in read(cast.amel, "bienvenue").html
    assert 'href="/wiki/le-four"' in read(cast.amel, "bienvenue").html


def test_a_document_needs_pandoc_and_says_so(app: Flask, cast: Cast, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    report = bring(packed({"d/a.md": "A", "d/lettre.docx": b"PK"}))
    assert report.skipped == [("d/lettre.docx", Reason("import.no_pandoc"))]


def test_a_document_comes_in_through_pandoc(app: Flask, cast: Cast, tmp_path: Path) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    document = pytest.importorskip("docx").Document()
    document.add_heading("Compte rendu", 1)
    document.add_paragraph("Décidé à l’unanimité.")
    document.save(str(tmp_path / "lettre.docx"))
    bring(packed({"d/lettre.docx": (tmp_path / "lettre.docx").read_bytes(), "d/a.md": "A"}))
    assert "# Compte rendu" in source(slug_of("d/lettre.docx"))


def member(name: str, mode: int = 0) -> ZipInfo:
    """A file of an archive with a name or a mode that no honest program writes."""
    info = ZipInfo("x")
    info.filename = info.orig_filename = name
    info.external_attr = mode << 16
    return info


@pytest.mark.parametrize(
    ("info", "code"),
    [
        (member("../dehors.md"), "import.unsafe_path"),
        (member("a/../../dehors.md"), "import.unsafe_path"),
        (member("/etc/passwd"), "import.unsafe_path"),
        (member("C:\\autoexec.md"), "import.unsafe_path"),
        (member("..\\dehors.md"), "import.unsafe_path"),
        (member("nul\x00.md"), "import.unsafe_path"),
        (member("lien.md", stat.S_IFLNK | 0o777), "import.link"),
        (member("./bon.md"), "import.doubled"),
    ],
)
def test_x2_a_path_that_leads_elsewhere_stays_outside(
    app: Flask, cast: Cast, info: ZipInfo, code: str
) -> None:
    content = packed({"bon.md": "Bon.", "autre/bon.md": "Bon aussi."})
    with ZipFile(content, "a") as archive:
        archive.writestr(info, "mauvais")
    report = bring(content)
    assert [reason.code for _, reason in report.skipped] == [code]
    assert report.imported == 2


def test_x2_a_bomb_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_MEGABYTES", 1)
    with pytest.raises(Unusable, match="too_large"), opened(packed({"a.md": b"0" * 2**21})):
        pass
    monkeypatch.setattr(gathering, "MOST_FILES", 2)
    with pytest.raises(Unusable, match="too_many"), opened(packed(dict.fromkeys("abc", "x"))):
        pass
    with pytest.raises(Unusable, match="no_zip"), opened(io.BytesIO(b"no archive")):
        pass


def test_n4_names_of_a_mac_are_those_of_everybody(app: Flask, cast: Cast) -> None:
    names = [unicodedata.normalize("NFD", name).encode() for name in ("Été/Réunion.md", "É/a.md")]
    marks = [letter * len(name) for letter, name in zip("XY", names, strict=True)]
    raw = packed(dict.fromkeys(marks, "[même](Réunion.md)")).getvalue()
    for mark, name in zip(marks, names, strict=True):
        # Archives of a Mac hold UTF-8 without the flag that says so.
        raw = raw.replace(mark.encode(), name)
    content = io.BytesIO(raw)
    assert bring(content).imported == 2
    assert read(cast.amel, slug_of("envoi/Été/Réunion.md")).title == "Réunion"
    assert "red-link" not in read(cast.amel, slug_of("envoi/Été/Réunion.md")).html
    composed: Files = {"Été/Réunion.md": "[même](Réunion.md)", "É/b.md": "B."}
    assert bring(packed(composed)).unchanged == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"a\x00b", "import.zero_bytes"),
        (b"moiti\xc3\xa9 \xed\xa0\x80", "import.half_letters"),
        (b"x" * 1_000_000, "import.too_long"),
        (b" \r\n ", "import.empty"),
    ],
)
def test_x5_what_is_no_text_is_refused_with_a_reason(
    app: Flask, cast: Cast, body: bytes, code: str
) -> None:
    report = bring(packed({"d/a.md": "Bon.", "d/b.md": body}))
    assert [(path, reason.code) for path, reason in report.skipped] == [("d/b.md", code)]


def test_x5_other_codings_and_line_ends_survive(app: Flask, cast: Cast) -> None:
    texts = {"latin": "Été\r\n".encode("latin-1"), "bom": "\ufeffÉté\r\n".encode(), "cr": b"A\rB"}
    bring(packed({f"d/{name}.md": body for name, body in texts.items()}))
    assert source(slug_of("d/latin.md")) == source(slug_of("d/bom.md")) == "Été\r\n"
    assert source(slug_of("d/cr.md")) == "A\rB"


def test_a_form_that_is_named_must_be_that_form() -> None:
    with opened(packed({"a.md": "x"})) as gathered:
        for form in (Form.BOOKSTACK, Form.DOKUWIKI):
            with pytest.raises(Unusable):
                found_in(gathered, form)


def test_i1_an_import_asks_for_each_page_what_its_person_may(app: Flask, cast: Cast) -> None:
    bring(packed({"d/a.md": "Un.", "d/b.md": "Deux."}))
    closed = page_id("b")
    with acting(cast.amel) as tx:
        set_audience(tx, closed, "members")
    report = bring(packed({"d/a.md": "Un bis.", "d/b.md": "Deux bis."}), actor=cast.chloe)
    assert report.updated == 1
    assert report.skipped == [("d/b.md", Reason("import.not_open"))]
