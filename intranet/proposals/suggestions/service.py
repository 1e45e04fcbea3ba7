"""Suggesting a change to the text of a proposal, and answering one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from intranet.core.block_changes import BlockChange, StaleBlock
from intranet.core.events import canonical
from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import Transaction
from intranet.proposals.models import Proposal
from intranet.proposals.suggestions.events import ChangeSuggested
from intranet.proposals.suggestions.models import Suggestion
from intranet.proposals.suggestions.moving import (
    Because,
    move,
    note,
    proposal_for,
    suggestion_of,
    take_in,
)
from intranet.proposals.suggestions.placing import TextChange
from intranet.proposals.suggestions.policy import (
    may_accept,
    may_decline,
    may_rewrite,
    may_suggest,
    may_withdraw_suggestion,
)
from intranet.proposals.suggestions.texts import amended_wording
from intranet.proposals.suggestions.workflow import State
from intranet.proposals.talks.reading import keep_read
from intranet.proposals.versions import checked, latest

LONGEST_REASON = 5_000


@dataclass(frozen=True)
class Suggested:
    """What somebody would change: against the blocks of version `base_number`, and why; `page_id`
    is the rule that these are of, where the proposal changes several."""

    changes: Sequence[BlockChange]
    base_number: int
    reason: str
    page_id: int | None = None


def suggest(tx: Transaction, proposal_id: int, suggested: Suggested) -> int:
    """Suggest a change, and give its number among those of the proposal.

    Raises Conflict when the proposal has a newer version, Invalid for an empty change, a missing
    reason, or a text that no proposal could have, NotFound for a rule that it is not about.
    """
    proposal = proposal_for(tx, proposal_id)
    tx.require(may_suggest, proposal)
    _check(tx, proposal, suggested)
    assert tx.actor.person_id is not None  # noqa: S101
    last = select(func.max(Suggestion.number)).where(Suggestion.proposal_id == proposal.id)
    suggestion = Suggestion(
        proposal_id=proposal.id,
        number=(tx.session.scalar(last) or 0) + 1,
        author_id=tx.actor.person_id,
        state=State.PROPOSED,
        reason=suggested.reason.strip(),
        base_number=suggested.base_number,
        page_id=suggested.page_id,
        changes=_stored(suggested),
        at=tx.now,
    )
    tx.session.add(suggestion)
    tx.session.flush()
    note(tx, suggestion, "suggest", Because(suggestion.reason))
    keep_read(tx, proposal.id, suggested.base_number)
    tx.record(ChangeSuggested(proposal.id, suggestion.number))
    return suggestion.number


def rewrite(tx: Transaction, proposal_id: int, number: int, suggested: Suggested) -> None:
    """Write a suggestion anew, on the present version and about the same rule; it waits for an
    answer again.

    Raises as `suggest`.
    """
    proposal = proposal_for(tx, proposal_id)
    suggestion = suggestion_of(tx, proposal, number)
    tx.require(may_rewrite, proposal, suggestion)
    suggested = replace(suggested, page_id=suggestion.page_id)
    _check(tx, proposal, suggested)
    suggestion.reason, suggestion.changes = suggested.reason.strip(), _stored(suggested)
    suggestion.base_number, suggestion.declined_because = suggested.base_number, None
    move(tx, suggestion, "rewrite", Because(suggestion.reason))


def _stored(suggested: Suggested) -> str:
    return canonical([change.to_json() for change in suggested.changes])


def _check(tx: Transaction, proposal: Proposal, suggested: Suggested) -> None:
    if not suggested.changes:
        raise Invalid(new_text="nothing_changed")
    if not suggested.reason.strip():
        raise Invalid(reason="reason_missing")
    if len(suggested.reason) > LONGEST_REASON:
        raise Invalid(reason="suggestion_reason_too_long")
    version = latest(tx, proposal)
    if suggested.base_number != version.number:
        raise Conflict("proposals.newer_version", number=version.number)
    asked = TextChange(suggested.page_id, tuple(suggested.changes))
    checked(tx, amended_wording(tx, proposal, version, asked))


def accept(tx: Transaction, proposal_id: int, number: int) -> int:
    """Take a suggestion into the text: a new version, whose number it gives.

    Raises Refused while another one about the same paragraph waits, Conflict when its paragraph
    has other words by now.
    """
    proposal = proposal_for(tx, proposal_id)
    suggestion = suggestion_of(tx, proposal, number)
    tx.require(may_accept, proposal, suggestion)
    try:
        version = take_in(tx, proposal, suggestion, "accept", Because())
    except StaleBlock as stale:
        raise Conflict("suggestions.base_changed") from stale
    keep_read(tx, proposal.id, version)
    return version


def decline(tx: Transaction, proposal_id: int, number: int, because: str) -> None:
    """Say that one does not take a suggestion up, and why; it can still be put to the vote."""
    proposal = proposal_for(tx, proposal_id)
    suggestion = suggestion_of(tx, proposal, number)
    tx.require(may_decline, proposal, suggestion)
    if not because.strip():
        raise Invalid(because="reason_missing")
    suggestion.declined_because = because.strip()
    move(tx, suggestion, "decline", Because(because.strip()))


def withdraw(tx: Transaction, proposal_id: int, number: int) -> None:
    """Take one's own suggestion back."""
    proposal = proposal_for(tx, proposal_id)
    suggestion = suggestion_of(tx, proposal, number)
    tx.require(may_withdraw_suggestion, proposal, suggestion)
    move(tx, suggestion, "withdraw")
