"""The register leaves in every form with what this person may see, and nothing else."""

from __future__ import annotations

import io
import json
import re
import zlib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from flask import Flask

from intranet.core.texts import text_digest
from intranet.decisions.effects import link
from intranet.web import pdf
from tests.cast import Cast, Client, acting
from tests.decisions.register import entered

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "decisions.schema.json").read_text(encoding="utf-8")
)
TYPES = {"string": str, "integer": int, "array": list, "object": dict, "null": type(None)}


@pytest.fixture
def numbers(cast: Cast) -> tuple[str, str]:
    """An open decision, and a closed one that it replaces."""
    with acting(cast.amel) as tx:
        closed = entered(tx, cast, "=Secret de maison", audience="members").number
        text = "## Un four\n\n[Voir](#un-four) ![](https://elsewhere.example/x.png)"
        opened = entered(tx, cast, "Deux fours", text=text, tags=("cuisine",)).number
        link(tx, opened, closed, "supersedes")
    return opened, closed


def read(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return bytes(answer.get_data())


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value is as this part of the description says: types, names, patterns."""
    schema = {**schema, **_named(schema.get("$ref", ""))}
    if "enum" in schema or "const" in schema:
        return value in schema.get("enum", [schema.get("const")])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not isinstance(value, tuple(TYPES[kind] for kind in kinds)):
        return False
    if isinstance(value, str):
        return re.search(schema.get("pattern", ""), value) is not None
    if isinstance(value, list):
        return all(fits(one, schema["items"]) for one in value)
    if isinstance(value, dict) and "properties" in schema:
        return set(value) == set(schema["properties"]) and all(
            fits(one, schema["properties"][name]) for name, one in value.items()
        )
    return True


def _named(reference: str) -> dict[str, Any]:
    return SCHEMA["$defs"][reference.rpartition("/")[2]] if reference else {}


def test_the_json_is_as_its_description_says(
    client: Client, cast: Cast, numbers: tuple[str, str]
) -> None:
    found = json.loads(read(client.sign_in("amel"), "/export/decisions.json"))
    assert fits(found, SCHEMA)
    assert {one["number"] for one in found["decisions"]} == set(numbers)
    assert all(text_digest(one["text"]) == one["text_digest"] for one in found["decisions"])
    assert found["links"] == [{"from": numbers[0], "kind": "supersedes", "to": numbers[1]}]
    found["decisions"][0]["result"] = "perhaps"
    assert not fits(found, SCHEMA)


def test_i2_every_form_holds_only_what_this_person_may_see(
    client: Client, cast: Cast, numbers: tuple[str, str]
) -> None:
    opened, closed = numbers
    hidden = (b"Secret de maison", closed.encode())
    paths = ("/export/decisions.json", "/export/register", "/decisions/export.csv")
    for name, may in (("amel", True), ("chloe", False)):
        browser = client.sign_in(name)
        contents = [read(browser, path) for path in paths]
        archive = ZipFile(io.BytesIO(read(browser, "/export/decisions.zip")))
        contents.append(b"\n".join(archive.read(one) for one in archive.namelist()))
        for content in contents:
            assert opened.encode() in content
            assert [words in content for words in hidden] == [may, may]


def test_the_text_files_hold_facts_words_and_no_formula(
    client: Client, cast: Cast, numbers: tuple[str, str]
) -> None:
    browser = client.sign_in("amel")
    content = read(browser, "/export/decisions.zip")
    assert read(browser, "/export/decisions.zip") == content
    archive = ZipFile(io.BytesIO(content))
    _, header, body = archive.read(f"decisions/{numbers[0]}.md").decode().split("---\n", 2)
    facts = yaml.safe_load(header)
    assert (facts["number"], facts["tags"]) == (numbers[0], ["cuisine"])
    assert text_digest(body.removeprefix("\n")) == facts["text_digest"]
    assert "'=Secret de maison" in archive.read("decisions.csv").decode()
    assert "'=Secret de maison" in read(browser, "/decisions/export.csv").decode()


def test_the_document_to_print_has_one_name_for_each_place(
    client: Client, cast: Cast, numbers: tuple[str, str]
) -> None:
    said = read(client.sign_in("amel"), "/export/register").decode()
    names = re.findall(r'\sid="([^"]+)"', said)
    assert len(names) == len(set(names))
    assert f'href="#{numbers[0]}-h-un-four"' in said
    assert re.search(rf'<h4 id="{numbers[0]}-h-un-four">', said)
    assert numbers[1] not in read(client, "/export/register?year=1968").decode()


def test_without_weasyprint_pages_say_how_to_print(
    client: Client, cast: Cast, numbers: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_library", lambda: None)
    browser = client.sign_in("amel")
    said = read(browser, "/export").decode()
    assert "register.pdf" not in said
    assert "PDF" in said
    assert browser.get("/export/register.pdf").status_code == 404


def test_the_pdf_is_tagged_and_asks_nobody_else(
    app: Flask, client: Client, cast: Cast, numbers: tuple[str, str]
) -> None:
    if not pdf.is_available():
        pytest.skip("the extra pdf or the library Pango is not installed")
    content = read(client.sign_in("amel"), "/export/register.pdf")
    assert content.startswith(b"%PDF-")
    parts = b"".join(
        zlib.decompressobj().decompress(part)
        for part in re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)endstream", content, re.DOTALL)
    )
    assert b"/StructTreeRoot" in parts + content
    assert b"pdfuaid" in parts + content


def test_a_register_that_would_take_long_is_made_year_by_year(
    client: Client, cast: Cast, numbers: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "LONGEST", 10)
    answer = client.sign_in("amel").get("/export/register.pdf")
    assert (answer.status_code, answer.location) == (303, "/export/register")
    assert 'href="/export/register?year=2026"' in read(client, "/export/register").decode()


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/x.png",
        "http://intranet.invalid/decisions",
        "http://intranet.invalid/static/../pyproject.toml",
        "http://intranet.invalid/static/%2e%2e/pyproject.toml",
        "file:///etc/passwd",
        "//elsewhere.example/static/css/main.css",
    ],
)
def test_nothing_but_our_static_files_is_read_for_a_pdf(app: Flask, url: str) -> None:
    class Library:
        class urls:  # noqa: N801
            URLFetcherResponse = tuple

    fetch = pdf._OnlyOurs(Library, Path(app.static_folder or ""))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not a file of this page"):
        fetch(url)
