"""Many at once: real threads and real processes on a real database.

Each of these went wrong in a trial without the lock taken first: the same member was counted up
to fifteen times.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from intranet import worker
from intranet.core import clock
from intranet.core.db import db
from intranet.core.deliveries import Reaction
from intranet.core.events import Delivery, EventRow, first_broken_link
from intranet.core.policy import Refused
from intranet.decisions.models import Decision
from intranet.polls.models import CountedBallot, OpenBallot, Poll, PollState, SealedBallot, Voter
from intranet.polls.service import cast_ballot
from intranet.proposals import service as proposals
from intranet.proposals.models import Proposal
from intranet.voting.election import ElectionSettings, Ranking
from tests.cast import Cast, acting
from tests.polls.balloting import (
    circle,
    close,
    crowd,
    define,
    happened,
    open_poll,
    put_to_the_vote,
    rows,
    stored,
    submitted,
    vote,
)

ROOT = Path(__file__).resolve().parents[2]


def at_once(app: Flask, actions: Sequence[Callable[[], object]]) -> list[object]:
    """Do everything at the same instant, each in a thread; gives what came of each."""
    db.session.remove()
    start = threading.Barrier(len(actions))
    results: list[object] = [None] * len(actions)

    def run(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                results[number] = actions[number]()
            except Exception as error:
                results[number] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def said(results: Sequence[object]) -> Counter[str]:
    """How often each answer was given: done, or the code or class of the error."""
    return Counter(str(result) if isinstance(result, Exception) else "done" for result in results)


def test_t54_the_same_member_at_once_is_counted_once_in_a_secret_vote(
    app: Flask, cast: Cast
) -> None:
    poll = open_poll(define(cast.assembly, secret=True), cast.members)
    options = ("for", "against")
    results = at_once(app, [partial(vote, cast.amel, poll, options[n % 2]) for n in range(20)])
    assert said(results) == {"done": 1, "polls.secret_is_final": 19}
    assert rows(SealedBallot) == 1
    outcome = close(poll)
    assert outcome.counts["for"] + outcome.counts["against"] == 1
    assert outcome.taken_part == 1


def test_t54_the_same_member_at_once_in_an_open_vote_has_one_voice(app: Flask, cast: Cast) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    results = at_once(app, [partial(vote, cast.amel, poll) for _ in range(20)])
    assert said(results) == {"done": 20}
    assert rows(OpenBallot) == 20
    assert close(poll).counts["for"] == 1


@pytest.mark.parametrize("secret", [True, False])
def test_t54_the_same_member_at_once_among_options_has_one_voice(
    app: Flask, cast: Cast, secret: bool
) -> None:
    election = ElectionSettings()
    rule = define(cast.assembly, method="approval", election=election, secret=secret)
    poll = open_poll(rule, cast.members, candidates=("a", "b", "c"))

    def mark(number: int) -> None:
        with acting(cast.amel) as tx:
            cast_ballot(tx, poll, {f"mark.{number % 3}": "1"})

    results = at_once(app, [partial(mark, number) for number in range(20)])
    assert said(results)["done"] == (1 if secret else 20)
    assert rows(SealedBallot if secret else OpenBallot) == (1 if secret else 20)
    counted = close(poll)
    assert isinstance(counted, Ranking)
    assert (counted.turnout.valid, counted.turnout.not_voted) == (1, 2)


@pytest.mark.parametrize("secret", [True, False])
def test_t57_a_hundred_members_at_the_same_instant_are_all_counted(
    app: Flask, cast: Cast, secret: bool
) -> None:
    people = crowd(100)
    poll = open_poll(define(cast.assembly, secret=secret), people)
    results = at_once(app, [partial(vote, person, poll) for person in people])
    assert said(results) == {"done": 100}
    assert rows(SealedBallot if secret else OpenBallot) == 100
    assert close(poll).counts["for"] == 100
    assert first_broken_link(db.session) is None


def conclude(person_id: int | None, proposal_id: int) -> None:
    with acting(person_id) as tx:
        proposals.conclude(tx, proposal_id)


def test_ten_closings_at_once_count_once(app: Flask, cast: Cast) -> None:
    define(cast.assembly, key="simple")
    proposal = submitted(cast.amel, "simple")
    poll = put_to_the_vote(cast.amel, proposal)
    for person in cast.members:
        vote(person, poll)
    results = at_once(app, [partial(conclude, cast.bruno, proposal) for _ in range(10)])
    assert said(results) == {"done": 1, "proposals.not_voting": 9}
    assert happened().count("PollClosed") == 1
    assert happened().count("ProposalAdopted") == 1
    assert rows(Decision) == 1
    assert stored(poll).state == PollState.CLOSED


def test_ten_counts_of_a_secret_box_at_once_open_it_once(app: Flask, cast: Cast) -> None:
    poll = open_poll(define(cast.assembly, secret=True), cast.members)
    for person in cast.members:
        vote(person, poll)
    results = at_once(app, [partial(close, poll) for _ in range(10)])
    assert said(results) == {"done": 1, "polls.already_counted": 9}
    assert rows(CountedBallot) == len(cast.members)


def test_twenty_openings_at_once_open_one_vote(app: Flask, cast: Cast) -> None:
    define(cast.assembly, key="simple")
    proposal = submitted(cast.amel, "simple")
    opening = partial(put_to_the_vote, cast.amel, proposal, 2)
    results = at_once(app, [opening for _ in range(20)])
    assert said(results) == {"done": 1, "proposals.not_in_discussion": 19}
    assert rows(Poll) == 1
    assert rows(Voter) == len(cast.members)
    assert db.session.get_one(Proposal, proposal).poll_id == db.session.scalar(select(Poll.id))


def _vote_until_refused(person_id: int, poll_id: int) -> int:
    """Change one's vote again and again; gives how many ballots were accepted."""
    accepted = 0
    while True:
        try:
            vote(person_id, poll_id, ("for", "against")[accepted % 2], str(accepted))
        except Refused as refusal:
            if refusal.verdict.reason != "polls.closed":
                raise
            return accepted
        accepted += 1


