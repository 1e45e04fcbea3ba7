"""What was proposed about one paragraph and did not change it, with the reasons: changes to its
rule alone or with others, repeals of its rule, and amendments to such proposals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from intranet.core.block_changes import BlockChange
from intranet.core.transaction import Reader
from intranet.decisions.page_queries import OPTIONS
from intranet.polls.models import Poll
from intranet.proposals.ending_queries import endings
from intranet.proposals.kinds.amendment import KIND as AMENDMENT
from intranet.proposals.kinds.repeal import KIND as REPEAL
from intranet.proposals.kinds.several import rule_changes
from intranet.proposals.models import OF_SEVERAL, Proposal, ProposalPage, ProposalVersion
from intranet.proposals.suggestions.models import Suggestion, SuggestionBallot, SuggestionStep
from intranet.proposals.suggestions.workflow import State as Suggested
from intranet.proposals.visibility import shown
from intranet.proposals.workflow import State

MOST_ATTEMPTS = 50


@dataclass(frozen=True)
class Attempt:
    """A proposal about the paragraph that did not change it, or has not yet. `because` is what its
    author said who ended it, `reasons` the words of some who stood against in an open vote.

    `suggestion` is the number of an amendment to a proposal, and `state` then its own; `because` is
    what the author of the proposal answered. A repeal has no `changes`: it would end them all.
    """

    proposal_id: int
    title: str
    kind: str
    state: str
    concluded_at: datetime | None
    because: str
    counts: Mapping[str, int]
    changes: tuple[BlockChange, ...]
    reasons: tuple[str, ...] = ()
    suggestion: int | None = None


def attempts(reader: Reader, page_id: int, block_id: str) -> list[Attempt]:
    """All of them, proposals before the amendments to proposals, the newest first, in a constant
    number of statements."""
    found = _proposed(reader, page_id, block_id)
    told = endings(reader, [one.proposal_id for one in found])
    with_reasons = [
        replace(one, reasons=told[one.proposal_id].reasons) if one.proposal_id in told else one
        for one in found
    ]
    return with_reasons + _suggested(reader, page_id, block_id)


def counts_in(outcome: str | None) -> dict[str, int]:
    """How many chose each option, as a stored outcome on a text says it; empty otherwise."""
    stored: Any = json.loads(outcome) if outcome else {}
    counts = stored.get("counts") if isinstance(stored, dict) else None
    named = {str(option): int(number) for option, number in (counts or {}).items()}
    return dict(sorted(named.items(), key=lambda pair: _place(pair[0])))


def _place(option: str) -> int:
    """Where an option stands in a count, as on the page of a decision."""
    return OPTIONS.index(option) if option in OPTIONS else 0


def _is_about(page_id: int) -> ColumnElement[bool]:
    """Whether a proposal is about the rule: alone, or as one of several."""
    among = exists().where(ProposalPage.proposal_id == Proposal.id, ProposalPage.page_id == page_id)
    return or_(Proposal.page_id == page_id, and_(Proposal.kind == OF_SEVERAL, among))


def _proposed(reader: Reader, page_id: int, block_id: str) -> list[Attempt]:
    """The proposals whose last wording would change the paragraph and that were not adopted."""
    other = aliased(ProposalVersion)
    last = (
        select(func.max(other.number))
        .where(other.proposal_id == Proposal.id)
        .correlate(Proposal)
        .scalar_subquery()
    )
    named = f'"{block_id}"'
    query = (
        select(Proposal, ProposalVersion, Poll.outcome)
        .join(ProposalVersion, ProposalVersion.proposal_id == Proposal.id)
        .outerjoin(Poll, Poll.id == Proposal.poll_id)
        .where(
            _is_about(page_id),
            Proposal.state != State.ADOPTED,
            ProposalVersion.number == last,
            or_(
                ProposalVersion.changes.contains(named, autoescape=True),
                ProposalVersion.particulars.contains(named, autoescape=True),
                Proposal.kind == REPEAL.key,
            ),
            shown(reader),
        )
        .order_by(Proposal.id.desc())
        .limit(MOST_ATTEMPTS)
    )
    found = []
    for proposal, version, outcome in reader.session.execute(query):
        touching = tuple(
            one for one in _changes(proposal, version, page_id) if one.block_id == block_id
        )
        if touching or proposal.kind == REPEAL.key:
            found.append(_attempt(proposal, version, outcome, touching))
    return found


def _changes(proposal: Proposal, version: ProposalVersion, page_id: int) -> tuple[BlockChange, ...]:
    """What a wording changes in this rule."""
    if proposal.kind != OF_SEVERAL:
        return tuple(map(BlockChange.from_json, json.loads(version.changes)))
    parts = rule_changes(version.particulars)
    return tuple(change for part in parts if part.page_id == page_id for change in part.changes)


def _attempt(
    proposal: Proposal,
    version: ProposalVersion,
    outcome: str | None,
    touching: tuple[BlockChange, ...],
) -> Attempt:
    return Attempt(
        proposal.id,
        version.title,
        proposal.kind,
        proposal.state,
        proposal.concluded_at,
        proposal.ended_because or "",
        counts_in(outcome),
        touching,
    )


_TAKEN = (Suggested.ACCEPTED, Suggested.ADOPTED)


def _suggested(reader: Reader, page_id: int, block_id: str) -> list[Attempt]:
    """The amendments to changes of the rule, alone or with others, that touch the paragraph and
    were not taken into the text: one that was is told by the proposal."""
    last_step = (
        select(func.max(SuggestionStep.at))
        .where(SuggestionStep.suggestion_id == Suggestion.id)
        .correlate(Suggestion)
        .scalar_subquery()
    )
    query = (
        select(Suggestion, Proposal, Poll.outcome, last_step)
        .join(Proposal, Proposal.id == Suggestion.proposal_id)
        .outerjoin(SuggestionBallot, SuggestionBallot.id == Suggestion.ballot_id)
        .outerjoin(Poll, Poll.id == SuggestionBallot.poll_id)
        .where(
            or_(
                and_(Proposal.page_id == page_id, Proposal.kind == AMENDMENT.key),
                Suggestion.page_id == page_id,
            ),
            Suggestion.state.not_in(_TAKEN),
            Suggestion.changes.contains(f'"{block_id}"', autoescape=True),
            shown(reader),
        )
        .order_by(Suggestion.id.desc())
        .limit(MOST_ATTEMPTS)
    )
    rows = reader.session.execute(query)
    return [one for row in rows if (one := _suggestion(row, block_id)).changes]


def _suggestion(row: Row[*tuple[Any, ...]], block_id: str) -> Attempt:
    suggestion, proposal, outcome, moved_at = row
    changes = map(BlockChange.from_json, json.loads(suggestion.changes))
    is_open = suggestion.state in (Suggested.PROPOSED, Suggested.VOTING)
    return Attempt(
        proposal.id,
        proposal.title,
        proposal.kind,
        suggestion.state,
        proposal.concluded_at if is_open else moved_at,
        suggestion.declined_because or "",
        counts_in(outcome),
        tuple(change for change in changes if change.block_id == block_id),
        (suggestion.reason,),
        suggestion.number,
    )
