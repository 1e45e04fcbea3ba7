"""What the database refuses, whatever the code does."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from intranet.core.db import db
from intranet.polls.models import CountedBallot, OpenBallot, Procedure, SealedBallot, Voter
from tests.cast import Cast, acting
from tests.polls.balloting import close, define, open_poll, rows, vote


def refused(statement: str) -> None:
    """Run a statement behind the back of the code, and see it refused."""
    db.session.rollback()
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement))
    db.session.rollback()


def test_nobody_stands_on_a_roll_twice(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    with pytest.raises(IntegrityError), acting(None) as tx:
        tx.session.add(Voter(poll_id=poll, person_id=cast.amel))
    assert rows(Voter) == 3


def test_open_ballots_are_never_changed_nor_removed(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    vote(cast.amel, poll)
    refused("UPDATE open_ballot SET option = 'against'")
    refused("DELETE FROM open_ballot")
    close(poll)
    refused("DELETE FROM open_ballot")
    assert rows(OpenBallot) == 1


def test_sealed_ballots_are_removed_only_when_their_poll_is_over(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, secret=True), cast.members)
    vote(cast.amel, poll)
    refused("DELETE FROM sealed_ballot")
    refused(
        "UPDATE sealed_ballot SET box = x'00'"
        if is_sqlite()
        else "UPDATE sealed_ballot SET box = ''"
    )
    assert rows(SealedBallot) == 1
    close(poll)
    assert rows(SealedBallot) == 0


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def test_counted_ballots_are_never_changed_nor_removed(cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, secret=True), cast.members)
    vote(cast.amel, poll)
    close(poll)
    refused("UPDATE counted_ballot SET option = 'against'")
    refused("DELETE FROM counted_ballot")
    assert rows(CountedBallot) == 1


def test_a_version_of_a_procedure_is_never_changed_nor_removed(cast: Cast) -> None:
    define(cast.assembly)
    refused("UPDATE procedure SET secret = NOT secret")
    refused("DELETE FROM procedure")
    assert rows(Procedure) == 1


@pytest.mark.parametrize(
    "change",
    [
        "state = 'reopened'",
        "closes_at = opened_at",
        "closed_at = closes_at",
        "state = 'closed', closed_at = closes_at",
        "outcome = '{}'",
        "sealing_key = NULL",
        "secret = NOT secret",
    ],
)
def test_a_poll_cannot_contradict_itself(cast: Cast, change: str) -> None:
    open_poll(define(cast.assembly, secret=True), cast.members)
    refused(f"UPDATE poll SET {change}")
