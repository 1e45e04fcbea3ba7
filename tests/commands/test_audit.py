"""`intranet audit`: what somebody changed behind the intranet's back is found."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from intranet.audit.checks import CHECKS
from tests.commands.conftest import Memory
from tests.commands.console import Console

TAMPERING = {
    "an event rewritten": (
        "event",
        "UPDATE event SET payload = '{}' WHERE id = 2",
        "line 2 of the journal",
    ),
    "the last events cut away": (
        "event",
        "DELETE FROM delivery; DELETE FROM event WHERE id = (SELECT max(id) FROM event)",
        "of the journal does not fit",
    ),
    "the words of a decision": (
        "text_body",
        "UPDATE text_body SET body = body || ' Ou pas.' WHERE digest = "
        "(SELECT text_digest FROM decision ORDER BY id DESC LIMIT 1)",
        "is another one",
    ),
    "another text under a decision": (
        "decision",
        "UPDATE decision SET text_digest = (SELECT text_digest FROM decision WHERE id = 1) "
        "WHERE id = 2",
        "is not the one that the journal says",
    ),
    "a decision taken out": (
        "decision",
        "DELETE FROM decision WHERE id = 2",
        "is no longer in the register",
    ),
    "a hole in the numbers": (
        "decision",
        "UPDATE decision SET sequence = 9, number = replace(number, '-003', '-009') WHERE id = 3",
        "is missing",
    ),
    "an open ballot": (
        "open_ballot",
        "UPDATE open_ballot SET option = 'against' WHERE id = 1",
        "the ballots are not those that were counted",
    ),
    "a secret ballot": (
        "counted_ballot",
        "UPDATE counted_ballot SET option = 'against'",
        "a recount gives",
    ),
    "a ballot added": (
        "counted_ballot",
        "INSERT INTO counted_ballot SELECT 'zz', poll_id, option, reason FROM counted_ballot "
        "LIMIT 1",
        "cannot be counted",
    ),
    "a stored result": (
        "poll",
        "UPDATE poll SET result = 'rejected' WHERE id = 1",
        "the journal holds another result",
    ),
    "a roll": (
        "voter",
        "UPDATE voter SET person_id = 1 WHERE id = 1",
        "the roll is not the one",
    ),
    "a way to decide": (
        "procedure",
        "UPDATE procedure SET settings = replace(settings, '1/2', '2/3')",
        "its text or procedure is not",
    ),
    "an adoption": (
        "proposal",
        "UPDATE proposal SET state = 'rejected', decision_number = NULL WHERE id = 1",
        "is not adopted any more",
    ),
}


def tamper(app: Flask, table: str, statements: str) -> None:
    """Change rows as somebody with the file in hands can: triggers dropped first."""
    with closing(sqlite3.connect(Path(app.instance_path) / "intranet.db")) as connection:
        for verb in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.executescript(statements)
        connection.commit()


def test_an_untouched_memory_passes_every_check(console: Console, memory: Memory) -> None:
    said = console.call("audit", "verify").output
    assert said.count("ok     ") == len(CHECKS)
    assert "the last digest is" in said


@pytest.mark.parametrize("how", TAMPERING)
def test_t60_tampering_is_found(app: Flask, console: Console, memory: Memory, how: str) -> None:
    table, statements, words = TAMPERING[how]
    tamper(app, table, statements)
    said = console.call("audit", "verify", code=1).output
    assert "WRONG" in said
    assert words in said


def test_the_journal_is_printed_as_json_lines(console: Console, memory: Memory) -> None:
    lines = console.call("audit", "export").output.splitlines()
    numbers = [json.loads(line)["id"] for line in lines]
    assert numbers == list(range(1, len(lines) + 1))
