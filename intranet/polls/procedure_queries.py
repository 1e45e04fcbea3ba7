"""Procedures as pages show them, with what they mean for a body of a given size."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Body
from intranet.members.queries import PersonCard
from intranet.members.statuses import status_opens
from intranet.polls import electorates
from intranet.polls.electorates import Electorate
from intranet.polls.models import Procedure
from intranet.polls.procedure_models import Course, NewProcedure, settings_from
from intranet.voting.election import ElectionSettings
from intranet.voting.quorum import quorum_needed, votes_needed
from intranet.voting.settings import Settings
from intranet.voting.types import Base


@dataclass(frozen=True)
class ProcedureCard:
    """A version of a procedure, with what it means for a body of `registered` people today."""

    id: int
    key: str
    version: int
    name: str
    description: str
    body_id: int
    body_code: str
    body_name: str
    method: str
    settings: Settings
    secret: bool
    min_discussion_hours: int
    min_voting_hours: int
    layers: tuple[str, ...]
    written_at: datetime
    electorate: Electorate
    proxy_cap: int | None
    advisory: tuple[str, ...]
    course: Course
    retired: bool
    election: ElectionSettings | None = None

    def votes_needed(self, registered: int) -> int | None:
        """The votes in favour that adopt when all registered are the base; None otherwise."""
        if self.settings.base is not Base.REGISTERED:
            return None
        return votes_needed(self.settings.threshold, self.settings.strict, registered)

    def quorum_needed(self, registered: int) -> int:
        """How many people must take part, 0 without a quorum."""
        return quorum_needed(self.settings.quorum, registered)


def procedure_card(procedure: Procedure, body: Body) -> ProcedureCard:
    """The card of a version of a procedure and its body."""
    settings, election = settings_from(procedure.method, json.loads(procedure.settings))
    return ProcedureCard(
        id=procedure.id,
        key=procedure.key,
        version=procedure.version,
        name=procedure.name,
        description=procedure.description,
        body_id=body.id,
        body_code=body.code,
        body_name=body.name,
        method=procedure.method,
        settings=settings,
        election=election,
        secret=procedure.secret,
        min_discussion_hours=procedure.min_discussion_hours,
        min_voting_hours=procedure.min_voting_hours,
        layers=tuple(procedure.layers.split()),
        written_at=procedure.created_at,
        electorate=Electorate.from_text(procedure.electorate),
        proxy_cap=procedure.proxy_cap,
        advisory=tuple(procedure.advisory.split()),
        course=Course.from_json(json.loads(procedure.course)),
        retired=procedure.retired,
    )


def card_of(reader: Reader, new: NewProcedure) -> ProcedureCard:
    """The card of a procedure that is not written, as it would be if it were written now."""
    body = reader.session.get_one(Body, new.body_id)
    return ProcedureCard(
        id=0,
        key=new.key,
        version=0,
        name=new.name,
        description=new.description,
        body_id=body.id,
        body_code=body.code,
        body_name=body.name,
        method=new.method,
        settings=new.settings,
        election=new.election,
        secret=new.secret,
        min_discussion_hours=new.min_discussion_hours,
        min_voting_hours=new.min_voting_hours,
        layers=new.layers,
        written_at=reader.now,
        electorate=new.electorate,
        proxy_cap=new.proxy_cap,
        advisory=new.advisory,
        course=new.course,
        retired=False,
    )


def procedures(reader: Reader, retired: bool = False) -> list[ProcedureCard]:
    """The current version of every procedure, by name; those no longer in use instead, if asked."""
    newest = select(Procedure.key, func.max(Procedure.version).label("version"))
    last = newest.group_by(Procedure.key).subquery()
    rows = reader.session.execute(
        select(Procedure, Body)
        .join(last, and_(last.c.key == Procedure.key, last.c.version == Procedure.version))
        .join(Body, Body.id == Procedure.body_id)
        .where(Procedure.retired.is_(retired))
        .order_by(Body.position, Procedure.name)
    )
    return [procedure_card(procedure, body) for procedure, body in rows]


def procedure(reader: Reader, key: str) -> ProcedureCard:
    """The last version of one procedure, which may be retired. Raises NotFound."""
    return procedure_versions(reader, key)[0]


def procedure_versions(reader: Reader, key: str) -> list[ProcedureCard]:
    """Every version of a procedure, the newest first. Raises NotFound when there is none."""
    rows = reader.session.execute(
        select(Procedure, Body)
        .join(Body, Body.id == Procedure.body_id)
        .where(Procedure.key == key)
        .order_by(Procedure.version.desc())
    )
    cards = [procedure_card(procedure, body) for procedure, body in rows]
    if not cards:
        raise NotFound
    return cards


def sizes(reader: Reader, cards: list[ProcedureCard]) -> dict[int, int]:
    """How many people would be on the roll today, by number of procedure."""
    return {number: len(people) for number, people in rolls(reader, cards).items()}


def rolls(reader: Reader, cards: list[ProcedureCard]) -> dict[int, frozenset[int]]:
    """Who would be on the roll today, by number of procedure."""
    asked = {(card.electorate.to_text(), card.body_id) for card in cards}
    today = members.today(reader)
    found = {
        one: frozenset(person.id for person in electorates.people(reader, *one, today))
        for one in asked
    }
    return {card.id: found[card.electorate.to_text(), card.body_id] for card in cards}


def voters_of(reader: Reader, card: ProcedureCard) -> list[PersonCard]:
    """The people who would be on the roll if a vote opened today."""
    today = members.today(reader)
    return electorates.people(reader, card.electorate.to_text(), card.body_id, today)


def advisors_of(reader: Reader, card: ProcedureCard, audience: str) -> list[PersonCard]:
    """The people without a vote whose advice would be asked if a vote opened today on a text of
    this audience: nobody is asked about what they may not read."""
    if not card.advisory:
        return []
    voters = {person.id for person in voters_of(reader, card)}
    asked = members.people_with_status(reader, card.advisory, members.today(reader))
    return [
        person
        for person in asked
        if person.id not in voters and status_opens(person.status, audience)
    ]
