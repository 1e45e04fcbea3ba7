"""A secret vote leaves nothing, anywhere, that joins a voter and a choice.

Twelve people vote in a known order with known choices; then everything the installation keeps is
searched: every table, every file of the instance folder, the log, and the pages.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from intranet import duties
from intranet.core import clock
from intranet.core.db import db
from intranet.polls import sealing
from intranet.polls.models import CountedBallot, SealedBallot
from tests.cast import Cast, Client
from tests.polls.balloting import (
    circle,
    close,
    crowd,
    define,
    happened,
    open_poll,
    put_to_the_vote,
    stored,
    submitted,
    vote,
)

VOTERS = 12


@dataclass(frozen=True)
class Ballot:
    """Who votes what, in the order of voting."""

    person: int
    option: str
    reason: str


@dataclass(frozen=True)
class Secret:
    """A secret poll in which everybody has just voted."""

    poll: int
    ballots: list[Ballot]
    boxes: list[bytes]
    keys: list[str]


@pytest.fixture
def secret(cast: Cast, caplog: pytest.LogCaptureFixture) -> Secret:
    """Twelve ballots, cast in a known order."""
    caplog.set_level(logging.INFO)
    people = crowd(VOTERS)
    poll = open_poll(define(cast.assembly, secret=True), people)
    ballots = [
        Ballot(person, ("for", "against", "blank")[turn % 3], f"motif-caché-{turn:02}")
        for turn, person in enumerate(people[5:] + people[:5])
    ]
    for ballot in ballots:
        vote(ballot.person, poll, ballot.option, ballot.reason)
    db.session.rollback()
    sealed = list(db.session.execute(select(SealedBallot.key, SealedBallot.box)))
    return Secret(poll, ballots, [row.box for row in sealed], [row.key for row in sealed])


def files(app: Flask) -> Iterator[tuple[Path, bytes]]:
    """Every file of the instance folder: database, log ahead, keys, indexes."""
    for path in sorted(Path(app.instance_path).rglob("*")):
        if path.is_file():
            yield path, path.read_bytes()


def found_in(app: Flask, needle: bytes) -> list[str]:
    """The names of the files that hold these bytes."""
    return [path.name for path, content in files(app) if needle in content]


def every_row() -> Iterator[tuple[str, dict[str, object]]]:
    """Every row of every table, as the database itself tells them."""
    db.session.rollback()
    for table in inspect(db.engine).get_table_names():
        for row in db.session.execute(text(f'SELECT * FROM "{table}"')):
            yield table, dict(row._mapping)


def test_before_the_count_no_choice_can_be_read_anywhere(
    app: Flask, secret: Secret, caplog: pytest.LogCaptureFixture
) -> None:
    for ballot in secret.ballots:
        assert found_in(app, ballot.reason.encode()) == []
        assert ballot.reason not in caplog.text
    for table, row in every_row():
        assert not any("motif" in str(value) for value in row.values()), table
    assert len({len(box) for box in secret.boxes}) == 1


def test_t68_a_sealed_ballot_lies_without_voter_and_without_moment(secret: Secret) -> None:
    sealed = [row for table, row in every_row() if table == "sealed_ballot"]
    assert len(sealed) == VOTERS
    assert {tuple(sorted(row)) for row in sealed} == {("box", "key", "poll_id")}
    roll = [row for table, row in every_row() if table == "voter" and row["has_voted"]]
    columns = ("has_voted", "id", "is_external", "person_id", "poll_id", "proxy_id")
    assert {tuple(sorted(row)) for row in roll} == {columns}
    assert not any(row["is_external"] for row in roll)


def test_t64_no_table_holds_a_voter_and_a_choice(secret: Secret) -> None:
    before = happened()
    close(secret.poll)
    assert "BallotCast" not in happened()
    assert happened()[len(before) :] == ["ReceiptsPublished", "PollClosed"]
    holding = {
        (table, tuple(sorted(row)))
        for table, row in every_row()
        if any("motif-caché" in str(value) for value in row.values())
    }
    assert holding == {("counted_ballot", ("key", "option", "poll_id", "reason"))}


def test_t68_counted_ballots_keep_neither_the_order_of_voting_nor_their_old_keys(
    app: Flask, secret: Secret
) -> None:
    close(secret.poll)
    db.session.rollback()
    cast_order = [ballot.reason for ballot in secret.ballots]
    counted = list(db.session.execute(select(CountedBallot.key, CountedBallot.reason)))
    by_key = [row.reason for row in sorted(counted)]
    assert sorted(by_key) == cast_order
    assert by_key != cast_order
    assert by_key != cast_order[::-1]
    assert not {row.key for row in counted} & set(secret.keys)


def parts(box: bytes) -> list[bytes]:
    """Pieces of a sealed ballot: the file keeps it on several pages."""
    return [box[start : start + 64] for start in range(0, len(box), 1024)]


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def test_after_the_count_key_and_sealed_ballots_are_gone_from_the_disk(
    app: Flask, secret: Secret
) -> None:
    if not is_sqlite():
        pytest.skip("only the SQLite file lies in the instance folder")
    sealing_key = stored(secret.poll).sealing_key
    assert sealing_key is not None
    (private,) = [content for path, content in files(app) if path.suffix == ".key"]
    assert all(any(found_in(app, part) for part in parts(box)) for box in secret.boxes)
    close(secret.poll)
    assert duties.forget_keys() == 1

    assert sealing.kept_keys() == []
    assert found_in(app, private) == []
    for box in secret.boxes:
        assert not any(found_in(app, part) for part in parts(box))
    for key in secret.keys:
        assert found_in(app, key.encode()) == []
    log_ahead = Path(app.instance_path) / "intranet.db-wal"
    assert not log_ahead.exists() or log_ahead.stat().st_size == 0
    with pytest.raises(FileNotFoundError):
        sealing.open_boxes(sealing_key, secret.boxes)


def test_t68_after_the_count_the_file_tells_no_order(app: Flask, secret: Secret) -> None:
    if not is_sqlite():
        pytest.skip("only the SQLite file lies in the instance folder")
    close(secret.poll)
    duties.forget_keys()
    (database,) = [content for path, content in files(app) if path.name == "intranet.db"]
    places = [database.find(ballot.reason.encode()) for ballot in secret.ballots]
    assert -1 not in places
    assert [database.count(ballot.reason.encode()) for ballot in secret.ballots] == [1] * VOTERS
    assert places != sorted(places)
    assert places != sorted(places, reverse=True)


def test_the_key_lives_until_the_count_and_not_longer(secret: Secret) -> None:
    assert duties.forget_keys() == 0
    assert len(sealing.kept_keys()) == 1
    close(secret.poll)
    assert duties.forget_keys() == 1
    assert duties.forget_keys() == 0
    assert sealing.kept_keys() == []


def test_another_poll_keeps_its_key(cast: Cast, secret: Secret) -> None:
    other = open_poll(define(cast.assembly, name="Autre", secret=True), cast.members)
    vote(cast.amel, other, "against")
    close(secret.poll)
    assert duties.forget_keys() == 1
    assert close(other).counts["against"] == 1


def test_while_others_are_at_work_the_key_waits_for_the_next_round(
    app: Flask, secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_sqlite():
        pytest.skip("a PostgreSQL server overwrites by its own vacuum")
    monkeypatch.setattr("intranet.core.erasure.WAIT_MILLISECONDS", 50)
    close(secret.poll)
    with db.engine.connect() as busy:
        busy.execute(text("SELECT count(*) FROM voter"))
        vote_elsewhere = open_poll(define_again(), [secret.ballots[0].person])
        assert stored(vote_elsewhere).state == "open"
        db.session.rollback()
        assert duties.forget_keys() == 0
        assert len(sealing.kept_keys()) == 1
    assert duties.forget_keys() == 1


def define_again() -> int:
    """Another procedure of the first body."""
    return define(1, name="Encore une")


def test_t72_the_answer_to_a_secret_vote_repeats_no_choice(app: Flask, cast: Cast) -> None:
    people = [*cast.members, *crowd(3)]
    define(circle(people), key="secret", secret=True)
    proposal = submitted(cast.amel, "secret")
    poll = put_to_the_vote(cast.amel, proposal, hours=2)
    app.test_client_class = Client
    browser = app.test_client().sign_in("amel")
    answer = browser.submit(f"/polls/{poll}/ballot", option="against", reason="motif-caché")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "motif" not in answer.get_data(as_text=True)
    assert "motif" not in answer.headers.get("Set-Cookie", "")
    for viewer in ("amel", "bruno", "gwen"):
        page = app.test_client().sign_in(viewer).get(f"/proposals/{proposal}")
        assert "motif-caché" not in page.get_data(as_text=True)
    assert stored(poll).closes_at > clock.now()
