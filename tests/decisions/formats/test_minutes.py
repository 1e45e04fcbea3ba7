"""Minutes become decisions only where they say so, with a result; the rest is reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from intranet.decisions.formats.minutes import read_minutes
from intranet.decisions.formats.results import result_of
from intranet.decisions.found import FoundDecision, LeftOut, Plan, Unreadable

MINUTES = """# Compte rendu de l’assemblée générale du 12 mars 2024

Présent·es : douze personnes. On parle du four, et on a décidé d’en reparler.

## Décision : Acheter un four

Le four coûte 3 000 €.

- Vote : 31 pour, 2 contre, 4 abstentions
- Résultat : adoptée

## Points divers

- **Décision n° 7 :** Fermer le 24 décembre – rejetée
  Deux personnes étaient pour.
- On vote pour la couleur : bleu.
- Décision : Repeindre la salle (adoptée à l’unanimité)

**Décision :** Embaucher

**Résultat :** adoptée sous réserve d’un devis

Résolution : Vendre le camion

Chacun·e y réfléchit.
"""


def read(folder: Path, text: str, plan: Plan | None = None) -> list[FoundDecision | LeftOut]:
    path = folder / "pv.md"
    path.write_text(text, encoding="utf-8")
    return list(read_minutes(path, plan or Plan("AG")))


def found(rows: list[FoundDecision | LeftOut]) -> list[FoundDecision]:
    return [row for row in rows if isinstance(row, FoundDecision)]


def test_only_items_with_a_result_become_decisions(tmp_path: Path) -> None:
    rows = read(tmp_path, MINUTES)
    assert [(row.numbered.number, row.title, row.result) for row in found(rows)] == [
        ("AG-20240312-1", "Acheter un four", "adopted"),
        ("AG-20240312-7", "Fermer le 24 décembre", "rejected"),
        ("AG-20240312-3", "Repeindre la salle", "adopted"),
    ]
    assert {row.decided_on for row in found(rows)} == {date(2024, 3, 12)}
    first = found(rows)[0]
    assert first.text.startswith("Acheter un four\n\nLe four coûte 3 000 €.")
    assert "31 pour, 2 contre" in first.text
    assert "Points divers" not in first.text
    assert "Deux personnes" in found(rows)[1].text
    assert first.source == "pv.md#20240312-1"


def test_d4_everything_else_is_reported_with_its_line(tmp_path: Path) -> None:
    left = {row.line: row for row in read(tmp_path, MINUTES) if isinstance(row, LeftOut)}
    lines = MINUTES.splitlines()
    said = {lines[number - 1]: row.why for number, row in left.items()}
    assert set(said) == {
        line
        for line in lines
        if "on a décidé" in line
        or "bleu" in line
        or line.startswith(("**Décision :** Emb", "Résolution"))
    }
    assert "not plain" in said["**Décision :** Embaucher"]
    assert "does not say its result" in said["Résolution : Vendre le camion"]


@pytest.mark.parametrize(
    "said",
    [
        "non adoptée",
        "n’est pas adoptée",
        "adoptée ?",
        "adoptée / rejetée",
        "adoptée sous réserve",
        "12 pour, 3 contre",
        "presque adoptée",
        "remplacée",
        "à l’unanimité",
    ],
)
def test_a_result_that_is_not_plain_is_none(said: str) -> None:
    assert result_of(said, {}) is None


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("Adoptée à l’unanimité moins une voix.", "adopted"),
        ("adopté à la majorité des deux tiers (31 pour, 2 contre, 4 abstentions)", "adopted"),
        ("approved unanimously", "adopted"),
        ("**rejetée** (3 pour, 12 contre)", "rejected"),
        ("reportée", "deferred"),
        ("Retirée", "withdrawn"),
    ],
)
def test_plain_results_are_read(said: str, result: str) -> None:
    meaning = result_of(said, {})
    assert meaning is not None
    assert meaning[1] == result


def test_whoever_imports_may_say_what_a_result_means(tmp_path: Path) -> None:
    plan = Plan("AG", statuses={"validé par tout le monde": "adopted"})
    text = "Date : 2024-02-29\n\n- Décision : Un\n- Résultat : validé par tout le monde\n"
    (row,) = found(read(tmp_path, text, plan))
    assert (row.result, row.decided_on) == ("adopted", date(2024, 2, 29))


@pytest.mark.parametrize(
    "text", ["# Réunion\n", "# Du 12 mars 2024\n\nDate : 2024-03-13\n", "Date : 30 février 2024\n"]
)
def test_minutes_without_one_day_are_not_read(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path, text)


def test_two_results_are_none_and_a_number_twice_is_taken_once(tmp_path: Path) -> None:
    text = (
        "---\ndate: 12/03/2024\n---\n"
        "## Décision 1 : Un\n\nRésultat : adoptée\nRésultat : rejetée\n"
        "## Décision 2 : Deux\n\nRésultat : adoptée\n"
        "## Décision 2 : Deux encore\n\nRésultat : adoptée\n"
    )
    rows = read(tmp_path, text)
    assert [row.numbered.number for row in found(rows)] == ["AG-20240312-2"]
    assert [row.why for row in rows if isinstance(row, LeftOut)] == [
        "it tells two results",
        "this number stands on an earlier line",
    ]


def test_the_example_of_the_documentation_holds_two_decisions(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "moving.md").read_text(encoding="utf-8")
    example = page.partition("```markdown\n")[2].partition("```")[0]
    assert [(row.numbered.number, row.title, row.result) for row in read(tmp_path, example)] == [
        ("AG-20240312-1", "Acheter un four", "adopted"),
        ("AG-20240312-2", "Fermer le 24 décembre", "rejected"),
    ]
