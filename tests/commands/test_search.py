"""intranet search: what is printed can be read by people and by programs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from intranet.search import indexer
from intranet.search.port import Document
from intranet.wiki import service as wiki
from tests.cast import acting
from tests.commands.conftest import Memory
from tests.commands.console import Console
from tests.wiki.writing import page_id, write

KEYS = ["kind", "title", "url", "source", "snippet"]


def results(console: Console, *words: object) -> list[dict[str, Any]]:
    """What the command finds, after a look at its form."""
    printed = json.loads(console.call("search", *words, "--json").output)
    assert list(printed) == ["results"]
    assert [list(one) for one in printed["results"]] == [KEYS] * len(printed["results"])
    return list(printed["results"])


def test_the_answer_is_one_object_with_the_promised_keys(memory: Memory, console: Console) -> None:
    write(memory.cast.amel, "Prêt des outils", "Le tournevis revient au mur **le soir**.")
    found = results(console, "tournevis")
    assert found == [
        {
            "kind": "page",
            "title": "Prêt des outils",
            "url": "/wiki/pret-des-outils",
            "source": "",
            "snippet": "Le tournevis revient au mur le soir.",
        }
    ]
    assert results(console, "introuvablement") == []


def test_a_kind_leaves_the_others_out(memory: Memory, console: Console) -> None:
    kinds = {one["kind"] for one in results(console, "télétravail")}
    assert kinds >= {"page", "decision", "proposal"}
    for kind in sorted(kinds):
        assert {one["kind"] for one in results(console, "télétravail", "--kind", kind)} == {kind}
    console.call("search", "télétravail", "--kind", "people", code=2)


def test_a_limit_keeps_the_first_results(memory: Memory, console: Console) -> None:
    for number in range(4):
        write(memory.cast.amel, f"Outil {number}", "Un tournevis.")
    every = results(console, "tournevis")
    assert len(every) == 4
    assert results(console, "tournevis", "--limit", 2) == every[:2]
    console.call("search", "tournevis", "--limit", 0, code=2)


def test_results_that_only_members_read_are_found_by_the_system(
    memory: Memory, console: Console
) -> None:
    assert [one["title"] for one in results(console, "secret de maison")] == [
        "Réservé aux associé·es"
    ]


def test_without_json_there_is_a_line_to_read(memory: Memory, console: Console) -> None:
    write(memory.cast.amel, "Prêt des outils", "Le tournevis revient au mur.")
    assert console.call("search", "tournevis").output.split("\n")[:2] == [
        "page      Prêt des outils",
        "          /wiki/pret-des-outils",
    ]
    assert console.call("search", "introuvablement").output == "Nothing found.\n"
    slip = console.call("search", "tournebis").output
    assert slip.startswith("Did you mean: tournevis\n\npage      Prêt des outils\n")


def test_why_a_result_stands_where_it_stands_is_said(memory: Memory, console: Console) -> None:
    words = "## Le tournevis\n\nUn tournevis."
    target = page_id(write(memory.cast.amel, "Prêt du tournevis", words))
    with acting(memory.cast.amel) as tx:
        wiki.set_tags(tx, target, (), ("tournevis",))
    for number in range(3):
        write(memory.cast.bruno, f"Vers {number}", "Voir [[Prêt du tournevis]].")
    said = console.call("search", "tournevis", "--explain").output
    first = [line.strip() for line in said.partition("\n\n")[0].split("\n")]
    assert first[:2] == ["page      Prêt du tournevis", "/wiki/pret-du-tournevis#h-le-tournevis"]
    assert float(first[2].removeprefix("score ")) > 0
    stem, _, where = first[3].partition(": ")
    assert "tournevis".startswith(stem)
    assert where == "1 in title, 1 in headings, 1 in tags, 2 in body"
    assert set(first[4:]) == {"times 1.06 for linked", "times 1.06 for recent"}


def test_an_index_is_built_anew_and_says_how_much_it_holds(
    memory: Memory, console: Console, app: Flask
) -> None:
    before = results(console, "télétravail")
    shutil.rmtree(Path(app.instance_path) / "search")
    number = int(console.call("reindex").output.removeprefix("indexed "))
    assert number >= len(before) > 0
    assert (Path(app.instance_path) / "search").is_dir()
    assert results(console, "télétravail") == before


def test_a_long_rebuild_says_how_far_it_is(
    memory: Memory, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(_look: object, keys: object = None) -> Iterator[Document]:
        for number in range(2001 if keys is None else 0):
            yield Document(f"page:{number}", "page", "Vélo", "", "/", "workers")

    monkeypatch.setattr(indexer, "documents", many)
    said = console.call("reindex").output.split("\n")
    assert said == ["1000 documents so far", "2000 documents so far", "indexed 2001", ""]


def test_another_index_is_chosen_by_one_setting_and_one_command(
    memory: Memory, console: Console, app: Flask
) -> None:
    before = {one["url"] for one in results(console, "télétravail")}
    (Path(app.instance_path) / "config.py").write_text('SEARCH_BACKEND = "fts5"\n')
    assert console.call("reindex").output.startswith("indexed ")
    shutil.rmtree(Path(app.instance_path) / "search")
    assert {one["url"] for one in results(console, "télétravail")} == before != set()
    assert not (Path(app.instance_path) / "search" / "whoosh").exists()
