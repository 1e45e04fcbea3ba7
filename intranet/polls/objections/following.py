"""What a ballot does to the objections of its voter."""

from __future__ import annotations

from intranet.core.transaction import Transaction
from intranet.polls.facts import AnyPoll
from intranet.polls.models import OpenBallot, Poll
from intranet.polls.objections.events import ObjectionLifted, ObjectionRaised
from intranet.polls.objections.models import Objection, ObjectionEnd
from intranet.polls.objections.standing import knows_objections, open_objection_of, stops


def follow_ballot(
    tx: Transaction, poll: AnyPoll, voter_id: int, option: str, ballot_id: int
) -> None:
    """Raise the objection that an open ballot makes, or lift the one that it gives up.

    The poll is locked by whoever casts, so that a voter never has two open objections.
    """
    if not knows_objections(poll):
        return
    standing = open_objection_of(tx.session, poll.id, voter_id)
    if stops(poll, option):
        if standing is None:
            _raise(tx, poll, voter_id, ballot_id)
    elif standing is not None:
        end(tx, standing, ballot_id=ballot_id)


def carry(tx: Transaction, poll: Poll, ballot: OpenBallot, is_lifted: bool) -> None:
    """Take an objection over into a second vote that keeps the ballots of the first, lifted when
    its author had lifted it there."""
    follow_ballot(tx, poll, ballot.voter_id, ballot.option, ballot.id)
    standing = open_objection_of(tx.session, poll.id, ballot.voter_id)
    if is_lifted and standing is not None:
        end(tx, standing)


def _raise(tx: Transaction, poll: AnyPoll, voter_id: int, ballot_id: int) -> None:
    objection = Objection(poll_id=poll.id, voter_id=voter_id, ballot_id=ballot_id, raised_at=tx.now)
    tx.session.add(objection)
    tx.session.flush()
    tx.record(ObjectionRaised(poll.id, objection.id))


def end(
    tx: Transaction, objection: Objection, because: str = "", ballot_id: int | None = None
) -> None:
    """Write down that an objection is lifted: it stays in the record and stops nothing."""
    ended = ObjectionEnd(objection_id=objection.id, ballot_id=ballot_id, because=because, at=tx.now)
    tx.session.add(ended)
    tx.session.flush()
    tx.record(ObjectionLifted(objection.poll_id, objection.id))
