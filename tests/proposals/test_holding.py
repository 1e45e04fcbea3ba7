"""One vote at a time on a paragraph, even when two open at the same instant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.events import first_broken_link
from intranet.core.policy import Conflict
from intranet.core.transaction import Transaction
from intranet.decisions.models import Decision
from intranet.polls.service import cast_ballot
from intranet.proposals import registry, service
from intranet.proposals.models import HeldBlock, Proposal
from intranet.proposals.versions import latest
from tests.cast import acting
from tests.meanwhile import both
from tests.polls.test_races import at_once
from tests.proposals import stage as on
from tests.proposals.stage import Stage


def holding(proposal_id: int) -> Callable[[Session], None]:
    def hold(session: Session) -> None:
        tx = Transaction(session, SYSTEM, clock.now())
        proposal = session.get_one(Proposal, proposal_id)
        registry.kind(proposal.kind).hold(tx, proposal, latest(tx, proposal))

    return hold


def test_two_openings_at_once_on_one_paragraph_are_one_vote_and_a_conflict(
    app: Flask, stage: Stage
) -> None:
    change = on.a_change(stage)
    first, second = on.an_amendment(stage, change=change), on.an_amendment(stage, change=change)
    done, refused = both(app, holding(first), holding(second))
    assert done is None
    assert isinstance(refused, Conflict)
    assert refused.reason == "proposals.paragraph_is_held"
    assert db.session.scalars(select(HeldBlock.proposal_id)).all() == [first]


def test_two_openings_at_once_on_different_paragraphs_are_two_votes(
    app: Flask, stage: Stage
) -> None:
    first = on.an_amendment(stage)
    second = on.an_amendment(stage, change=on.a_change(stage, "Le mardi aussi.", 1))
    assert both(app, holding(first), holding(second)) == (None, None)
    assert db.session.scalar(select(func.count()).select_from(HeldBlock)) == 2


def test_d1_fifty_votes_counted_at_once_make_fifty_decisions_without_gap(
    app: Flask, stage: Stage
) -> None:
    amel, bruno, _esther = stage.cast.members
    with acting(amel) as tx:
        numbers = []
        for nth in range(50):
            wording = on.Wording(f"Achat {nth}", "", f"Nous achetons la chose {nth}.")
            numbers.append(service.draft(tx, on.NewProposal("resolution", wording, "absolute")))
            service.submit(tx, numbers[-1])
        until = tx.now + timedelta(days=2)
        polls = [service.open_voting(tx, number, until) for number in numbers]
    for person in (amel, bruno):
        with acting(person) as tx:
            for poll in polls:
                cast_ballot(tx, poll, {"option": "for", "reason": ""})
    for poll in polls:
        on.end(poll)
    results = at_once(app, [partial(on.conclude, number) for number in numbers])
    assert results == [None] * 50
    origin = Decision.origin_kind == "proposal"
    sequences = db.session.scalars(select(Decision.sequence).where(origin)).all()
    assert sorted(sequences) == list(range(2, 52))
    kept = db.session.scalars(select(Proposal.decision_number)).all()
    assert len(set(kept)) == 50
    assert first_broken_link(db.session) is None
