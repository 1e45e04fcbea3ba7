"""What the clock brings about: counts when the time is over, and keys forgotten."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from intranet import duties, worker
from intranet.core.db import db
from intranet.core.policy import Conflict
from intranet.decisions.models import Decision
from intranet.polls import sealing
from intranet.polls.models import CountedBallot, OpenBallot
from intranet.proposals import service as proposals
from intranet.proposals.models import Proposal
from tests.cast import Cast, acting
from tests.polls.balloting import (
    circle,
    crowd,
    define,
    happened,
    put_to_the_vote,
    rows,
    stored,
    submitted,
    vote,
)


def state(proposal_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Proposal, proposal_id).state


def voting(cast: Cast, title: str, *options: str) -> int:
    """A proposal of Amel under vote, with these ballots of the members."""
    proposal = submitted(cast.amel, "simple", title)
    poll = put_to_the_vote(cast.amel, proposal)
    for person, option in zip(cast.members, options, strict=False):
        vote(person, poll, option)
    return proposal


def later(hours: float = 2) -> time_machine.travel:
    """Some hours after the end of the first poll, with nobody reading any more."""
    moment = stored(1).closes_at + timedelta(hours=hours)
    db.session.remove()
    return time_machine.travel(moment, tick=True)


def test_votes_are_counted_when_their_time_is_over_and_not_before(cast: Cast) -> None:
    define(cast.assembly, key="simple")
    adopted = voting(cast, "Acheter un four", "for", "for")
    rejected = voting(cast, "Vendre le four", "against")
    assert duties.conclude_due() == 0
    assert (state(adopted), state(rejected)) == ("voting", "voting")
    with later():
        assert duties.conclude_due() == 2
        assert duties.conclude_due() == 0
    assert (state(adopted), state(rejected)) == ("adopted", "rejected")
    assert [row.title for row in db.session.scalars(select(Decision))] == ["Acheter un four"]


def test_a_count_that_fails_is_logged_and_keeps_no_other_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    define(cast.assembly, key="simple")
    broken = voting(cast, "Acheter un four", "for")
    sound = voting(cast, "Vendre le four", "for")
    conclude = proposals.conclude

    def fails_once(tx: object, proposal_id: int) -> None:
        if proposal_id == broken:
            raise Conflict("wiki.stale_block")
        conclude(tx, proposal_id)  # type: ignore[arg-type]

    with later(), caplog.at_level(logging.ERROR):
        monkeypatch.setattr(proposals, "conclude", fails_once)
        assert duties.conclude_due() == 1
        assert duties.conclude_due() == 0
    assert (state(broken), state(sound)) == ("voting", "adopted")
    assert caplog.text.count(f"proposal {broken} could not be counted") == 1

    monkeypatch.setattr(proposals, "conclude", conclude)
    monkeypatch.setattr(duties, "_not_before", {broken: 0.0})
    with later():
        assert duties.conclude_due() == 1
    assert state(broken) == "adopted"


def test_a_secret_vote_whose_key_is_lost_is_logged_and_stays(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    people = [*cast.members, *crowd(3)]
    define(circle(people), key="simple", secret=True)
    proposal = voting(cast, "Acheter un four", "for")
    (key,) = sealing.kept_keys()
    sealing.destroy_key(key)
    with later():
        assert duties.conclude_due() == 0
    assert state(proposal) == "voting"
    assert "could not be counted" in caplog.text


def test_the_worker_counts_then_forgets_the_key(app: Flask, cast: Cast) -> None:
    people = [*cast.members, *crowd(3)]
    define(circle(people), key="simple", secret=True)
    proposal = voting(cast, "Acheter un four", "for", "for", "against")
    with later():
        worker.work_once(app)
        worker.work_once(app)
    assert state(proposal) == "adopted"
    assert (rows(CountedBallot), rows(OpenBallot)) == (3, 0)
    assert sealing.kept_keys() == []
    assert list((Path(app.instance_path) / "keys").iterdir()) == []
    assert happened().count("ProposalAdopted") == 1


def test_a_key_is_destroyed_even_where_nothing_can_be_erased(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    people = [*cast.members, *crowd(3)]
    define(circle(people), key="simple", secret=True)
    voting(cast, "Acheter un four", "for")

    def no_room(_engine: object) -> bool:
        raise OSError("no space left on device")

    monkeypatch.setattr(duties, "erase_traces", no_room)
    with later():
        assert duties.conclude_due() == 1
        assert duties.forget_keys() == 1
    assert sealing.kept_keys() == []
    assert "could not be erased" in caplog.text


def test_a_round_taken_back_forgets_its_key_too(cast: Cast) -> None:
    people = [*cast.members, *crowd(3)]
    define(circle(people), key="simple", secret=True)
    proposal = voting(cast, "Acheter un four", "for")
    with acting(cast.amel) as tx:
        proposals.take_back_to_discussion(tx, proposal, "Le texte change.")
    assert duties.forget_keys() == 1
    assert sealing.kept_keys() == []
