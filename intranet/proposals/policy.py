"""Who may propose, discuss, put to the vote and conclude, and in which state."""

from __future__ import annotations

from datetime import timedelta

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.mandate_queries import holds_mandate
from intranet.members.statuses import Audience, Right, status_opens
from intranet.polls import queries as polls
from intranet.polls.draws import queries as draws
from intranet.polls.objections import queries as objections
from intranet.polls.procedure_models import Choosers
from intranet.polls.procedure_queries import ProcedureCard
from intranet.polls.rounds import can_close_early
from intranet.polls.tellers import queries as tellers
from intranet.proposals.advised import queries as advised
from intranet.proposals.models import Proposal
from intranet.proposals.suggestions.standing import has_open_ballot
from intranet.proposals.support.models import CoAuthor
from intranet.proposals.workflow import State
from intranet.wiki.policy import may_read_page

TIME_TO_COUNT = timedelta(hours=1)
TIME_FOR_TELLERS = timedelta(days=14)
TIME_FOR_A_DRAW = timedelta(days=14)

_WRITABLE = (State.DRAFT, State.DISCUSSION)


def is_author(reader: Reader, proposal: Proposal) -> bool:
    """Whether the person looking made the proposal."""
    return reader.actor.is_system or proposal.author_id == reader.actor.person_id


def is_co_author(reader: Reader, proposal: Proposal) -> bool:
    """Whether the person looking writes the proposal with its author."""
    key = (proposal.id, reader.actor.person_id)
    return None not in key and reader.session.get(CoAuthor, key) is not None


def _author_has_left(reader: Reader, proposal: Proposal) -> bool:
    """Whether its author may no longer read it: they have left, or its page was closed to them."""
    status = members.status_on(reader, proposal.author_id, members.today(reader))
    audiences = [page.audience for page in proposal.pages] or [Audience.OPEN]
    return not all(status_opens(status, audience) for audience in audiences)


def _acts_for_author(reader: Reader, proposal: Proposal) -> Verdict:
    """The author; once they have left, any member with a vote, or it could never be ended."""
    if is_author(reader, proposal):
        return YES
    if not may_read_proposal(reader, proposal):
        return no("proposals.unknown")
    if not _author_has_left(reader, proposal):
        return no("proposals.only_the_author")
    return YES if reader.actor.has(Right.VOTE) else no("proposals.author_has_left")


def may_read_proposal(reader: Reader, proposal: Proposal) -> Verdict:
    """A draft is for those who write it; afterwards, everybody of its audience. Whoever may not
    read a page it is about reads none of it, its author included: it quotes that page."""
    if not all(may_read_page(reader, page) for page in proposal.pages):
        return no("proposals.unknown")
    is_out = proposal.state != State.DRAFT and proposal.submitted_at
    if is_out and proposal.audience in reader.actor.audiences:
        return YES
    # Last, because only this asks the database, and most readers are neither.
    writes = is_author(reader, proposal) or is_co_author(reader, proposal)
    return YES if writes else no("proposals.unknown")


def may_propose(reader: Reader) -> Verdict:
    """Members, employees and applicants: whoever works here may propose."""
    return YES if reader.actor.has(Right.PROPOSE) else no("proposals.may_not_propose")


def may_choose_procedure(reader: Reader, card: ProcedureCard) -> Verdict:
    """Whoever the procedure says: all who propose, members with a vote, or mandate holders."""
    if reader.actor.is_system or card.course.choosers is Choosers.PROPOSERS:
        return YES
    if card.course.choosers is Choosers.MEMBERS:
        return YES if reader.actor.has(Right.VOTE) else no("proposals.members_choose")
    return YES if holds_mandate(reader, card.body_id) else no("proposals.mandated_choose")


def may_reword(reader: Reader, proposal: Proposal) -> Verdict:
    """The author and those who write it with them, until the text, or a suggested change of it, is
    put to the vote."""
    if not is_author(reader, proposal) and not is_co_author(reader, proposal):
        return no("proposals.only_the_author")
    if proposal.state not in _WRITABLE:
        return no("proposals.text_is_frozen")
    if has_open_ballot(reader, proposal.id):
        return no("suggestions.under_vote")
    return may_propose(reader)


