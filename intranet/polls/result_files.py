"""A counted vote as a file that anybody can count again, and the same count made here, now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.events import EventRow
from intranet.core.policy import NotFound
from intranet.core.software import software_version
from intranet.core.transaction import Reader
from intranet.polls import counting
from intranet.polls.draws.events import PollSettled
from intranet.polls.events import PollClosed
from intranet.polls.freezing import frozen_procedure
from intranet.polls.models import Poll, PollState
from intranet.polls.queries import poll
from intranet.voting import registry
from intranet.voting.counted import Counted
from intranet.voting.files.exported import election_to_json
from intranet.voting.types import CastBallot, InvalidCount

Told = dict[str, object]


@dataclass(frozen=True)
class Recount:
    """What the stored ballots give now.

    counted: None when they cannot be counted at all. same_result, same_ballots: whether it is the
        stored outcome, to the last number, and whether the ballots are those that were counted.
    """

    counted: Counted | None
    ballots: int
    same_result: bool
    same_ballots: bool

    @property
    def is_same(self) -> bool:
        """Whether nothing differs from what was stored at the closing."""
        return self.same_result and self.same_ballots


def _closed(reader: Reader, poll_id: int) -> Poll:
    found = reader.session.get(Poll, poll_id)
    if found is None or found.state != PollState.CLOSED:
        raise NotFound
    return found


def recount(reader: Reader, poll_id: int) -> Recount:
    """Count a closed vote again from its stored ballots. Raises NotFound before the count."""
    found = _closed(reader, poll_id)
    ballots = counting.counted_ballots(reader.session, found)
    same_ballots = counting.ballots_digest(ballots) == found.ballots_digest
    try:
        counted = counting.count(reader.session, found, ballots)
    except InvalidCount:
        return Recount(None, len(ballots), same_result=False, same_ballots=same_ballots)
    same = counting.stored_outcome(found) == counted.to_json()
    return Recount(counted, len(ballots), same_result=same, same_ballots=same_ballots)


def result_file(reader: Reader, poll_id: int) -> Told:
    """Everything the count depended on, with the outcome. Raises NotFound before the count.

    Downloaded again it is the same to the letter, as long as the software is: its place in the
    chain is that of the count, not that of the last event. The names in an open vote are those that
    its page shows; who took part in a secret vote is told only as far as the page tells it.
    """
    found = _closed(reader, poll_id)
    card = poll(reader, poll_id)
    ballots = counting.counted_ballots(reader.session, found)
    return {
        "version": software_version(),
        "id": card.id,
        "title": card.title,
        "secret": card.secret,
        "opened_at": card.opened_at.isoformat(),
        "closes_at": card.closes_at.isoformat(),
        "closed_at": card.closed_at.isoformat() if card.closed_at else None,
        "text": card.text,
        "text_digest": found.text_digest,
        "electorate_digest": card.electorate_digest,
        "freeze_digest": card.freeze_digest,
        "ballots_digest": card.ballots_digest,
        "counted_by_event": _place_in_chain(reader, found.id),
        "electorate": [line.name for line in card.roll],
        "positions": [
            {"name": one.name, "option": one.option, "reason": one.reason} for one in card.positions
        ],
        **counted_part(reader, found, ballots),
    }


def counted_part(reader: Reader, found: Poll, ballots: Sequence[CastBallot]) -> Told:
    """The part of a file that the count reads, in the shape of `intranet count`.

    Where the voices of external members count for less, the numbers are parts of voices.
    """
    procedure = frozen_procedure(found.procedure)
    registered = counting.registered(reader.session, found)
    told: Told = {"procedure": procedure, "registered": registered}
    if voices := counting.reduced_voices(reader.session, found):
        told["voices_in_parts"] = voices.to_json()
    if found.seed:
        told["seed"] = found.seed
    outcome = counting.stored_outcome(found)
    if registry.is_election(found.procedure.method):
        box = counting.election_box(found, [one.choice for one in ballots], registered)
        election = election_to_json(box)
        settings = election["procedure"]["settings"]
        told |= election | {"procedure": procedure | {"settings": settings}}
    else:
        said = sorted((one.choice.option, one.choice.reason, one.is_lifted) for one in ballots)
        told["ballots"] = [
            {"option": option, "reason": reason} | ({"lifted": True} if lifted else {})
            for option, reason, lifted in said
        ]
    return told | {"outcome": outcome}


def _place_in_chain(reader: Reader, poll_id: int) -> Told | None:
    """The number and the digest of the event of the count, which depend on every event before it.

    Where lots were drawn afterwards it is the event that says so, as the outcome is that of then.
    None when the journal holds no such event.
    """
    counting_events = (PollClosed.__name__, PollSettled.__name__)
    last = select(EventRow.id, EventRow.name, EventRow.digest).where(
        EventRow.name.in_(counting_events), EventRow.payload.contains(f'"poll_id":{poll_id},')
    )
    row = reader.session.execute(last.order_by(EventRow.id.desc()).limit(1)).one_or_none()
    return {"number": row.id, "name": row.name, "digest": row.digest} if row else None
