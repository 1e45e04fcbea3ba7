"""One vote at a time on a paragraph, even when two open at the same instant."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intranet.core import clock
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.policy import Conflict
from intranet.core.transaction import Transaction
from intranet.proposals import registry
from intranet.proposals.models import HeldBlock, Proposal
from intranet.proposals.versions import latest
from tests.meanwhile import both
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
