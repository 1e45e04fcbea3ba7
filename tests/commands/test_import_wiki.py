"""intranet import-wiki: a folder comes in once, and each file that stays out has its reason."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intranet.core.db import db
from intranet.core.events import EventRow
from intranet.wiki.models import Page, Revision
from tests.cast import Cast
from tests.commands.console import Console

FILES = {
    "README.md": "# Le manuel\n\nVoir [la vie](vie.md).\n",
    "vie.md": "---\ntags: [repas]\n---\n# Vie commune\n\nLe tournevis revient au mur.\n",
    "vide.md": "\n",
    "photo.png": "x",
}
SUMMARY = re.compile(r"imported \d+, updated \d+, unchanged \d+, skipped \d+")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two texts, an empty one and something else."""
    found = tmp_path / "manuel"
    found.mkdir()
    for name, text in FILES.items():
        (found / name).write_text(text, encoding="utf-8")
    return found


def lines(console: Console, *words: object) -> list[str]:
    printed = console.call("import-wiki", *words).output.splitlines()
    db.session.rollback()
    assert SUMMARY.fullmatch(printed[-1])
    return printed


def kept() -> tuple[int, ...]:
    """How many pages, revisions and events there are."""
    counts = [select(func.count()).select_from(model) for model in (Page, Revision, EventRow)]
    found = tuple(db.session.scalar(count) or 0 for count in counts)
    db.session.rollback()
    return found


def test_each_file_is_counted_and_each_one_left_out_has_its_reason(
    cast: Cast, console: Console, folder: Path
) -> None:
    assert lines(console, folder) == [
        "skipped manuel/vide.md: empty file",
        "files laid beside pages: 1",
        "imported 2, updated 0, unchanged 0, skipped 1",
    ]


def test_a_dry_run_says_the_same_and_keeps_nothing(
    cast: Cast, console: Console, folder: Path
) -> None:
    before = kept()
    said = lines(console, folder, "--dry-run")
    assert kept() == before
    assert said == lines(console, folder)
    assert kept() > before


def test_a_second_run_changes_nothing(cast: Cast, console: Console, folder: Path) -> None:
    lines(console, folder)
    before = kept()
    assert lines(console, folder)[-1] == "imported 0, updated 0, unchanged 2, skipped 1"
    assert kept() == before
    (folder / "vie.md").write_text("# Vie commune\n\nLe rabot aussi.\n", encoding="utf-8")
    assert lines(console, folder, "--dry-run")[-1].startswith("imported 0, updated 1, unchanged 1")
    assert kept() == before
    assert lines(console, folder)[-1].startswith("imported 0, updated 1, unchanged 1")


def test_what_came_in_is_found_with_the_path_it_came_from(
    cast: Cast, console: Console, folder: Path
) -> None:
    lines(console, folder)
    printed = console.call("search", "tournevis", "--json").output
    found = json.loads(printed)["results"]
    assert [(one["source"], one["url"]) for one in found] == [
        ("manuel/vie.md", "/wiki/vie-commune")
    ]


def test_a_parent_and_an_audience_are_those_asked_for(
    cast: Cast, console: Console, folder: Path
) -> None:
    lines(console, folder)
    other = folder.parent / "annexe"
    other.mkdir()
    (other / "cuisine.md").write_text("# Cuisine\n", encoding="utf-8")
    lines(console, other, "--parent", "vie-commune", "--audience", "members")
    page = db.session.scalars(select(Page).where(Page.slug == "cuisine")).one()
    folder_page = db.session.get_one(Page, page.parent_id)
    above = db.session.get_one(Page, folder_page.parent_id)
    assert (folder_page.slug, above.slug) == ("annexe", "vie-commune")
    assert {page.audience, folder_page.audience} == {"members"}
    refused = console.call("import-wiki", other, "--parent", "nulle-part", code=2)
    assert "there is no page nulle-part" in refused.output


def test_a_folder_that_is_not_there_is_a_wrong_use(console: Console, tmp_path: Path) -> None:
    console.call("import-wiki", tmp_path / "absent", code=2)
