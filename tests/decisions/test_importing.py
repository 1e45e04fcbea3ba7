"""Reading registers kept elsewhere: nothing is guessed, everything left out has a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from intranet.decisions.found import (
    FoundDecision,
    LeftOut,
    Plan,
    Unreadable,
    day_of,
    number_of,
)
from intranet.decisions.importing import read
from intranet.decisions.models import DecisionResult, LinkKind

HEAD = "number,title,status,date,replaces,superseded_by,requires"


def written(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "register.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def one(folder: Path, line: str, plan: Plan | None = None) -> FoundDecision | LeftOut:
    return next(iter(read(written(folder, HEAD, line), plan or Plan(prefix="PEP"))))


def found(folder: Path, line: str, plan: Plan | None = None) -> FoundDecision:
    row = one(folder, line, plan)
    assert isinstance(row, FoundDecision), row
    return row


def why(folder: Path, line: str, plan: Plan | None = None) -> str:
    row = one(folder, line, plan)
    assert isinstance(row, LeftOut), row
    return row.why


def test_a_row_becomes_a_decision_with_its_links(tmp_path: Path) -> None:
    row = found(tmp_path, '443,Single dispatch,Final,22-May-2013,"245, 246",600;601,3107')
    assert (row.numbered.number, row.numbered.year, row.line) == ("PEP-0443", 0, 2)
    assert (row.result, row.source_status) == (DecisionResult.ADOPTED, "Final")
    assert row.decided_on == date(2013, 5, 22)
    assert row.effective_on is None
    assert row.source == "register.csv#443"
    assert row.links == (
        ("PEP-0443", LinkKind.SUPERSEDES, "PEP-0245"),
        ("PEP-0443", LinkKind.SUPERSEDES, "PEP-0246"),
        ("PEP-0443", LinkKind.REQUIRES, "PEP-3107"),
        ("PEP-0600", LinkKind.SUPERSEDES, "PEP-0443"),
        ("PEP-0601", LinkKind.SUPERSEDES, "PEP-0443"),
    )


@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("Draft", "undecided"),
        ("Active", "adopted"),
        ("Accepted", "adopted"),
        ("Provisional", "adopted"),
        ("FINAL", "adopted"),
        ("Deferred", "deferred"),
        ("Rejected", "rejected"),
        ("Withdrawn", "withdrawn"),
        ("Superseded", "adopted"),
        ("Adoptée", "adopted"),
        ("reportée", "deferred"),
    ],
)
def test_known_words_have_one_meaning(tmp_path: Path, status: str, result: str) -> None:
    assert found(tmp_path, f"1,A,{status},2001-01-01,,,").result == result


@pytest.mark.parametrize("status", ["", "  ", "Pending", "adopted?", "Deprecated"])
def test_d4_a_status_that_is_not_known_is_never_read_as_adopted(
    tmp_path: Path, status: str
) -> None:
    assert "status" in why(tmp_path, f"1,A,{status},2001-01-01,,,")


def test_whoever_imports_may_say_what_a_word_means(tmp_path: Path) -> None:
    plan = Plan(statuses={"Deprecated": "lapsed"})
    assert found(tmp_path, "1,A,deprecated,2001-01-01,,,", plan).result is DecisionResult.LAPSED


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("07-Jul-2001", date(2001, 7, 7)),
        ("7 July 2001", date(2001, 7, 7)),
        ("2001-07-07", date(2001, 7, 7)),
        ("2001-07-07T23:30:00Z", date(2001, 7, 7)),
        ("03/04/2001", date(2001, 4, 3)),
        ("29.02.2024", date(2024, 2, 29)),
        ("24-May-1968", date(1968, 5, 24)),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date | None) -> None:
    assert day_of(typed) == day


@pytest.mark.parametrize("typed", ["29-Feb-2023", "31/04/2001", "07-Jux-2001", "summer", "2001"])
def test_d4_a_day_that_is_not_understood_is_said(tmp_path: Path, typed: str) -> None:
    with pytest.raises(Unreadable):
        day_of(typed)
    assert repr(typed) in why(tmp_path, f"1,A,Final,{typed},,,")


def test_a_format_of_one_s_own_wins(tmp_path: Path) -> None:
    assert day_of("04/03/01", "%m/%d/%y") == date(2001, 4, 3)
    with pytest.raises(Unreadable):
        day_of("2001-04-03", "%m/%d/%y")


@pytest.mark.parametrize(
    ("cell", "number", "year"),
    [("241", "PEP-0241", 0), ("AG-2019-004", "AG-2019-004", 2019), ("RFC.7", "PEP-RFC.7", 0)],
)
def test_numbers_of_our_kind_stay_and_others_get_a_prefix(
    cell: str, number: str, year: int
) -> None:
    assert (number_of(cell, "PEP").number, number_of(cell, "PEP").year) == (number, year)


@pytest.mark.parametrize("line", ["a/b,A,Final,,,,", ",A,Final,,,,", "../x,A,Final,,,,"])
def test_a_number_that_cannot_be_an_address_is_left_out(tmp_path: Path, line: str) -> None:
    assert "number" in why(tmp_path, line)


def test_links_that_name_nothing_readable_are_said(tmp_path: Path) -> None:
    assert "'a/b'" in why(tmp_path, "1,A,Final,,a/b,,")


def test_a_number_twice_is_taken_once(tmp_path: Path) -> None:
    rows = list(read(written(tmp_path, HEAD, "7,A,Final,,,,", "007,B,Final,,,,"), Plan()))
    assert [type(row) for row in rows] == [FoundDecision, LeftOut]


def test_columns_are_found_by_name_or_named(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffref;Titre;Statut;Jour", "12;Un four;Adoptée;12/03/2026")
    with pytest.raises(Unreadable, match="number"):
        list(read(path, Plan()))
    plan = Plan(prefix="VIEUX", columns={"number": "Ref", "date": "jour"})
    row = next(iter(read(path, plan)))
    assert isinstance(row, FoundDecision)
    assert (row.numbered.number, row.title, row.decided_on) == (
        "VIEUX-0012",
        "Un four",
        date(2026, 3, 12),
    )
    with pytest.raises(Unreadable, match="'colour'"):
        list(read(path, Plan(columns={"number": "colour"})))


def test_a_file_from_an_old_windows_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "numéro,titre,statut", "1,L’école à 5 €,adoptée", encoding="cp1252")
    row = next(iter(read(path, Plan())))
    assert isinstance(row, FoundDecision)
    assert row.title == "L’école à 5 €"


def test_a_row_with_too_many_cells_is_left_out(tmp_path: Path) -> None:
    assert "more cells" in why(tmp_path, "1,A,Final,,,,,,,")


def test_the_text_comes_from_its_file_and_from_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "1.md").write_text("On achète un four.", encoding="utf-8")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tmp_path / "files" / "link.md").symlink_to(tmp_path / "secret")
    folder = tmp_path / "in"
    folder.mkdir()
    head = "number,title,status,file"
    lines = ("1,A,Final,1.md", "2,B,Final,../secret", "3,C,Final,link.md", "4,D,Final,none.md")
    path = written(folder, head, *lines)
    rows = list(read(path, Plan(text_folder=tmp_path / "files")))
    assert isinstance(rows[0], FoundDecision)
    assert (rows[0].text, rows[0].source) == ("On achète un four.", "1.md")
    assert [type(row) for row in rows[1:]] == [LeftOut] * 3


@pytest.mark.parametrize("text", ["x" * 300_001, "a\x00b"])
def test_a_text_that_cannot_be_kept_whole_is_left_out(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, "number,title,status,text", f"1,A,Final,{text}")
    assert isinstance(next(iter(read(path, Plan()))), LeftOut)
