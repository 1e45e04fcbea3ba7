"""`intranet audit verify --export`: a changed file is named, without any database."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from intranet.audit.export_checks import export_checks
from intranet.audit.exported import Exported
from intranet.core.events import GENESIS, canonical
from intranet.core.texts import text_digest
from intranet.decisions.models import Decision
from intranet.redaction import service
from tests.cast import acting
from tests.commands.conftest import Memory
from tests.commands.console import Console

Change = Callable[[Path], str]


@pytest.fixture
def folder(console: Console, memory: Memory, tmp_path: Path) -> Path:
    """A whole export."""
    console.call("export", tmp_path / "out", "--every-text")
    return tmp_path / "out"


def verify(console: Console, path: Path, *words: str, code: int = 0) -> str:
    """The command in an empty place: no instance, no database."""
    console.use(path.parent / "nowhere")
    return console.call("audit", "verify", "--export", path, *words, code=code).output


def list_again(folder: Path) -> None:
    """What a careful forger does last."""
    files = sorted(one for one in folder.rglob("*") if one.is_file() and one.name != "SHA256SUMS")
    lines = [
        f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.relative_to(folder).as_posix()}\n"
        for one in files
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def rewrite(path: Path, old: str, new: str) -> str:
    """Replace words in a file; gives its name."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path.name


def poll_file(folder: Path) -> Path:
    """The file of an open vote that was counted."""
    (found,) = [
        one
        for one in (folder / "polls").glob("*.json")
        if not json.loads(one.read_text())["secret"]
    ]
    return found


def decision_file(folder: Path) -> Path:
    return sorted((folder / "decisions").glob("*.md"))[0]


def test_an_untouched_export_passes_without_a_database(
    console: Console, folder: Path, tmp_path: Path
) -> None:
    said = verify(console, folder)
    assert said.count("ok     ") == 8
    digest = re.search(r"the last digest is ([0-9a-f]{64})", said)
    assert digest
    assert verify(console, folder, "--digest", digest[1])
    zipped = Path(shutil.make_archive(str(tmp_path / "kept"), "zip", tmp_path, "out"))
    assert verify(console, zipped).count("ok     ") == 8
    assert not (tmp_path / "nowhere").exists()


def test_words_removed_for_a_person_s_sake_leave_an_export_that_verifies(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    with acting(memory.cast.bruno) as tx:
        number = tx.session.scalars(
            select(Decision.number).where(Decision.origin_id == memory.secret)
        ).one()
        service.redact_decision(tx, number, "À la demande de la personne.")
    console.call("export", tmp_path / "out", "--every-text")
    path = tmp_path / "out" / "decisions" / f"{number}.md"
    assert "words_removed_because" in path.read_text(encoding="utf-8")
    assert verify(console, tmp_path / "out").count("ok     ") == 8


def test_every_file_that_is_changed_removed_or_added_is_named(
    console: Console, folder: Path
) -> None:
    names = sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())
    names.remove("SHA256SUMS")
    assert len(names) > 20
    for name in names:
        with (folder / name).open("ab") as file:
            file.write(b" ")
    (folder / names[0]).unlink()
    (folder / "added.md").write_text("new")
    listed = (folder / "SHA256SUMS").read_text().splitlines()
    assert [line.partition("  ")[2] for line in listed] == names
    problems = next(iter(export_checks(Exported(folder)))).problems
    assert {problem.partition(":")[0] for problem in problems} == {*names, "added.md"}
    verify(console, folder, code=1)


def a_word_of_a_decision(folder: Path) -> str:
    path = decision_file(folder)
    path.write_text(path.read_text(encoding="utf-8") + "Et un vélo.\n", encoding="utf-8")
    return path.name


def a_word_with_its_digest(folder: Path) -> str:
    path = folder / "decisions.json"
    register = json.loads(path.read_text(encoding="utf-8"))
    one = register["decisions"][0]
    one["text"] += "Et un vélo."
    one["text_digest"] = text_digest(one["text"])
    path.write_text(json.dumps(register, ensure_ascii=False), encoding="utf-8")
    return f"decisions.json, {one['number']}"


