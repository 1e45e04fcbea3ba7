"""Who may be a teller, and when tellers give their words."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.polls import procedure_queries as procedures
from intranet.polls import queries as polls
from intranet.polls.procedure_models import Custody
from intranet.polls.tellers import queries as tellers
from intranet.proposals.models import Proposal
from intranet.proposals.policy import may_read_proposal
from intranet.proposals.workflow import State


def _asks_for_tellers(reader: Reader, proposal: Proposal) -> Verdict:
    """Whether tellers are being looked for: the proposal is discussed, and its procedure asks."""
    if not may_read_proposal(reader, proposal):
        return no("proposals.unknown")
    if proposal.state != State.DISCUSSION:
        return no("tellers.too_late")
    if procedures.procedure(reader, proposal.procedure_key).course.custody is not Custody.TELLERS:
        return no("tellers.not_asked_for")
    return YES


def _is_teller(reader: Reader, proposal: Proposal) -> bool:
    named = tellers.named(reader, ("proposal", proposal.id))
    return reader.actor.person_id in {line.person_id for line in named}


def may_be_teller(reader: Reader, proposal: Proposal) -> Verdict:
    """A member with a vote, before the vote opens, as long as a teller is missing; a teller takes
    new words as often as needed until then."""
    asked = _asks_for_tellers(reader, proposal)
    if not asked:
        return asked
    if not reader.actor.has(Right.VOTE):
        return no("tellers.only_members")
    if _is_teller(reader, proposal):
        return YES
    if not tellers.missing(reader, ("proposal", proposal.id)):
        return no("tellers.all_found")
    return YES


def may_stop_being_teller(reader: Reader, proposal: Proposal) -> Verdict:
    """A teller, before the vote opens."""
    asked = _asks_for_tellers(reader, proposal)
    if not asked:
        return asked
    return YES if _is_teller(reader, proposal) else no("tellers.not_a_teller")


def may_give_words(reader: Reader, proposal: Proposal) -> Verdict:
    """A teller of the vote who has not given them yet, once its time is over."""
    if not may_read_proposal(reader, proposal):
        return no("proposals.unknown")
    if proposal.state != State.VOTING or proposal.poll_id is None:
        return no("proposals.not_voting")
    mine = [
        line
        for line in tellers.holders(reader, proposal.poll_id)
        if line.person_id == reader.actor.person_id
    ]
    if not mine:
        return no("tellers.not_a_teller")
    if not reader.actor.has(Right.READ):
        return no("polls.no_longer_here")
    if reader.now < polls.closing_time(reader, proposal.poll_id):
        return no("tellers.vote_still_open")
    if mine[0].has_given:
        return no("tellers.words_already_given")
    return YES
