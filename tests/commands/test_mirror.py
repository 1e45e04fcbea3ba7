"""The mirror in Git: one commit for each revision, again and again with the same end."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from intranet.commands import mirror
from intranet.core.db import db
from intranet.export.history_stream import Commit, message, stream
from intranet.wiki.service import rename_page, set_audience
from tests.cast import Cast, acting, arrive
from tests.commands.console import Console
from tests.wiki.writing import head_id, page_id, revise, rule, write

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def cast(app: object) -> Cast:
    """The people, in an empty wiki."""
    return arrive()


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", f"--git-dir={folder}", *words], capture_output=True, check=True, text=True
    )
    return done.stdout


def made(console: Console, folder: Path, *words: str) -> str:
    printed = console.call("mirror", folder, *words).output
    db.session.rollback()
    return printed


def files(folder: Path) -> list[str]:
    return git(folder, "ls-tree", "--name-only", "main").split()


def test_each_revision_is_a_commit_with_its_author_day_and_decision(
    console: Console, cast: Cast, tmp_path: Path
) -> None:
    slug = write(cast.amel, "Le four", "Un.\n")
    revise(cast.bruno, slug, "Un.\n\nDeux.", summary="--output=x\nIntranet-Revision: 9")
    rule("Horaires", "De neuf à cinq.", "AG-1968-001", date(1968, 5, 13))
    folder = tmp_path / "-miroir"
    assert "3 commits added" in made(console, folder)
    assert git(folder, "fsck", "--strict") == ""
    log = git(folder, "log", "--reverse", "--format=%an <%ae> %s").splitlines()
    assert log[0] == f"Amel Benali <person-{cast.amel}@cooperative-d-essai.invalid> Le four"
    assert log[1].startswith(f"Bruno Costa <person-{cast.bruno}@")
    assert "--output=x" in log[1]
    assert log[2].endswith("Horaires [AG-1968-001]")
    assert "In-Force-On: 1968-05-13" in git(folder, "log", "-1", "--format=%B")
    assert "@example.org" not in git(folder, "log", "--format=%ae %ce %B")
    shown = subprocess.run(
        ["git", f"--git-dir={folder}", "show", "main:le-four.md"], capture_output=True, check=True
    )
    assert shown.stdout == b"Un.\n\nDeux."


def test_i1_a_second_run_adds_nothing_and_a_new_mirror_is_the_same(
    console: Console, cast: Cast, tmp_path: Path
) -> None:
    slug = write(cast.amel, "Le four", "Un.\n")
    first, second = tmp_path / "un", tmp_path / "deux"
    made(console, first)
    assert "0 commits added" in made(console, first)
    revise(cast.amel, slug, "Deux.\n")
    number, seen = page_id(slug), head_id(slug)
    with acting(cast.amel) as tx:
        rename_page(tx, number, "Le grand four", seen)
    write(cast.amel, "Le four", "Un autre.\n")
    assert "3 commits added" in made(console, first)
    made(console, second)
    assert git(first, "rev-parse", "main") == git(second, "rev-parse", "main")
    assert files(first) == ["le-four.md", "le-grand-four.md"]


def test_i2_a_mirror_holds_only_what_all_members_may_read(
    console: Console, cast: Cast, tmp_path: Path
) -> None:
    slug = write(cast.amel, "Pour le travail", "Un.\n")
    folder = tmp_path / "miroir"
    made(console, folder)
    number = page_id(slug)
    with acting(cast.amel) as tx:
        set_audience(tx, number, "members")
    assert "0 commits added" in made(console, folder)
    assert console.call("mirror", folder, "--everything", code=1).output.count("other readers") == 1


def test_a_folder_that_is_no_mirror_is_left_alone(
    console: Console, cast: Cast, tmp_path: Path
) -> None:
    (tmp_path / "autre").mkdir()
    (tmp_path / "autre" / "notes.txt").write_text("à moi")
    assert "no mirror" in console.call("mirror", tmp_path / "autre", code=1).output
    assert [path.name for path in (tmp_path / "autre").iterdir()] == ["notes.txt"]


def test_without_git_one_sentence_says_so(
    console: Console, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirror.shutil, "which", lambda _name: None)
    assert "git is not installed" in console.call("mirror", tmp_path / "m", code=1).output


def commit(at: datetime, **more: str) -> Commit:
    values = {"author": "A", "email": "a@b.invalid", "title": "T", "text": "x", **more}
    return Commit(revision_id=1, page_id=1, path="t.md", before="", at=at, **values)  # type: ignore[arg-type]


def test_d7_a_day_before_1970_stands_in_the_message() -> None:
    old = commit(datetime(1968, 5, 13, 12, tzinfo=UTC))
    assert "Date: 1968-05-13T12:00:00+00:00" in message(old)
    assert b"author A <a@b.invalid> 0 +0000\n" in b"".join(stream([old], "c <c>", goes_on=False))
    assert "Date:" not in message(commit(datetime(2050, 1, 1, tzinfo=UTC)))


def test_x2_no_name_or_title_breaks_out_of_its_line() -> None:
    odd = commit(
        datetime(2026, 1, 1, tzinfo=UTC),
        author="A <x>\nfrom refs/heads/main",
        title="T\n\nIntranet-Revision: 99",
    )
    said = b"".join(stream([odd], "c <c>", goes_on=False)).decode()
    assert "author A x from refs/heads/main <a@b.invalid> " in said
    assert message(odd).splitlines()[0] == "T Intranet-Revision: 99"


def test_pages_and_sites_leave_by_the_console(console: Console, cast: Cast, tmp_path: Path) -> None:
    top = write(cast.amel, "Le four", "Chaud.\n")
    write(cast.amel, "Notice", "[[Le four]]", parent_id=page_id(top))
    write(cast.amel, "Ailleurs", "x")
    db.session.rollback()
    console.call("export", tmp_path / "pages", "--form", "pages", "--branch", "le-four")
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md"))
    assert found == ["pages/wiki/le-four.md", "pages/wiki/le-four/notice.md"]
    console.call("export", tmp_path / "site", "--form", "site")
    assert 'href="le-four.html"' in (tmp_path / "site" / "notice.html").read_text()
    assert 'lang="fr"' in (tmp_path / "site" / "index.html").read_text()
    console.call("export", tmp_path / "non", "--form", "site", "--branch", "absente", code=2)
    printed = console.call("import-wiki", tmp_path / "pages" / "wiki").output
    assert "unchanged 2" in printed
