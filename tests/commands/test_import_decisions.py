"""intranet import-decisions on small files, and on a large register when it is at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from intranet.commands import import_decisions
from intranet.core.db import db
from intranet.core.events import first_broken_link
from intranet.core.texts import text_of
from intranet.decisions import page_queries, queries
from intranet.decisions.models import Decision, DecisionLink
from intranet.decisions.statuses import State
from intranet.search import indexer
from intranet.search.index import backend_of
from intranet.search.parsing import parse_query
from tests.cast import Cast, acting, as_reader
from tests.decisions.register import entered
from tests.shared import shared

PEPS = Path(__file__).resolve().parents[3] / "shared" / "data" / "decisions-peps" / "index.csv"
Run = Callable[..., Result]
HEAD = "number,title,status,date,replaces,superseded_by"


@pytest.fixture
def run(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, on the database of the test."""
    monkeypatch.setattr(import_decisions, "ready", lambda: app)

    def run(path: Path, *options: str) -> Result:
        result = CliRunner().invoke(import_decisions.command, [str(path), *options])
        db.session.rollback()
        return result

    return run


def written(folder: Path, *lines: str) -> Path:
    path = folder / "register.csv"
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    return path


def last_line(result: Result) -> str:
    return result.output.strip().split("\n")[-1]


