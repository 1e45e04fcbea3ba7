"""Writing together, and supporting that something be put to the vote."""

from __future__ import annotations

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import queries as members
from intranet.members.rights_queries import has_right
from intranet.members.statuses import Right, status_opens
from intranet.proposals.models import Proposal
from intranet.proposals.policy import may_read_proposal
from intranet.proposals.support.events import (
    CoAuthorLeft,
    CoAuthorNamed,
    ProposalSeconded,
    SecondingEnded,
)
from intranet.proposals.support.models import CoAuthor, Seconder
from intranet.proposals.support.policy import (
    may_end_co_authorship,
    may_name_co_authors,
    may_second,
)
from intranet.proposals.versions import latest

MOST_CO_AUTHORS = 20


def _proposal(tx: Transaction, proposal_id: int) -> Proposal:
    proposal = tx.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None or not may_read_proposal(tx, proposal):
        raise NotFound
    return proposal


def name_co_author(tx: Transaction, proposal_id: int, person_id: int) -> None:
    """Let somebody read the draft and reword it. Twice is once.

    Raises Invalid for whoever could not propose it themselves or may not read its pages.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_name_co_authors, proposal)
    status = members.status_on(tx, person_id, members.today(tx))
    can_propose = status is not None and has_right(tx, status, Right.PROPOSE)
    if not can_propose or not status_opens(status, proposal.readers):
        raise Invalid(person="co_author_unsuited")
    if person_id == proposal.author_id:
        raise Invalid(person="co_author_is_author")
    if tx.session.get(CoAuthor, (proposal.id, person_id)) is not None:
        return
    if tx.session.query(CoAuthor).filter_by(proposal_id=proposal.id).count() >= MOST_CO_AUTHORS:
        raise Invalid(person="co_authors_too_many")
    tx.session.add(CoAuthor(proposal_id=proposal.id, person_id=person_id, at=tx.now))
    _drop_seconding(tx, proposal.id, person_id)
    tx.record(CoAuthorNamed(proposal.id, person_id))


def end_co_authorship(tx: Transaction, proposal_id: int, person_id: int) -> None:
    """Somebody no longer writes the proposal; what they wrote stays. Twice is once."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_end_co_authorship, proposal, person_id)
    found = tx.session.get(CoAuthor, (proposal.id, person_id))
    if found is not None:
        tx.session.delete(found)
        tx.record(CoAuthorLeft(proposal.id, person_id))


def second(tx: Transaction, proposal_id: int) -> None:
    """Ask with the author that the present wording be put to the vote. Twice is once.

    It is said of this wording: after a new one it counts only when it is said again.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_second, proposal)
    assert tx.actor.person_id is not None  # noqa: S101
    number = latest(tx, proposal).number
    found = tx.session.get(Seconder, (proposal.id, tx.actor.person_id))
    if found is not None and found.version_number == number:
        return
    if found is None:
        found = Seconder(proposal_id=proposal.id, person_id=tx.actor.person_id)
        tx.session.add(found)
    found.version_number, found.at = number, tx.now
    tx.record(ProposalSeconded(proposal.id, number))


def end_seconding(tx: Transaction, proposal_id: int) -> None:
    """No longer support that it is put to the vote. Twice is once."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_second, proposal)
    assert tx.actor.person_id is not None  # noqa: S101
    if _drop_seconding(tx, proposal.id, tx.actor.person_id):
        tx.record(SecondingEnded(proposal.id))


def _drop_seconding(tx: Transaction, proposal_id: int, person_id: int) -> bool:
    found = tx.session.get(Seconder, (proposal_id, person_id))
    if found is not None:
        tx.session.delete(found)
    return found is not None