def a_result_in_the_table(folder: Path) -> str:
    return rewrite(folder / "decisions.csv", ",adopted,", ",rejected,")


def a_decision_that_is_gone(folder: Path) -> str:
    path = decision_file(folder)
    path.unlink()
    return f"decision {path.stem} is missing"


def a_ballot(folder: Path) -> str:
    return rewrite(poll_file(folder), '"option": "for"', '"option": "against"')


def an_outcome(folder: Path) -> str:
    path = poll_file(folder)
    poll = json.loads(path.read_text(encoding="utf-8"))
    poll["outcome"]["result"] = "rejected"
    path.write_text(json.dumps(poll, ensure_ascii=False), encoding="utf-8")
    return path.name


def a_vote_that_is_gone(folder: Path) -> str:
    path = poll_file(folder)
    path.unlink()
    return f"polls/{path.name}: it was counted and is missing"


def a_line_of_the_journal(folder: Path) -> str:
    return rewrite(folder / "events.jsonl", '"actor_id": null', '"actor_id": 1')


def a_page(folder: Path) -> str:
    return rewrite(folder / "wiki" / "teletravail.md", "trois jours", "cinq jours")


def a_word_that_nobody_removed(folder: Path) -> str:
    path = decision_file(folder)
    header = path.read_text(encoding="utf-8").split("---\n")[1]
    path.write_text(f"---\n{header}---\n\n", encoding="utf-8")
    return path.name


def a_place_of_a_rule(folder: Path) -> str:
    """The rule would have stood where it stands by another decision."""
    path = folder / "rule-places.csv"
    text = path.read_text(encoding="utf-8")
    number = re.findall(r"AG-\d{4}-\d{3}", text)[0]
    path.write_text(text.replace(number, "AG-2020-099", 1), encoding="utf-8")
    return "the journal does not say that AG-2020-099 put rule"


@pytest.mark.parametrize(
    "change",
    [
        a_word_of_a_decision,
        a_word_with_its_digest,
        a_result_in_the_table,
        a_decision_that_is_gone,
        a_ballot,
        an_outcome,
        a_vote_that_is_gone,
        a_line_of_the_journal,
        a_page,
        a_word_that_nobody_removed,
        a_place_of_a_rule,
    ],
)
def test_t60_a_forger_who_writes_the_list_again_is_found_too(
    console: Console, folder: Path, change: Change
) -> None:
    named = change(folder)
    list_again(folder)
    said = verify(console, folder, code=1)
    assert "ok     files are those of the list" in said
    assert named in said


def test_a_journal_that_was_forged_whole_does_not_hold_the_digest_that_somebody_kept(
    console: Console, folder: Path
) -> None:
    kept = json.loads((folder / "events.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    before, forged = GENESIS, []
    for line in (folder / "events.jsonl").read_text(encoding="utf-8").splitlines():
        row = {**json.loads(line), "at": "2026-01-01T00:00:00+00:00"}
        names = ("id", "name", "version", "actor_id", "at", "payload")
        written = canonical([before, *(row[name] for name in names)])
        before = row["digest"] = hashlib.sha256(written.encode()).hexdigest()
        forged.append(json.dumps(row, ensure_ascii=False) + "\n")
    (folder / "events.jsonl").write_text("".join(forged), encoding="utf-8")
    list_again(folder)
    verify(console, folder)
    assert "is not in this journal" in verify(console, folder, "--digest", kept["digest"], code=1)


def test_an_export_for_some_readers_proves_only_itself(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    console.call("export", tmp_path / "out", "--audience", "workers")
    assert "no journal" in verify(console, tmp_path / "out")
    rewrite(decision_file(tmp_path / "out"), "result: adopted", "result: rejected")
    list_again(tmp_path / "out")
    assert "it is not the decision" in verify(console, tmp_path / "out", code=1)


def test_what_is_no_export_is_said_in_a_sentence(console: Console, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no zip")
    assert "holds no list" in verify(console, tmp_path / "empty", code=1)
    assert "neither a folder nor a ZIP" in verify(console, tmp_path / "text.zip", code=1)
    console.call("audit", "verify", "--digest", "0" * 64, code=2)
