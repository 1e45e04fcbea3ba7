"""Records in Markdown, in two shapes and two languages: what they say is taken, and no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from intranet.decisions.formats.adr import read_folder
from intranet.decisions.found import FoundDecision, LeftOut, Plan
from intranet.decisions.models import LinkKind
from tests.shared import shared

NYGARD = """# 12. Acheter un four

Date: 2024-03-12

## Status

{status}

## Context

On n’a pas de four.
"""
MADR = """---
statut: {status}
date: 12/03/2024
décideurs: l’assemblée
tags: [cuisine, achats]
---

# Acheter un four

## Contexte et problématique
"""


def rows(folder: Path, plan: Plan | None = None) -> list[FoundDecision | LeftOut]:
    return list(read_folder(folder, plan or Plan("ADR")))


def one(folder: Path, text: str, plan: Plan | None = None) -> FoundDecision | LeftOut:
    (folder / "0012-un-four.md").write_text(text, encoding="utf-8")
    (row,) = rows(folder, plan)
    return row


def found(folder: Path, text: str, plan: Plan | None = None) -> FoundDecision:
    row = one(folder, text, plan)
    assert isinstance(row, FoundDecision), row
    return row


def why(folder: Path, text: str) -> str:
    row = one(folder, text)
    assert isinstance(row, LeftOut), row
    return row.why


@pytest.mark.parametrize("shape", [NYGARD, MADR])
@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("Accepted", "adopted"),
        ("accepté", "adopted"),
        ("Acceptée (2024-03-12)", "adopted"),
        ("adopted on 2024-03-12", "adopted"),
        ("proposed", "undecided"),
        ("proposé", "undecided"),
        ("refusé", "rejected"),
        ("Rejected", "rejected"),
        ("obsolète", "adopted"),
        ("deprecated", "adopted"),
        ("remplacée par ADR-0005", "adopted"),
    ],
)
def test_words_mean_the_same_in_both_shapes_and_languages(
    tmp_path: Path, shape: str, status: str, result: str
) -> None:
    row = found(tmp_path, shape.format(status=status))
    assert (row.numbered.number, row.title, row.result) == ("ADR-0012", "Acheter un four", result)
    assert row.decided_on == date(2024, 3, 12)


@pytest.mark.parametrize(
    "status",
    [
        "",
        "accepted, pending review",
        "non adopté",
        "[ ] accepted",
        "proposed | accepted | rejected",
        "Accepted?",
        "adopté sous réserve",
        "~~accepted~~",
        "<!-- accepted -->",
        "the accepted one",
    ],
)
def test_d4_a_status_that_is_not_said_plainly_is_never_read_as_adopted(
    tmp_path: Path, status: str
) -> None:
    assert "status" in why(tmp_path, NYGARD.format(status=status))


def test_d4_two_statuses_are_none(tmp_path: Path) -> None:
    text = MADR.format(status="accepté") + "\n## Statut\n\nRefusé\n"
    assert "two statuses" in why(tmp_path, text)


def test_whoever_imports_may_say_what_a_word_means_also_that_of_no_word(tmp_path: Path) -> None:
    plan = Plan("ADR", statuses={"Pending": "undecided", "": "undecided"})
    assert found(tmp_path, NYGARD.format(status="pending"), plan).result == "undecided"
    assert found(tmp_path, NYGARD.format(status=""), plan).result == "undecided"


def test_d5_a_day_that_is_not_understood_or_told_twice_is_said(tmp_path: Path) -> None:
    text = NYGARD.format(status="Accepted")
    assert "'soon'" in why(tmp_path, text.replace("2024-03-12", "soon"))
    assert "two dates" in why(tmp_path, text + "\n## Date\n\n2024-03-13\n")
    assert found(tmp_path, text.replace("Date: 2024-03-12", "")).decided_on is None


@pytest.mark.parametrize(
    ("line", "link"),
    [
        ("Superseded by [14. Tags](0014-tags.md)", ("ADR-0014", "supersedes", "ADR-0012")),
        ("**Remplacé par** ADR-0014", ("ADR-0014", "supersedes", "ADR-0012")),
        ("Remplace : ADR 3", ("ADR-0012", "supersedes", "ADR-0003")),
        ("Supersedes [3. Ovens](../0003-ovens.md#why)", ("ADR-0012", "supersedes", "ADR-0003")),
        ("Amended by 14", ("ADR-0014", "amends", "ADR-0012")),
        ("Amende la décision n° 3", ("ADR-0012", "amends", "ADR-0003")),
        ("Replaces AG-2019-004", ("ADR-0012", "supersedes", "AG-2019-004")),
    ],
)
def test_links_are_read_both_ways(
    tmp_path: Path, line: str, link: tuple[str, LinkKind, str]
) -> None:
    assert found(tmp_path, NYGARD.format(status=f"Accepted\n\n{line}")).links == (link,)


def test_a_record_that_gave_way_to_nobody_named_is_not_accepted_any_more(tmp_path: Path) -> None:
    row = found(tmp_path, NYGARD.format(status="Accepted\n\nSuperseded by the rules of 2019"))
    assert (row.source_status, row.links) == ("Superseded", ())


def test_several_links_stand_in_a_header(tmp_path: Path) -> None:
    text = MADR.format(status="accepté\nremplace: [ADR-0001, 2]\nsuperseded-by: 14")
    row = found(tmp_path, text)
    assert set(row.links) == {
        ("ADR-0012", "supersedes", "ADR-0001"),
        ("ADR-0012", "supersedes", "ADR-0002"),
        ("ADR-0014", "supersedes", "ADR-0012"),
    }
    assert (row.source_status, row.tags) == ("superseded", ("cuisine", "achats"))


def test_d1_one_number_for_two_files_is_taken_once(tmp_path: Path) -> None:
    for name in ("0005-a.md", "0005-b.md"):
        (tmp_path / name).write_text(NYGARD.format(status="Accepted"), encoding="utf-8")
    first, second = rows(tmp_path)
    assert isinstance(first, FoundDecision)
    assert isinstance(second, LeftOut)
    assert second.why == "its number is that of 0005-a.md"


def test_what_stands_in_code_or_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "0001-outside.md"
    outside.write_text(NYGARD.format(status="Accepted"), encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "0001-link.md").symlink_to(outside)
    (folder / "0002-code.md").write_text("# Un\n\n```\n## Status\n\nAccepted\n```\n")
    (folder / "0003-header.md").write_text("---\nstatus: {a | b}}\n---\n\n# Trois\n")
    (folder / "notes.md").write_text("# Notes\n\n## Status\n\nAccepted\n")
    reasons = [row.why for row in rows(folder) if isinstance(row, LeftOut)]
    assert [reason.partition(",")[0].partition(":")[0] for reason in reasons] == [
        "it lies outside the folder",
        "it has no status",
        "its header cannot be read",
        "its name does not begin with a number",
    ]


def test_real_records_in_french_say_what_their_readme_says() -> None:
    folder = shared("decisions-adr")
    read = {name: rows(folder / name) for name in ("fr-ans", "fr-zero-logement-vacant")}
    taken = {
        name: [row for row in all_ if isinstance(row, FoundDecision)] for name, all_ in read.items()
    }
    assert [row.result for row in taken["fr-ans"]] == ["undecided", "undecided"]
    assert [row.result for row in taken["fr-zero-logement-vacant"]] == [
        "undecided",
        "adopted",
        "adopted",
    ]
    left = {row.file: row.why for all_ in read.values() for row in all_ if isinstance(row, LeftOut)}
    assert set(left) == {
        "0000-modele-adr.md",
        "20240516132303-use-markdown-any-decision-records.md",
        "README.md",
        "TEMPLATE.md",
    }
    assert "none is guessed" in left["20240516132303-use-markdown-any-decision-records.md"]
