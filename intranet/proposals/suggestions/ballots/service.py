"""Suggestions about one paragraph on one ballot, with the present text, and what the count does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intranet.core.block_changes import StaleBlock
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import queries as members
from intranet.polls import effects as polls
from intranet.polls import procedure_queries as procedures
from intranet.polls.counting import candidates_of
from intranet.polls.models import Poll
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals.kinds.amendment import as_markdown
from intranet.proposals.models import Proposal
from intranet.proposals.readiness import check_length
from intranet.proposals.suggestions import standing
from intranet.proposals.suggestions.ballots.ways import ways_to_choose
from intranet.proposals.suggestions.events import SuggestionsDecided, SuggestionsPutToVote
from intranet.proposals.suggestions.models import Suggestion, SuggestionBallot
from intranet.proposals.suggestions.moving import (
    Because,
    move,
    present_changes,
    proposal_for,
    suggestion_of,
    take_in,
    wording_with,
)
from intranet.proposals.suggestions.placing import collide, rivals
from intranet.proposals.suggestions.policy import (
    may_call_off,
    may_count_suggestions,
    may_put_to_vote,
)
from intranet.proposals.suggestions.texts import rule_titles
from intranet.proposals.suggestions.workflow import State
from intranet.proposals.versions import latest
from intranet.voting.counted import Counted, result_of
from intranet.voting.election import Ranking
from intranet.voting.types import Result


@dataclass(frozen=True)
class Asked:
    """How to vote on suggestions: the key of the procedure, until when, and the words on the ballot
    in the language of the cooperative: `suggestion` holds `%(number)s` and `%(name)s`."""

    procedure_key: str
    closes_at: datetime
    suggestion: str
    present_text: str


def put_to_vote(tx: Transaction, proposal_id: int, number: int, asked: Asked) -> int:
    """Put a suggestion to the vote with all that concern the same paragraph, and the present text.

    Gives the ballot. Raises Conflict when the paragraph of one has other words by now or no
    procedure of the body fits, Invalid for a procedure or a closing time that is not possible.
    """
    proposal = proposal_for(tx, proposal_id)
    tx.require(may_put_to_vote, proposal, suggestion_of(tx, proposal, number))
    together = _together(tx, proposal, number)
    procedure = _procedure(tx, proposal, asked)
    names = members.names(tx, [one.author_id for one in together])
    words = [
        asked.suggestion % {"number": one.number, "name": names[one.author_id]} for one in together
    ]
    present = (procedure.election and procedure.election.default_option) or asked.present_text
    version = latest(tx, proposal)
    opening = polls.Opening(
        origin_kind="suggestion",
        origin_id=proposal.id,
        title=version.title,
        text=_told(proposal, together, words),
        procedure_id=procedure.id,
        voters=[person.id for person in procedures.voters_of(tx, procedure)],
        closes_at=asked.closes_at,
        candidates=[*words, present],
    )
    ballot = SuggestionBallot(
        proposal_id=proposal.id,
        version_number=version.number,
        poll_id=polls.open_poll(tx, opening),
    )
    tx.session.add(ballot)
    tx.session.flush()
    for one in together:
        one.ballot_id = ballot.id
        move(tx, one, "put_to_vote", Because(ballot_id=ballot.id))
    tx.record(SuggestionsPutToVote(proposal.id, ballot.id))
    return ballot.id


def _told(proposal: Proposal, together: Sequence[Suggestion], words: Sequence[str]) -> str:
    """The suggestions one after the other, under the rule that they are about if it is one of
    several: whoever changes one paragraph is in one rule."""
    rule = rule_titles(proposal).get(together[0].page_id or 0)
    parts = [
        f"**{name}**\n\n{as_markdown(standing.changes_of(one))}"
        for one, name in zip(together, words, strict=True)
    ]
    return "\n\n".join([f"## {rule}", *parts] if rule else parts)


def _together(tx: Transaction, proposal: Proposal, number: int) -> list[Suggestion]:
    """The suggestions that must be on one ballot. Raises Conflict when one of them is stale or is
    being voted on already."""
    live = {one.number: one for one in standing.live(tx, proposal.id)}
    wanted = rivals(number, {key: standing.asked_of(one) for key, one in live.items()})
    found = [live[key] for key in wanted]
    for one in found:
        if one.state == State.VOTING:
            raise Conflict("suggestions.rival_is_voted", other=one.number)
        try:
            present_changes(tx, proposal, one)
        except StaleBlock as stale:
            raise Conflict("suggestions.rival_is_stale", other=one.number) from stale
    return found


def _procedure(tx: Transaction, proposal: Proposal, asked: Asked) -> ProcedureCard:
    ways = {card.key: card for card in ways_to_choose(tx, proposal)}
    if asked.procedure_key not in ways:
        raise Invalid(procedure="no_way_to_choose")
    procedure = ways[asked.procedure_key]
    if procedure.secret:
        voters = len(procedures.voters_of(tx, procedure))
        if voters < procedure.course.smallest_secret:
            raise Invalid(procedure="ballot_too_small")
    check_length(tx, procedure, asked.closes_at)
    return procedure


def _ballot(tx: Transaction, ballot_id: int) -> tuple[SuggestionBallot, Proposal]:
    ballot = tx.session.get(SuggestionBallot, ballot_id, with_for_update=True)
    if ballot is None:
        raise NotFound
    return ballot, proposal_for(tx, ballot.proposal_id)


def _on(tx: Transaction, ballot: SuggestionBallot) -> list[Suggestion]:
    """The suggestions of a ballot, in the order of its candidates."""
    live = standing.live(tx, ballot.proposal_id)
    return [one for one in live if one.ballot_id == ballot.id and one.state == State.VOTING]


def count(tx: Transaction, ballot_id: int) -> None:
    """Count the vote among suggestions; done once, whoever asks.

    The one that is chosen enters the text: the proposal has a new version. Those that concern the
    same paragraph are refused; others of the ballot wait again. A tie, a missed quorum or a vote
    for the present text leave the text as it is, and all of them are refused. All wait again when
    the one that is chosen fits no more, as after a change of its rule: the author rewords first.
    """
    ballot, proposal = _ballot(tx, ballot_id)
    tx.require(may_count_suggestions, ballot)
    poll = tx.session.get_one(Poll, ballot.poll_id)
    together = _on(tx, ballot)
    counted = polls.close_poll(tx, poll.id)
    winner = _winner(counted, candidates_of(poll), together)
    if winner is not None and not _fits(tx, proposal, winner):
        ballot.outcome = "unfit"
        _give_back(tx, together, Because(ballot_id=ballot.id))
    else:
        ballot.outcome = "chosen" if winner else _kept_because(counted)
        _settle(tx, proposal, ballot, together, winner)
    tx.record(SuggestionsDecided(proposal.id, ballot.id, ballot.outcome))


def _settle(
    tx: Transaction,
    proposal: Proposal,
    ballot: SuggestionBallot,
    together: Sequence[Suggestion],
    winner: Suggestion | None,
) -> None:
    because = Because(by_number=winner.number if winner else None, ballot_id=ballot.id)
    others = [one for one in together if one is not winner]
    beaten = [one for one in others if winner is None or _collide(one, winner)]
    for one in beaten:
        move(tx, one, "refuse", because)
    _give_back(tx, [one for one in others if one not in beaten], because)
    if winner is not None:
        ballot.winner = winner.number
        take_in(tx, proposal, winner, "adopt", because)


def _give_back(tx: Transaction, together: Sequence[Suggestion], because: Because) -> None:
    for one in together:
        one.declined_because = None
        move(tx, one, "give_back", because)


def _fits(tx: Transaction, proposal: Proposal, suggestion: Suggestion) -> bool:
    """Whether it can enter the text: a rule may have changed since the vote opened, or somebody
    have left who would carry something out."""
    try:
        wording_with(tx, proposal, suggestion)
    except (Conflict, Invalid, StaleBlock):
        return False
    return True


def _collide(one: Suggestion, other: Suggestion) -> bool:
    return collide(standing.asked_of(one), standing.asked_of(other))


def _winner(
    counted: Counted, candidates: Sequence[str], together: Sequence[Suggestion]
) -> Suggestion | None:
    """The suggestion that was chosen; None when it is the present text, or nothing."""
    assert isinstance(counted, Ranking)  # noqa: S101
    if result_of(counted) is not Result.ADOPTED:
        return None
    place = candidates.index(counted.elected[0])
    return together[place] if place < len(together) else None


def _kept_because(counted: Counted) -> str:
    """Why the text stays as it is: it was chosen, nothing was, or too few took part."""
    others = {Result.TIED: "tied", Result.NO_QUORUM: "no_quorum"}
    return others.get(result_of(counted), "kept")


def call_off(tx: Transaction, ballot_id: int, because: str) -> None:
    """End a vote among suggestions without counting it; they wait again. A reason is asked for."""
    ballot, proposal = _ballot(tx, ballot_id)
    tx.require(may_call_off, proposal, ballot)
    if not because.strip():
        raise Invalid(because="reason_missing")
    together = _on(tx, ballot)
    polls.cancel_poll(tx, ballot.poll_id, because.strip())
    ballot.outcome, ballot.ended_because = "called_off", because.strip()
    for one in together:
        move(tx, one, "give_back", Because(because.strip(), ballot_id=ballot.id))
    tx.record(SuggestionsDecided(proposal.id, ballot.id, ballot.outcome))