def _conclude_when_possible(proposal_id: int) -> int:
    """Ask for the count again and again until it happened."""
    while True:
        try:
            conclude(None, proposal_id)
        except Refused as refusal:
            if refusal.verdict.reason == "proposals.not_voting":
                return 0
            time.sleep(0.01)
        else:
            return 0


@pytest.mark.parametrize("by", ["clock", "worker"])
def test_t56_a_ballot_sent_while_the_count_runs_is_wholly_in_or_wholly_out(
    app: Flask, cast: Cast, by: str
) -> None:
    people = crowd(6)
    define(circle(people), key="cercle")
    proposal = submitted(people[0], "cercle")
    poll = put_to_the_vote(people[0], proposal)
    ends = clock.now() + timedelta(seconds=1.5)
    with acting(None) as tx:
        tx.session.get_one(Poll, poll).closes_at = ends
    voting = [partial(_vote_until_refused, person, poll) for person in people]
    counting: list[Callable[[], int]] = [partial(_conclude_when_possible, proposal)] * 2
    if by == "worker":
        counting = [partial(_work_until_counted, app, poll)]
    results = at_once(app, [*voting, *counting])
    accepted = [result for result in results if isinstance(result, int)]
    assert len(accepted) == len(results), said(results)
    assert sum(accepted) == rows(OpenBallot) > 0
    row = stored(poll)
    assert row.closed_at is not None
    assert row.closed_at >= ends
    last_cast = db.session.scalar(select(func.max(OpenBallot.cast_at)))
    assert last_cast is not None
    assert last_cast < ends
    assert happened().count("PollClosed") == 1
    assert _recount(poll) == _published(row)


def _work_until_counted(app: Flask, poll_id: int) -> int:
    while stored(poll_id).state == PollState.OPEN:
        worker.work_once(app)
        time.sleep(0.05)
    return 0


def _recount(poll_id: int) -> dict[str, int]:
    """For and against, counted again from the last ballot of each voter."""
    last: dict[int, str] = {}
    for ballot in db.session.scalars(
        select(OpenBallot).where(OpenBallot.poll_id == poll_id).order_by(OpenBallot.id)
    ):
        last[ballot.voter_id] = ballot.option
    return {option: list(last.values()).count(option) for option in ("for", "against")}


def _published(poll: Poll) -> dict[str, int]:
    """For and against, as the stored outcome says."""
    counts = json.loads(poll.outcome or "")["counts"]
    return {option: counts[option] for option in ("for", "against")}


CHILD = """
import os, signal, sys
from pathlib import Path
from intranet import create_app
from intranet.auth.queries import load_actor
from intranet.core import transaction as ground
from intranet.polls import service

instance, url, poll, moment, *people = sys.argv[1:]
app = create_app(Path(instance), {"testing": True, "database_url": url})
ground.wire(load_actor, lambda event: ("witness",))
with app.app_context():
    for person in people:
        with ground.transaction(int(person)) as tx:
            service.cast_ballot(tx, int(poll), {"option": "for"})
            if moment == "before the commit":
                os.kill(os.getpid(), signal.SIGKILL)
    if moment == "after the commit":
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(0)
"""


def child(app: Flask, poll: int, moment: str, people: Sequence[int]) -> subprocess.Popen[bytes]:
    """Another process of the application that votes, then ends or is killed."""
    db.session.remove()
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    command = [sys.executable, "-c", CHILD, app.instance_path, url, str(poll), moment]
    return subprocess.Popen(
        [*command, *map(str, people)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


@pytest.mark.parametrize(("moment", "kept"), [("before the commit", 0), ("after the commit", 1)])
def test_a_killed_process_leaves_all_or_nothing_and_no_reaction_is_lost(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, moment: str, kept: int
) -> None:
    poll = open_poll(define(cast.assembly), cast.members)
    assert child(app, poll, moment, [cast.amel]).wait(60) == -signal.SIGKILL
    waiting = select(func.count()).where(Delivery.consumer == "witness", Delivery.done_at.is_(None))
    assert (rows(OpenBallot), db.session.scalar(waiting)) == (kept, kept)

    seen: list[str] = []
    others = defaultdict(lambda: Reaction("other", lambda _reader, _rows: None))
    others["witness"] = Reaction("witness", lambda _reader, found: seen.extend(names(found)))
    monkeypatch.setattr(worker, "REACTIONS", others)
    worker.work_once(app)
    worker.work_once(app)
    assert seen == ["BallotCast"] * kept
    db.session.rollback()
    assert db.session.scalar(waiting) == 0
    assert first_broken_link(db.session) is None
    vote(cast.bruno, poll)
    assert close(poll).counts["for"] == kept + 1


def names(found: Sequence[EventRow]) -> list[str]:
    return [row.name for row in found]


def test_two_processes_at_once_lose_no_ballot(app: Flask, cast: Cast) -> None:
    people = crowd(40)
    poll = open_poll(define(cast.assembly, secret=True), people)
    processes = [child(app, poll, "end", people[start::2]) for start in range(2)]
    assert [process.wait(120) for process in processes] == [0, 0]
    assert rows(SealedBallot) == 40
    assert close(poll).counts["for"] == 40
