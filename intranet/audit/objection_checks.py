"""Objections against the journal and the ballots that raised them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select

from intranet.core.events import EventRow
from intranet.core.transaction import Reader
from intranet.polls.models import OpenBallot, Voter
from intranet.polls.objections.models import Objection, ObjectionEnd


def recorded(reader: Reader) -> Iterator[str]:
    """Each objection was raised and lifted as the journal says, and by whoever may."""
    raised = _actors(reader, "ObjectionRaised")
    lifted = _actors(reader, "ObjectionLifted")
    rows = reader.session.execute(
        select(Objection, ObjectionEnd, OpenBallot, Voter.person_id)
        .join(OpenBallot, OpenBallot.id == Objection.ballot_id)
        .join(Voter, Voter.id == Objection.voter_id)
        .outerjoin(ObjectionEnd, ObjectionEnd.objection_id == Objection.id)
        .order_by(Objection.id)
    )
    for objection, ended, ballot, person_id in rows:
        if (ballot.poll_id, ballot.voter_id) != (objection.poll_id, objection.voter_id):
            yield f"objection {objection.id}: its ballot is one of another vote or voter"
        if objection.id not in raised:
            yield f"objection {objection.id}: the journal does not know of it"
        if (objection.id in lifted) != (ended is not None):
            yield f"objection {objection.id}: the journal says otherwise whether it was lifted"
        elif ended and not ended.ballot_id and lifted[objection.id] not in (person_id, None):
            yield f"objection {objection.id}: somebody else than its author lifted it"
        raised.pop(objection.id, None)
    for number in raised:
        yield f"objection {number} was raised and is gone"


def _actors(reader: Reader, name: str) -> dict[int, int | None]:
    """Who caused each event of this name, by number of objection."""
    rows = select(EventRow.payload, EventRow.actor_id).where(EventRow.name == name)
    return {
        json.loads(payload)["objection_id"]: actor
        for payload, actor in reader.session.execute(rows)
    }