def count(model: type[Decision] | type[DecisionLink]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_i1_a_second_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    path = written(
        tmp_path, "1,Un,Final,2001-01-01,,2", "2,Deux,Final,2002-01-01,1,", "3,Trois,?,,,"
    )
    first = run(path, "--prefix", "OLD")
    assert last_line(first) == "imported 2, updated 0, unchanged 0, skipped 1"
    assert "skipped: line 4, 3: the status '?' is unknown" in first.output
    assert (count(Decision), count(DecisionLink)) == (2, 1)
    second = run(path, "--prefix", "OLD")
    assert last_line(second) == "imported 0, updated 0, unchanged 2, skipped 1"
    assert (count(Decision), count(DecisionLink)) == (2, 1)
    assert first_broken_link(db.session()) is None


def test_a_new_link_updates_and_a_changed_word_never_rewrites(run: Run, tmp_path: Path) -> None:
    run(written(tmp_path, "1,Un,Final,2001-01-01,,", "2,Deux,Final,2002-01-01,,"))
    path = written(tmp_path, "1,Uno,Final,2001-01-01,,", "2,Deux,Final,2002-01-01,1,")
    result = run(path)
    assert last_line(result) == "imported 0, updated 1, unchanged 0, skipped 1"
    assert "holds it with another title, and a record is never rewritten" in result.output
    assert db.session.scalars(select(Decision.title).order_by(Decision.id)).all() == ["Un", "Deux"]


def test_i1_a_dry_run_keeps_nothing(run: Run, tmp_path: Path) -> None:
    result = run(written(tmp_path, "1,Un,Final,2001-01-01,,9"), "--dry-run")
    assert last_line(result) == "imported 1, updated 0, unchanged 0, skipped 0"
    assert "nothing was kept" in result.output
    assert (count(Decision), count(DecisionLink)) == (0, 0)


def test_d2_circles_are_reported_and_left_out(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "1,Un,Final,,2,", "2,Deux,Final,,1,", "3,Trois,Final,,3,")
    result = run(path)
    assert last_line(result) == "imported 3, updated 0, unchanged 0, skipped 0"
    assert "would end up replacing itself" in result.output
    assert count(DecisionLink) == 1


def test_d1_our_own_numbers_keep_the_counter_ahead(run: Run, cast: Cast, tmp_path: Path) -> None:
    result = run(written(tmp_path, "AG-2026-007,Un,Adoptée,02/01/2026,,"), "--body", "AG")
    assert last_line(result) == "imported 1, updated 0, unchanged 0, skipped 0"
    with acting(cast.amel) as tx:
        assert entered(tx, cast).number == "AG-2026-008"


def test_a_superseded_decision_that_names_nobody_is_not_in_force(
    run, cast: Cast, tmp_path: Path
) -> None:
    run(written(tmp_path, "1,Un,Superseded,2001-01-01,,", "2,Deux,Draft,2001-01-01,,"))
    marks = queries.statuses(as_reader(cast.amel), ["IMPORT-0001", "IMPORT-0002"])
    assert [mark.state for mark in marks.values()].count(State.IN_FORCE) == 0


@pytest.mark.parametrize(
    "options",
    [("--body", "XX"), ("--map", "number"), ("--status", "Draft=perhaps"), ("--audience", "x")],
)
def test_options_that_mean_nothing_are_refused(
    run, tmp_path: Path, options: tuple[str, str]
) -> None:
    result = run(written(tmp_path, "1,Un,Final,,,"), *options)
    assert result.exit_code == 2
    assert count(Decision) == 0


def test_a_file_without_its_columns_ends_with_a_sentence(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    result = run(path)
    assert result.exit_code == 1
    assert "no column for number, title, status" in result.output


@pytest.mark.skipif(not PEPS.exists(), reason="the register of PEPs is not at hand")
def test_d2_a_large_register_keeps_its_chains_and_its_oddities(run: Run, cast: Cast) -> None:
    assert last_line(run(PEPS, "--prefix", "PEP")).startswith("imported 132, updated 0")
    assert last_line(run(PEPS, "--prefix", "PEP")) == (
        "imported 0, updated 0, unchanged 132, skipped 0"
    )
    look = as_reader(cast.amel)

    def page(number: int) -> page_queries.DecisionPage:
        return page_queries.decision(look, f"PEP-{number:04d}")

    def heirs(number: int) -> list[int]:
        return [int(heir.number[4:]) for heir in page(number).heirs]

    chains = {241: 566, 314: 566, 345: 566, 248: 249, 333: 3333, 354: 435, 431: 615, 509: 699}
    assert {number: heirs(number) for number in chains} == {
        number: [heir] for number, heir in chains.items()
    }
    for number in (241, 314, 345, 333):
        assert page(number).state is State.SUPERSEDED
    assert page(566).state is State.IN_FORCE
    # Superseded by one that the register does not hold: said, and shown as missing.
    for number in (513, 571, 599):
        link = page(number).links[0]
        assert (link.reading, link.number, link.mark) == ("supersedes.by", "PEP-0600", None)
        assert page(number).state is State.SUPERSEDED
    assert {link.number for link in page(563).links if link.reading == "supersedes.by"} == {
        "PEP-0649",
        "PEP-0749",
    }
    assert len([link for link in page(443).links if link.reading == "supersedes"]) == 3
    # What was withdrawn or rejected replaced nothing, whatever it says of itself.
    readings = {link.number: link.reading for link in page(345).links}
    assert readings["PEP-0566"] == "supersedes.by"
    assert readings["PEP-0426"] == "supersedes.by.void"
    assert {link.reading for link in page(402).links} == {"supersedes.void"}
    assert page(722).state is State.REJECTED
    # 723 says that it replaces 722, which was refused: no effect, and the link stands all the same.
    assert (page(723).state, heirs(722)) == (State.IN_FORCE, [723])
    assert [(link.reading, link.number) for link in page(722).links] == [
        ("supersedes.by", "PEP-0723")
    ]
    assert [link.reading for link in page(723).links if link.number == "PEP-0722"] == ["supersedes"]
    assert page(2).decided_on == date(2001, 7, 7)
    assert page(2).source == "pep-0002.rst"
    text = text_of(db.session(), page(2).text_digest)
    assert text == (PEPS.parent / "files" / "pep-0002.rst").read_text(encoding="utf-8")
    governance = {number: page(number).state for number in range(8010, 8017)}
    assert governance.pop(8016) is State.IN_FORCE
    assert set(governance.values()) == {State.REJECTED}
    # The vote that chose among them was a ranked one, and its rules stand in the register.
    ranked = text_of(db.session(), page(8001).text_digest)
    assert page(8001).state is State.IN_FORCE
    assert "The vote will be by ranked ballot." in ranked
    assert all(f"PEP {number}" in ranked for number in range(8010, 8017))


@pytest.mark.skipif(not PEPS.exists(), reason="the register of PEPs is not at hand")
def test_a_search_shows_what_is_in_force_before_what_it_replaced(
    run: Run, app: Flask, cast: Cast
) -> None:
    run(PEPS, "--prefix", "PEP")
    indexer.rebuild(as_reader(cast.amel))
    for subject, first, replaced in (
        ("Metadata for Python Software Packages", 566, {241, 314, 345}),
        ("Python Web Server Gateway Interface", 3333, {333}),
        ("script metadata single-file dependency", 723, {722}),
    ):
        hits = backend_of(db.session()).find(parse_query(subject), frozenset({"workers"})).hits
        keys = [hit.url.rsplit("-", 1)[-1] for hit in hits]
        places = [keys.index(f"{number:04d}") for number in sorted(replaced)]
        assert keys.index(f"{first:04d}") < min(places), (subject, keys)


def test_d2_a_folder_of_records_is_taken_over_once_with_both_ends_of_its_links(
    run: Run, cast: Cast, tmp_path: Path
) -> None:
    folder = tmp_path / "adr"
    folder.mkdir()
    (folder / "0001-un.md").write_text("# 1. Un\n\n## Statut\n\nRemplacé par ADR-0002\n")
    (folder / "0002-deux.md").write_text("# 2. Deux\n\n* statut : accepté\n* date : 2024-02-29\n")
    (folder / "0003-trois.md").write_text("# 3. Trois\n\nStatus: Superseded by ADR-0009\n")
    (folder / "0004-quatre.md").write_text("# 4. Quatre\n\n## Status\n\nObsolète\n")
    (folder / "0005-cinq.md").write_text("# 5. Cinq\n")
    rehearsed = run(folder, "--format", "adr", "--body", "AG", "--dry-run")
    assert "dry run: nothing was kept" in rehearsed.output
    assert count(Decision) == 0
    first = run(folder, "--format", "adr", "--body", "AG")
    assert last_line(first) == "imported 4, updated 0, unchanged 0, skipped 1"
    assert "skipped: 0005-cinq.md, 0005: it has no status, and none is guessed" in first.output
    assert "ADR-0009 is not in the register" in first.output
    assert last_line(run(folder)) == "imported 0, updated 0, unchanged 4, skipped 1"
    look = as_reader(cast.amel)
    states = {
        mark.number: mark.state
        for mark in queries.statuses(look, [f"ADR-000{one}" for one in range(1, 5)]).values()
    }
    assert [number for number, state in states.items() if state is State.IN_FORCE] == ["ADR-0002"]
    ends = [page_queries.decision(look, f"ADR-000{one}").links[0] for one in (1, 2, 3)]
    assert [(end.reading, end.number) for end in ends] == [
        ("supersedes.by", "ADR-0002"),
        ("supersedes", "ADR-0001"),
        ("supersedes.by", "ADR-0009"),
    ]
    assert ends[2].mark is None


def test_d4_a_record_that_moved_on_is_told_and_only_its_heir_is_taken(
    run: Run, cast: Cast, tmp_path: Path
) -> None:
    folder = tmp_path / "adr"
    folder.mkdir()
    words = {"0001-un.md": "Accepted", "0002-deux.md": "Accepted", "0003-trois.md": "Proposed"}
    words |= {"0004-quatre.md": "Proposed"}
    for name, status in words.items():
        (folder / name).write_text(f"# {int(name[:4])}. Titre\n\n## Status\n\n{status}\n")
    run(folder)
    later = {"0001-un.md": "Superseded by ADR-0002", "0003-trois.md": "Accepted"}
    later |= {"0004-quatre.md": "Rejected"}
    for name, status in later.items():
        (folder / name).write_text(f"# {int(name[:4])}. Titre\n\n## Status\n\n{status}\n")
    again = run(folder)
    assert last_line(again) == "imported 0, updated 1, unchanged 1, skipped 2"
    assert again.output.count("holds it with another status") == 3
    assert "only its links are taken" in again.output
    look = as_reader(cast.amel)
    (heir,) = page_queries.decision(look, "ADR-0001").heirs
    assert heir.number == "ADR-0002"
    kept = db.session.scalars(select(Decision).order_by(Decision.number)).all()
    assert [(one.result, one.source_status) for one in kept][2:] == [("undecided", "Proposed")] * 2
    assert "Accepted" in text_of(db.session(), kept[0].text_digest)
    assert last_line(run(folder)) == "imported 0, updated 0, unchanged 2, skipped 2"


def test_the_records_of_a_public_service_keep_their_chain(run: Run, cast: Cast) -> None:
    folder = shared("decisions-adr/govuk-content-publisher")
    assert last_line(run(folder)) == "imported 16, updated 0, unchanged 0, skipped 0"
    assert last_line(run(folder)) == "imported 0, updated 0, unchanged 16, skipped 0"
    look = as_reader(cast.amel)
    marks = queries.statuses(look, [f"ADR-{one:04d}" for one in range(1, 17)])
    ended = {mark.number for mark in marks.values() if mark.state is not State.IN_FORCE}
    assert ended == {"ADR-0006"}
    (heir,) = page_queries.decision(look, "ADR-0006").heirs
    assert heir.number == "ADR-0014"
    assert page_queries.decision(look, "ADR-0016").decided_on == date(2020, 3, 20)


def test_a_folder_is_no_table(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path, "--format", "csv").exit_code == 2


def test_i1_minutes_are_rehearsed_until_they_are_to_be_kept(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "pv.md"
    path.write_text(
        "# Assemblée du 12 mars 2024\n\nOn a voté à main levée.\n\n"
        "## Décision : Acheter un four\n\nRésultat : adoptée (31 pour)\n",
        encoding="utf-8",
    )
    assert run(path, "--format", "minutes").exit_code == 2
    words = ("--format", "minutes", "--body", "AG")
    rehearsed = run(path, *words)
    assert "found: line 5, AG-20240312-1, adopted, 2024-03-12: Acheter un four" in rehearsed.output
    assert "skipped: line 3, « On a voté à main levée. »" in rehearsed.output
    assert count(Decision) == 0
    assert last_line(run(path, *words, "--keep")) == (
        "imported 1, updated 0, unchanged 0, skipped 1"
    )
    assert last_line(run(path, *words, "--keep")) == (
        "imported 0, updated 0, unchanged 1, skipped 1"
    )