def may_submit(reader: Reader, proposal: Proposal) -> Verdict:
    """The author of a draft."""
    if not is_author(reader, proposal):
        return no("proposals.only_the_author")
    if proposal.state != State.DRAFT:
        return no("proposals.already_submitted")
    return may_propose(reader)


def may_comment_proposal(reader: Reader, proposal: Proposal) -> Verdict:
    """Whoever may read it and speak, while it is discussed or voted on."""
    if not may_read_proposal(reader, proposal):
        return no("proposals.unknown")
    if not reader.actor.has(Right.COMMENT):
        return no("proposals.may_not_comment")
    if proposal.state not in (State.DISCUSSION, State.VOTING):
        return no("proposals.discussion_is_over")
    return YES


def may_open_voting(reader: Reader, proposal: Proposal) -> Verdict:
    """The author, once the proposal has been discussed."""
    if not is_author(reader, proposal):
        return no("proposals.only_the_author")
    if proposal.state != State.DISCUSSION:
        return no("proposals.not_in_discussion")
    return may_propose(reader)


def may_withdraw(reader: Reader, proposal: Proposal) -> Verdict:
    """The author, before the vote; a member with a vote in the place of one who has left."""
    verdict = _acts_for_author(reader, proposal)
    if not verdict:
        return verdict
    if proposal.state not in _WRITABLE:
        return no("proposals.too_late_to_withdraw")
    if has_open_ballot(reader, proposal.id):
        return no("suggestions.under_vote")
    return YES


def may_end_round(reader: Reader, proposal: Proposal) -> Verdict:
    """The author, to take a text under vote back to discussion, or to annul the vote.

    A member with a vote does it in the place of an author who has left. Once the time is over the
    vote is counted; only one that could not be counted within an hour, because its opening key is
    lost for example, can still be ended so. Tellers and a draw have two weeks. Once advice is
    counted, its author answers it instead.
    """
    verdict = _acts_for_author(reader, proposal)
    if not verdict:
        return verdict
    if proposal.state != State.VOTING or proposal.poll_id is None:
        return no("proposals.not_voting")
    if advised.awaits_answer(reader, proposal.poll_id):
        return no("advised.answer_is_awaited")
    over_since = reader.now - polls.closing_time(reader, proposal.poll_id)
    if timedelta(0) <= over_since < _time_to_end(reader, proposal.poll_id):
        return no("proposals.time_is_over")
    return YES


def _time_to_end(reader: Reader, poll_id: int) -> timedelta:
    """How long after its end a vote is left to those who count it or draw."""
    if draws.awaits_seed(reader, poll_id):
        return TIME_FOR_A_DRAW
    return TIME_FOR_TELLERS if tellers.waits_for_tellers(reader, poll_id) else TIME_TO_COUNT


def may_conclude(reader: Reader, proposal: Proposal, with_key: bool = False) -> Verdict:
    """Anybody once the time is over; before, if all have voted, no objection is open and the
    procedure lets it, a member other than the author. Where tellers keep the key of the box, with
    the words of two of them."""
    if proposal.state != State.VOTING or proposal.poll_id is None:
        return no("proposals.not_voting")
    if draws.awaits_seed(reader, proposal.poll_id):
        return no("proposals.a_draw_is_awaited")
    if advised.awaits_answer(reader, proposal.poll_id):
        return no("advised.answer_is_awaited")
    if not with_key and tellers.waits_for_tellers(reader, proposal.poll_id):
        return no("proposals.tellers_count")
    if reader.now >= polls.closing_time(reader, proposal.poll_id):
        return YES
    if not can_close_early(reader, proposal.poll_id):
        return no("proposals.never_early")
    if objections.any_open(reader, proposal.poll_id):
        return no("proposals.objections_are_open")
    if not polls.everybody_voted(reader, proposal.poll_id):
        return no("proposals.votes_are_missing")
    if is_author(reader, proposal) or not reader.actor.has(Right.VOTE):
        return no("proposals.another_member_closes")
    return YES
