"""Talking about a proposal: rounds, a summary, comments, positions, and what one has read."""

from __future__ import annotations

from sqlalchemy import func, select

from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.discussions import effects as discussions
from intranet.discussions.mentions import Mentions, mentions
from intranet.discussions.models import Comment
from intranet.discussions.policy import may_edit_comment, may_hide_comment
from intranet.discussions.queries import subject_of
from intranet.members import queries as members
from intranet.members.statuses import AUDIENCES
from intranet.proposals import events, saying
from intranet.proposals.models import Proposal
from intranet.proposals.policy import may_comment_proposal, may_read_proposal
from intranet.proposals.talks.events import (
    DiscussionSummed,
    PersonMentioned,
    RoundClosed,
    RoundOpened,
    StanceTaken,
)
from intranet.proposals.talks.models import (
    RoundKind,
    Stance,
    StanceKind,
    Summary,
    TalkRound,
)
from intranet.proposals.talks.policy import (
    may_lead_rounds,
    may_mark_as_read,
    may_sum_up,
    may_take_a_stance,
)
from intranet.proposals.talks.reading import keep_read
from intranet.proposals.talks.standing import open_round
from intranet.proposals.versions import latest


def _proposal(tx: Transaction, proposal_id: int) -> Proposal:
    proposal = tx.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None or not may_read_proposal(tx, proposal):
        raise NotFound
    return proposal


def _me(tx: Transaction) -> int:
    assert tx.actor.person_id is not None  # noqa: S101
    return tx.actor.person_id


def say(
    tx: Transaction, proposal: Proposal, text: str, reply_to_id: int | None, block_id: str | None
) -> int:
    """Add a comment to a proposal, in the round that is open.

    Whoever is called by name, without doubt and with the right to read it, is told by an event.
    """
    tx.require(may_comment_proposal, proposal)
    version = latest(tx, proposal)
    objection = saying.objection_meant(tx, proposal, version, block_id)
    current = open_round(tx, proposal.id)
    said = discussions.Said(
        text=text,
        html=saying.rendered(tx, proposal, text),
        author_id=_me(tx),
        reply_to_id=reply_to_id,
        block_id=block_id,
        about_version=version.number,
        round=current.kind if current else None,
        mentioned=_others_called(tx, proposal, text),
    )
    comment_id = discussions.add_comment(tx, "proposal", proposal.id, said)
    keep_read(tx, proposal.id, version.number)
    for person_id in said.mentioned:
        tx.record(PersonMentioned(proposal.id, comment_id, person_id))
    if objection:
        tx.record(events.ObjectionAnswered(proposal.id, objection.id, comment_id))
    else:
        tx.record(events.ProposalCommented(proposal.id, comment_id))
    return comment_id


def _others_called(tx: Transaction, proposal: Proposal, text: str) -> tuple[int, ...]:
    called = called_in(tx, proposal, text).people
    return tuple(person_id for person_id in called if person_id != tx.actor.person_id)


def called_in(reader: Reader, proposal: Proposal, text: str) -> Mentions:
    """Whom a comment calls by name, among those who may read the proposal today."""
    if "@" not in text:
        return Mentions((), ())
    opened = [status for status, audiences in AUDIENCES.items() if proposal.readers in audiences]
    people = members.people_with_status(reader, opened, members.today(reader))
    return mentions(text, [(person.id, person.name) for person in people])


