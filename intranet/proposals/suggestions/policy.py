"""Who may suggest a change to a proposal, answer it, and put it to the vote."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members.mandate_queries import holds_mandate
from intranet.members.statuses import Right
from intranet.polls import procedure_queries as procedures
from intranet.polls import queries as polls
from intranet.polls.rounds import can_close_early
from intranet.proposals.models import PlannedOpening, Proposal
from intranet.proposals.policy import may_propose, may_read_proposal
from intranet.proposals.suggestions import standing
from intranet.proposals.suggestions.models import Suggestion, SuggestionBallot
from intranet.proposals.suggestions.placing import collide
from intranet.proposals.suggestions.texts import CAN_BE_AMENDED
from intranet.proposals.suggestions.workflow import State
from intranet.proposals.talks.standing import takes_amendments
from intranet.proposals.workflow import State as ProposalState


def may_suggest(reader: Reader, proposal: Proposal) -> Verdict:
    """Whoever may propose and read it, while it is discussed and no opening is planned; its author
    rewords it instead."""
    if not may_read_proposal(reader, proposal):
        return no("proposals.unknown")
    if not may_propose(reader):
        return may_propose(reader)
    if proposal.state != ProposalState.DISCUSSION:
        return no("suggestions.not_in_discussion")
    if proposal.kind not in CAN_BE_AMENDED:
        return no("suggestions.other_kind")
    if proposal.author_id == reader.actor.person_id:
        return no("suggestions.author_rewords")
    if not takes_amendments(reader, proposal.id):
        return no("suggestions.no_round_for_them")
    if reader.session.get(PlannedOpening, proposal.id) is not None:
        return no("suggestions.opening_is_planned")
    return YES


def _is_open(proposal: Proposal, suggestion: Suggestion) -> Verdict:
    if proposal.state != ProposalState.DISCUSSION:
        return no("suggestions.not_in_discussion")
    if suggestion.state != State.PROPOSED:
        return no("suggestions.already_settled")
    return YES


def may_accept(reader: Reader, proposal: Proposal, suggestion: Suggestion) -> Verdict:
    """The author of the proposal, unless another suggestion about the same paragraph waits too:
    then neither of the two is chosen by one person."""
    verdict = may_decline(reader, proposal, suggestion)
    if not verdict:
        return verdict
    mine = standing.asked_of(suggestion)
    for other in standing.live(reader, proposal.id):
        waits = other.id != suggestion.id and other.declined_because is None
        if waits and collide(mine, standing.asked_of(other)):
            return no("suggestions.has_a_rival", other=other.number)
    return YES


def may_decline(reader: Reader, proposal: Proposal, suggestion: Suggestion) -> Verdict:
    """The author of the proposal, while the suggestion waits."""
    verdict = _is_open(proposal, suggestion)
    if not verdict:
        return verdict
    if proposal.author_id != reader.actor.person_id:
        return no("proposals.only_the_author")
    return may_propose(reader)


def may_rewrite(reader: Reader, proposal: Proposal, suggestion: Suggestion) -> Verdict:
    """The person who suggested it, while it waits and suggestions are still taken."""
    verdict = _is_open(proposal, suggestion)
    if not verdict:
        return verdict
    if suggestion.author_id != reader.actor.person_id:
        return no("suggestions.only_who_suggested")
    return may_suggest(reader, proposal)


def may_withdraw_suggestion(reader: Reader, proposal: Proposal, suggestion: Suggestion) -> Verdict:
    """The person who suggested it, while it waits."""
    verdict = _is_open(proposal, suggestion)
    if not verdict:
        return verdict
    if suggestion.author_id != reader.actor.person_id:
        return no("suggestions.only_who_suggested")
    return YES


def may_put_to_vote(reader: Reader, proposal: Proposal, suggestion: Suggestion) -> Verdict:
    """The author of the proposal; holders of a mandate of the body that decides it; and whoever
    suggested it, once the author has declined it: no author can bury a suggestion alone."""
    verdict = _is_open(proposal, suggestion)
    if not verdict:
        return verdict
    me = reader.actor.person_id
    if proposal.author_id == me and may_propose(reader):
        return YES
    body_id = procedures.procedure(reader, proposal.procedure_key).body_id
    if may_read_proposal(reader, proposal) and holds_mandate(reader, body_id):
        return YES
    if suggestion.author_id != me:
        return no("suggestions.others_put_to_vote")
    if suggestion.declined_because is None:
        return no("suggestions.author_answers_first")
    return may_propose(reader)


def may_count_suggestions(reader: Reader, ballot: SuggestionBallot) -> Verdict:
    """Anybody once the time is over; before, if all have voted and the procedure lets it, a member
    with a vote."""
    if ballot.outcome:
        return no("suggestions.already_counted")
    if reader.now >= polls.closing_time(reader, ballot.poll_id):
        return YES
    if not can_close_early(reader, ballot.poll_id):
        return no("proposals.never_early")
    if not polls.everybody_voted(reader, ballot.poll_id):
        return no("proposals.votes_are_missing")
    return YES if reader.actor.has(Right.VOTE) else no("proposals.another_member_closes")


def may_call_off(reader: Reader, proposal: Proposal, ballot: SuggestionBallot) -> Verdict:
    """The author of the proposal, before the end of the vote among suggestions."""
    if ballot.outcome:
        return no("suggestions.already_counted")
    if proposal.author_id != reader.actor.person_id:
        return no("proposals.only_the_author")
    if reader.now >= polls.closing_time(reader, ballot.poll_id):
        return no("proposals.time_is_over")
    return may_propose(reader)
