"""Files of pages: versions, the rights of their page at each access, nothing that runs."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from intranet.audit.checks import checks
from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from intranet.wiki import service
from tests.cast import Cast, Client, acting
from tests.wiki.writing import page_id, revise, write

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(1)</script>"


def picture(size: tuple[int, int] = (1200, 900), **more: Any) -> bytes:
    """A photograph made here, which says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Nour"
    kept = io.BytesIO()
    Image.new("RGB", size, "teal").save(kept, more.pop("kind", "JPEG"), exif=exif, **more)
    return kept.getvalue()


def send(browser: Client, slug: str, name: str, content: bytes, **more: Any) -> Any:
    """A file sent as the editor sends it."""
    fields = {"file": (io.BytesIO(content), name), "csrf_token": browser.token()}
    headers = {"Accept": "application/json"} | more
    return browser.post(f"/wiki/{slug}/files", data=fields, headers=headers)


def fetched(browser: Client, path: str) -> Any:
    """An answer read to its end and closed, as a browser does."""
    return browser.get(path, buffered=True)


def another(client: Client, name: str) -> Client:
    other = client.application.test_client()
    assert isinstance(other, Client)
    return other.sign_in(name)


@pytest.fixture
def slug(cast: Cast) -> str:
    return write(cast.amel, "Le four", "Un four.")


def test_the_editor_gets_what_it_puts_into_the_text(client: Client, cast: Cast, slug: str) -> None:
    browser = client.sign_in("amel")
    answer = send(browser, slug, "plan [v2].jpg", picture())
    assert answer.status_code == 201
    url = answer.json["url"]
    assert answer.json == {
        "url": url,
        "name": "plan [v2].jpg",
        "image": True,
        "markdown": f"![plan \\[v2\\].jpg]({url})",
    }
    text = send(browser, slug, "Devis.txt", b"12 euros").json
    assert text["markdown"] == f"[Devis.txt]({text['url']})"
    assert not text["image"]
    revise(cast.amel, slug, f"Voir {answer.json['markdown']} et {text['markdown']}.")
    shown = browser.get(f"/wiki/{slug}").get_data(as_text=True)
    assert f'<img alt="plan [v2].jpg" loading="lazy" src="{url}">' in shown
    assert f'<a href="{text["url"]}">Devis.txt</a>' in shown
    policy = browser.get(f"/wiki/{slug}").headers["Content-Security-Policy"]
    assert "img-src 'self'" in policy


def test_a_script_is_refused_in_a_sentence(client: Client, cast: Cast, slug: str) -> None:
    browser = client.sign_in("amel")
    none = browser.post(
        f"/wiki/{slug}/files",
        data={"csrf_token": browser.token()},
        headers={"Accept": "application/json"},
    )
    assert (none.status_code, sorted(none.json or {})) == (422, ["error"])
    forged = browser.post(f"/wiki/{slug}/files", headers={"Accept": "application/json"})
    assert (forged.status_code, sorted(forged.json or {})) == (400, ["error"])
    assert send(browser, "nulle-part", "x", b"x").status_code == 404
    farid = another(client, "farid")
    opened = write(cast.amel, "Ouverte", audience="open")
    refused = send(farid, opened, "x.txt", b"x")
    assert (refused.status_code, list(refused.json)) == (403, ["error"])
    extensions = client.application.extensions
    extensions["settings"] = replace(extensions["settings"], max_file_megabytes=1)
    too_large = send(browser, slug, "x.bin", b"x" * (1024 * 1024 + 1))
    assert (too_large.status_code, list(too_large.json)) == (422, ["error"])


def test_a_new_file_of_the_same_name_is_a_new_version_and_the_old_one_is_kept(
    client: Client, slug: str
) -> None:
    browser = client.sign_in("amel")
    url = send(browser, slug, "Devis.pdf", b"%PDF-1 un").json["url"]
    assert send(browser, slug, "DEVIS.pdf", b"%PDF-1 deux").json["url"] == url
    assert send(browser, slug, "Devis.pdf", b"%PDF-1 deux").json["url"] == url
    assert fetched(browser, url).data == b"%PDF-1 deux"
    number = url.split("/")[3]
    shown = browser.get(f"/wiki/files/{number}").get_data(as_text=True)
    versions = re.findall(rf"/wiki/files/{number}/[^?]+\?version=(\d+)", shown)
    assert len(versions) == 2
    assert fetched(browser, f"{url}?version={versions[-1]}").data == b"%PDF-1 un"
    assert fetched(browser, f"{url}?version=99").status_code == 404


def test_x3_what_could_run_is_only_saved(client: Client, slug: str) -> None:
    browser = client.sign_in("amel")
    polyglot = b"GIF89a/*" + HTML
    for name, content in (("a.svg", SVG), ("a.png", HTML), ("a.html", SVG), ("b.gif", polyglot)):
        url = send(browser, slug, name, content).json["url"]
        got = fetched(browser, url)
        assert got.data == content
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Content-Security-Policy"].startswith("sandbox;")
        kind = got.headers["Content-Type"]
        is_shown = got.headers["Content-Disposition"].startswith("inline")
        assert (kind, is_shown) == (
            ("image/gif", True) if name == "b.gif" else ("application/octet-stream", False)
        )


