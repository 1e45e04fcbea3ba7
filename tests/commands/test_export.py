"""`intranet export`: everything, the same bytes each time, and nothing for the wrong eyes."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import yaml
from sqlalchemy import select

from intranet.core.csv_cells import FORMULA
from intranet.core.db import db
from intranet.core.events import EventRow, canonical
from intranet.core.texts import text_digest
from intranet.polls.models import Poll
from intranet.proposals.models import Proposal
from intranet.proposals.talks import service as talks
from tests.cast import acting
from tests.commands.conftest import Memory
from tests.commands.console import Console
from tests.proposals import stage as stages
from tests.proposals.suggestions.suggesting import suggested


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def table(path: Path) -> list[dict[str, str]]:
    """A table with its header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def exported(console: Console, folder: Path, *words: str) -> dict[str, bytes]:
    console.call("export", folder, *words)
    return contents(folder)


def test_the_same_database_gives_the_same_bytes(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    first = exported(console, tmp_path / "one", "--every-text")
    assert exported(console, tmp_path / "two", "--every-text") == first
    assert {"index.csv", "history.csv", "decisions.csv", "links.csv", "events.jsonl"} <= set(first)


def test_an_export_never_writes_into_a_folder_that_is_there(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    console.call("export", tmp_path / "mine", code=2)
    assert list((tmp_path / "mine").iterdir()) == []


def test_a_page_leaves_to_the_byte_with_its_header(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    files = exported(console, tmp_path / "out")
    (line,) = [one for one in table(tmp_path / "out" / "index.csv") if one["slug"] == "formule"]
    assert files[line["path"]] == b"---\ntitle: =Formule\ntags: [a]\n---\n\nUn texte.  \n"


def test_no_cell_can_be_run_as_a_formula(console: Console, memory: Memory, tmp_path: Path) -> None:
    exported(console, tmp_path / "out")
    titles = [one["title"] for one in table(tmp_path / "out" / "index.csv")]
    assert "'=Formule" in titles
    for path in (tmp_path / "out").glob("*.csv"):
        for line in table(path):
            assert not [cell for cell in line.values() if cell.startswith(FORMULA)], path.name


def test_a_decision_leaves_with_its_facts_and_its_exact_text(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    exported(console, tmp_path / "out")
    for line in table(tmp_path / "out" / "decisions.csv"):
        _, header, body = (tmp_path / "out" / line["path"]).read_text().split("---\n", 2)
        assert yaml.safe_load(header)["number"] == line["number"]
        assert text_digest(body.removeprefix("\n")) == line["text_digest"]
    assert len(table(tmp_path / "out" / "decisions.csv")) == 3


def test_every_exported_vote_counts_again_to_its_stored_outcome(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    exported(console, tmp_path / "out")
    files = sorted((tmp_path / "out" / "polls").glob("*.json"))
    assert len(files) == 2
    for path in files:
        stored = json.loads(path.read_text())
        assert "the same" in console.call("count", path).output
        said = json.loads(console.call("count", path, "--json").output)
        assert said == stored["outcome"]
        box = sorted([one["option"], one["reason"]] for one in stored["ballots"])
        written = json.dumps([box], separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(written.encode()).hexdigest() == stored["ballots_digest"]


def test_another_stored_outcome_is_told_by_the_exit_code(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    exported(console, tmp_path / "out")
    path = next((tmp_path / "out" / "polls").glob("*.json"))
    stored = json.loads(path.read_text())
    stored["ballots"][0]["option"] = "against"
    path.write_text(json.dumps(stored))
    console.call("count", path, code=1)


def test_ballots_of_a_secret_vote_bear_no_name(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    exported(console, tmp_path / "out")
    secret = [
        stored
        for path in (tmp_path / "out" / "polls").glob("*.json")
        if (stored := json.loads(path.read_text()))["secret"]
    ]
    assert len(secret) == 1
    assert all(set(ballot) == {"option", "reason"} for ballot in secret[0]["ballots"])


def test_t65_an_open_vote_tells_nothing_yet(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    exported(console, tmp_path / "out")
    lines = table(tmp_path / "out" / "polls.csv")
    assert [line["path"] == "" for line in lines] == [line["state"] == "open" for line in lines]
    assert "open" in {line["state"] for line in lines}


def test_the_journal_leaves_with_digests_that_anybody_can_verify(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    exported(console, tmp_path / "out")
    before = "0" * 64
    lines = (tmp_path / "out" / "events.jsonl").read_text().splitlines()
    for row in map(json.loads, lines):
        names = ("id", "name", "version", "actor_id", "at", "payload")
        line = canonical([before, *(row[name] for name in names)])
        before = hashlib.sha256(line.encode()).hexdigest()
        assert row["digest"] == before
    assert len(lines) == len(db.session.scalars(select(EventRow.id)).all())


def test_a_draft_stays_with_its_author(console: Console, memory: Memory, tmp_path: Path) -> None:
    files = exported(console, tmp_path / "out", "--every-text")
    assert not [path for path, text in files.items() if b"Mon brouillon" in text]


def test_an_audience_gets_only_what_it_may_read(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    with acting(None) as tx:
        tx.session.get_one(Proposal, memory.secret).audience = "members"
    hidden = ("Réservé", "Un secret de maison.")
    whole = exported(console, tmp_path / "members", "--every-text")
    workers = exported(console, tmp_path / "workers", "--audience", "workers", "--every-text")
    for words in hidden:
        assert [path for path, text in whole.items() if words.encode() in text]
        assert not [path for path, text in workers.items() if words.encode() in text]
    assert not {"events.jsonl", "people.csv"} & set(workers)
    poll = db.session.scalars(select(Poll.id).where(Poll.secret)).one()
    assert f"polls/{poll}.json" in whole
    assert f"polls/{poll}.json" not in workers
    opened = exported(console, tmp_path / "open", "--audience", "open")
    assert not [path for path in opened if path.startswith(("wiki/", "decisions/", "polls/"))]


def test_comments_leave_with_their_proposal(
    console: Console, memory: Memory, tmp_path: Path
) -> None:
    proposal_id = stages.a_resolution(memory.stage)
    with acting(memory.cast.esther) as tx:
        stages.service.comment_proposal(tx, proposal_id, "Et le frein ?")
    suggested(memory.cast.bruno, proposal_id, "un vélo-cargo", "deux vélos-cargos")
    with acting(memory.cast.amel) as tx:
        talks.sum_up(tx, proposal_id, "Le prix reste en question.")
    exported(console, tmp_path / "out")
    (path,) = (tmp_path / "out" / "proposals").glob(f"{proposal_id:04d}-*.md")
    assert "## Amendment 1 of Bruno Costa, proposed" in path.read_text()
    assert "Nous achetons deux vélos-cargos." in path.read_text()
    assert "Le prix reste en question." in path.read_text()
    assert "Esther Roux" in path.read_text()
    assert "Et le frein ?" in path.read_text()
