"""Draws by lot as pages show them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.polls.draws.models import SaidSeed
from intranet.polls.models import Poll, PollState, Procedure
from intranet.polls.procedure_models import Course, Tied, draws_lots, settings_from
from intranet.voting.types import Result, TieRule


@dataclass(frozen=True)
class SeedLine:
    """Who said which seed, and when."""

    person_id: int
    name: str
    seed: str
    at: datetime


def is_settled_by_draw(procedure: Procedure) -> bool:
    """Whether a tie under a version of a procedure is separated by lot."""
    course = Course.from_json(json.loads(procedure.course))
    settings, _election = settings_from(procedure.method, json.loads(procedure.settings))
    by_lot = course.tied is Tied.DRAW or settings.tie is TieRule.DRAW
    return by_lot or draws_lots(procedure.method)


def awaits_seed(reader: Reader, poll_id: int) -> bool:
    """Whether a counted vote is tied until a seed is drawn in public."""
    poll = reader.session.get_one(Poll, poll_id)
    is_tied = poll.state == PollState.CLOSED and poll.result == Result.TIED
    return is_tied and not poll.seed and is_settled_by_draw(poll.procedure)


def said(reader: Reader, poll_id: int) -> list[SeedLine]:
    """Every seed that was said for a vote, the first one first."""
    rows = reader.session.execute(
        select(SaidSeed.person_id, Person.name, SaidSeed.seed, SaidSeed.at)
        .join(Person, Person.id == SaidSeed.person_id)
        .where(SaidSeed.poll_id == poll_id)
        .order_by(SaidSeed.id)
    )
    return [SeedLine(*row) for row in rows]