@pytest.mark.parametrize(
    "path",
    [
        "/wiki/files/1/../../../../etc/passwd",
        "/wiki/files/1/..%2f..%2f..%2fetc%2fpasswd",
        "/wiki/files/1/%252e%252e%252fetc%252fpasswd",
        "/wiki/files//etc/passwd",
        "/wiki/files/1%00/x",
        "/wiki/files/-1/x",
        "/wiki/files/1/x?version=../../secret-key",
        "/wiki/files/1/x?version=--output=x",
        "/wiki/files/1/x?size=../../secret-key",
    ],
)
def test_x2_no_address_leads_out_of_the_files(client: Client, slug: str, path: str) -> None:
    browser = client.sign_in("amel")
    name = "../../../../secret-key\x1b"
    url = send(browser, slug, name, b"des mots").json["url"]
    assert url == "/wiki/files/1/secret-key"
    got = fetched(browser, path)
    assert got.status_code in (200, 308, 400, 404)
    if got.status_code == 200:
        assert got.data == b"des mots"


def test_a_small_picture_holds_pixels_only_and_a_bomb_is_not_opened(
    client: Client, slug: str
) -> None:
    browser = client.sign_in("amel")
    large = picture()
    assert b"Appareil de Nour" in large
    url = send(browser, slug, "four.jpg", large).json["url"]
    small = fetched(browser, f"{url}?size=small")
    assert small.headers["Content-Security-Policy"].startswith("sandbox;")
    assert b"Exif" not in small.data
    assert Image.open(io.BytesIO(small.data)).size == (480, 360)
    bomb = send(browser, slug, "bombe.png", picture((6000, 6000), kind="PNG")).json["url"]
    assert fetched(browser, f"{bomb}?size=small").status_code == 404
    broken = send(browser, slug, "cassé.png", b"\x89PNG\r\n\x1a\n" + HTML).json["url"]
    assert fetched(browser, f"{broken}?size=small").status_code == 404
    assert browser.get(f"/wiki/{slug}/files").status_code == 200


def test_the_rights_of_the_page_count_at_each_access(client: Client, cast: Cast, slug: str) -> None:
    browser, chloe = client.sign_in("amel"), another(client, "chloe")
    url = send(browser, slug, "four.jpg", picture()).json["url"]
    number = url.split("/")[3]
    elsewhere = write(cast.amel, "Ailleurs", f"Voir ![four]({url}).")
    browser.submit(f"/wiki/{slug}/renaming", title="Le grand four", seen=_seen(browser, slug))
    browser.submit("/wiki/le-grand-four/place", parent=page_id(elsewhere))
    addresses = (url, f"{url}?size=small", f"{url}?version=1", f"/wiki/files/{number}")
    assert [fetched(chloe, one).status_code for one in addresses] == [200] * 4
    assert f'src="{url}"' in chloe.get(f"/wiki/{elsewhere}").get_data(as_text=True)
    number_of_page = page_id("le-grand-four")
    with acting(cast.amel) as tx:
        service.set_audience(tx, number_of_page, "members")
    assert [fetched(chloe, one).status_code for one in addresses] == [404] * 4
    assert f'src="{url}"' not in chloe.get(f"/wiki/{elsewhere}").get_data(as_text=True)
    assert fetched(browser, url).status_code == 200
    assert send(chloe, "le-grand-four", "x.txt", b"x").status_code == 404
    for step in ("removal", "return"):
        assert chloe.submit(f"/wiki/files/{number}/{step}").status_code == 404


def _seen(browser: Client, slug: str) -> str:
    page = browser.get(f"/wiki/{slug}/settings").get_data(as_text=True)
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return found[1]


def test_removing_tells_where_a_file_is_used_hides_it_and_can_be_undone(
    client: Client, cast: Cast, slug: str
) -> None:
    browser = client.sign_in("amel")
    url = send(browser, slug, "four.jpg", picture()).json["url"]
    number = url.split("/")[3]
    revise(cast.amel, slug, f"Voir ![four]({url}).")
    asked = browser.get(f"/wiki/files/{number}").get_data(as_text=True)
    assert "Le four" in asked.split("</h1>")[1]
    assert "band--warn" in asked
    browser.submit(f"/wiki/files/{number}/removal")
    assert fetched(browser, url).status_code == 404
    assert f'src="{url}"' not in browser.get(f"/wiki/{slug}").get_data(as_text=True)
    browser.submit(f"/wiki/files/{number}/return")
    assert fetched(browser, url).status_code == 200
    assert f'src="{url}"' in browser.get(f"/wiki/{slug}").get_data(as_text=True)


def test_the_audit_knows_the_files_of_pages(client: Client, app: Flask, slug: str) -> None:
    send(client.sign_in("amel"), slug, "Devis.pdf", b"%PDF-1 un")
    (kept,) = (Path(app.instance_path) / "files").iterdir()
    kept.write_bytes(b"%PDF-1 autre")
    with app.app_context():
        look = reader(SYSTEM)
        found = {one.name: list(one.problems) for one in checks(look)}
        look.session.rollback()
    said = found["files are there, to the byte"]
    assert said == [f"the file Devis.pdf of page {slug} is altered ({kept.name})"]
