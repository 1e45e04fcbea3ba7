"""intranet search: what is printed can be read by people and by programs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.commands.conftest import Memory
from tests.commands.console import Console
from tests.wiki.writing import write

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


@pytest.mark.parametrize("words", ["tournevis", "rien de tel"])
def test_without_json_there_is_a_line_to_read(memory: Memory, console: Console, words: str) -> None:
    write(memory.cast.amel, "Prêt des outils", "Le tournevis revient au mur.")
    printed = console.call("search", words).output
    assert ("Prêt des outils" in printed) is (words == "tournevis")