def react(tx: Transaction, proposal_id: int, comment_id: int, kind: str) -> None:
    """Answer a comment without a word, or take that back. Raises NotFound, Invalid."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_comment_proposal, proposal)
    subject = subject_of(tx, comment_id)
    if subject is None or (subject.kind, subject.id) != ("proposal", proposal.id):
        raise NotFound
    if tx.session.get_one(Comment, comment_id).hidden_at is not None:
        raise NotFound
    discussions.toggle_reaction(tx, comment_id, _me(tx), kind)
    keep_read(tx, proposal.id, latest(tx, proposal).number)


def correct_comment(tx: Transaction, proposal_id: int, comment_id: int, text: str) -> None:
    """Give one's own comment other words, a short time after it was made. Whoever it called by name
    stays called, and is told once; whoever the new words call is told now.

    Raises NotFound, Refused, Invalid.
    """
    proposal = _proposal(tx, proposal_id)
    comment = discussions.comment_on(tx, "proposal", proposal.id, comment_id)
    tx.require(may_edit_comment, comment)
    html, called = saying.rendered(tx, proposal, text), _others_called(tx, proposal, text)
    for person_id in discussions.correct(tx, comment, text, html, called):
        tx.record(PersonMentioned(proposal.id, comment.id, person_id))


def hide_comment(tx: Transaction, proposal_id: int, comment_id: int, because: str) -> None:
    """Take a comment out of sight, for a reason. Raises NotFound, Refused, Invalid."""
    proposal = _proposal(tx, proposal_id)
    comment = discussions.comment_on(tx, "proposal", proposal.id, comment_id)
    tx.require(may_hide_comment, comment)
    discussions.hide(tx, comment, because)


def lead(tx: Transaction, proposal_id: int, kind: str) -> None:
    """Open a round; the one that is open ends. An empty kind ends it and opens none.

    Raises Invalid for an unknown kind, Conflict when nothing would change.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_lead_rounds, proposal)
    if kind and kind not in set(RoundKind):
        raise Invalid(kind="round_unknown")
    current = open_round(tx, proposal.id)
    if (current.kind if current else "") == kind:
        raise Conflict("talks.same_round")
    if current is not None:
        current.closed_at, current.closed_by_id = tx.now, _me(tx)
        tx.session.flush()
        tx.record(RoundClosed(proposal.id, current.kind))
    if kind:
        tx.session.add(
            TalkRound(proposal_id=proposal.id, kind=kind, opened_at=tx.now, opened_by_id=_me(tx))
        )
        tx.record(RoundOpened(proposal.id, kind))


def sum_up(tx: Transaction, proposal_id: int, text: str) -> int:
    """Write what was said so far; earlier summaries stay. Gives its number. Raises Invalid."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_sum_up, proposal)
    if not text.strip():
        raise Invalid(text="comment_empty")
    if len(text) > discussions.LONGEST:
        raise Invalid(text="comment_too_long")
    last = select(func.max(Summary.number)).where(Summary.proposal_id == proposal.id)
    summary = Summary(
        proposal_id=proposal.id,
        number=(tx.session.scalar(last) or 0) + 1,
        text=text,
        html=saying.rendered(tx, proposal, text),
        author_id=_me(tx),
        at=tx.now,
    )
    tx.session.add(summary)
    tx.session.flush()
    tx.record(DiscussionSummed(proposal.id, summary.id))
    return summary.number


def take_a_stance(tx: Transaction, proposal_id: int, kind: str, base_number: int) -> None:
    """Say where one stands on the version one read; an empty kind takes that back.

    Raises Conflict when there is a newer version, Invalid for an unknown kind.
    """
    proposal = _proposal(tx, proposal_id)
    tx.require(may_take_a_stance, proposal)
    if kind and kind not in set(StanceKind):
        raise Invalid(kind="stance_unknown")
    number = latest(tx, proposal).number
    if base_number != number:
        raise Conflict("proposals.newer_version", number=number)
    found = tx.session.get(Stance, (proposal.id, _me(tx)))
    if found is not None:
        tx.session.delete(found)
        tx.session.flush()
    if kind:
        tx.session.add(
            Stance(
                proposal_id=proposal.id,
                person_id=_me(tx),
                kind=kind,
                about_version=number,
                at=tx.now,
            )
        )
    keep_read(tx, proposal.id, number)
    tx.record(StanceTaken(proposal.id))


def mark_as_read(tx: Transaction, proposal_id: int, number: int) -> None:
    """Say which version one has read. Raises NotFound for one that is not there."""
    proposal = _proposal(tx, proposal_id)
    tx.require(may_mark_as_read, proposal)
    if not 1 <= number <= latest(tx, proposal).number:
        raise NotFound
    tx.keep_pages()
    keep_read(tx, proposal.id, number)
