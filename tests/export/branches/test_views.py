"""Pages leave the browser as Markdown, as a site and as a document, for who may read them."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

import pytest
from flask import Flask

from intranet.core import stored_files
from intranet.web import pdf
from intranet.wiki.addresses import file_address
from intranet.wiki.attachments.service import attach_to_page
from intranet.wiki.service import archive_page
from tests.cast import Cast, Client, acting
from tests.wiki.writing import page_id, revise, rule, write

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
FORMS = ("markdown.zip", "site.zip", "document")


@pytest.fixture
def pages(app: Flask, cast: Cast) -> dict[str, str]:
    """A branch with a picture, a page reserved to members below it, an archived one, a rule."""
    top = write(cast.amel, "Le four", "x")
    number = page_id(top)
    below = write(cast.amel, "Notice & sécurité", "[[Le four]] [[Caché]].", parent_id=number)
    write(cast.amel, "Caché", "Un secret.", audience="members", parent_id=number)
    old = write(cast.amel, "Vieille notice", "Périmé.", parent_id=number)
    old_id = page_id(old)
    rule("Horaires", "De neuf à cinq.")
    with acting(cast.amel) as tx:
        archive_page(tx, old_id, "périmée")
        stored = stored_files.keep(io.BytesIO(PNG), 1000)
        laid = attach_to_page(tx, number, "four.png", stored)
    address = file_address(laid.file_id, laid.name)
    text = f"![Le four]({address})\n\n# Gants\n\n[[Notice & sécurité#x]] [[Horaires]]\n"
    revise(cast.amel, top, text)
    return {"top": top, "below": below, "address": address}


def unzipped(client: Client, path: str) -> dict[str, str]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    with ZipFile(io.BytesIO(answer.get_data())) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def test_i2_no_form_holds_what_its_reader_may_not_see(
    client: Client, pages: dict[str, str]
) -> None:
    for name, may in (("amel", True), ("chloe", False)):
        browser = client.sign_in(name)
        for form in FORMS:
            path = f"/export/pages/{form}?page={pages['top']}"
            said = "".join(unzipped(browser, path).values()) if "zip" in form else ""
            said = said or browser.get(path).get_data(as_text=True)
            assert ("Un secret" in said) is may, (name, form)
    assert client.get("/export/pages/site.zip?page=cache").status_code == 404
    assert client.sign_in("farid").get(f"/export/pages?page={pages['top']}").status_code == 404


def test_the_site_has_relative_links_a_table_of_contents_and_its_files(
    client: Client, pages: dict[str, str]
) -> None:
    site = unzipped(client.sign_in("chloe"), f"/export/pages/site.zip?page={pages['top']}")
    assert set(site) == {
        "index.html",
        "style.css",
        "le-four.html",
        "notice-securite.html",
        "files/1-four.png",
    }
    for name, text in site.items():
        if name.endswith(".html"):
            for target in re.findall(r'(?:href|src)="([^"#]+)', text):
                assert target in site or target.startswith("http://localhost/"), (name, target)
    top = site["le-four.html"]
    assert 'src="files/1-four.png"' in top
    assert 'href="notice-securite.html#' in top
    assert 'href="http://localhost/wiki/horaires"' in top
    assert 'href="le-four.html"' in site["notice-securite.html"]
    assert "Notice &amp; sécurité" in site["index.html"]
    assert "block__actions" not in "".join(site.values())


def test_the_document_has_one_name_for_each_place(client: Client, pages: dict[str, str]) -> None:
    said = client.sign_in("amel").get("/export/pages/document").get_data(as_text=True)
    names = re.findall(r'\sid="([^"]+)"', said)
    assert len(names) == len(set(names))
    assert 'href="#page-horaires"' in said
    assert "De neuf à cinq" in said
    assert "block__action" not in said, "nothing is proposed on paper"
    assert "Périmé" not in said
    inside = set(re.findall(r'href="#(page-[^"]+)"', said))
    assert inside <= set(names)


def test_pages_offer_their_export(client: Client, pages: dict[str, str]) -> None:
    browser = client.sign_in("amel")
    assert "/export/pages?page=le-four" in browser.get("/wiki/le-four").get_data(as_text=True)
    said = browser.get("/export/pages?page=le-four").get_data(as_text=True)
    assert "/export/pages/markdown.zip?page=le-four&amp;alone=1" in said
    alone = unzipped(browser, "/export/pages/markdown.zip?page=le-four&alone=1")
    assert set(alone) == {"wiki/le-four.md", "wiki/le-four.files/four.png"}
    archived = browser.get("/export/pages/document?page=vieille-notice").get_data(as_text=True)
    assert "Périmé" in archived


def test_the_pdf_of_a_branch_is_tagged(client: Client, pages: dict[str, str]) -> None:
    if not pdf.is_available():
        pytest.skip("the extra pdf or the library Pango is not installed")
    answer = client.sign_in("amel").get(f"/export/pages/document.pdf?page={pages['top']}")
    assert answer.get_data().startswith(b"%PDF-")


def test_without_weasyprint_the_page_says_how_to_print(
    client: Client, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_library", lambda: None)
    browser = client.sign_in("amel")
    assert "document.pdf" not in browser.get("/export/pages").get_data(as_text=True)
    assert browser.get("/export/pages/document.pdf").status_code == 404
