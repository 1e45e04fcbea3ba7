"""Writing down what happens to suggestions, and taking one into the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.block_changes import BlockChange, StaleBlock
from intranet.core.events import canonical
from intranet.core.policy import Conflict, NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.proposals.events import ProposalReworded
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.proposals.planning.plans import forget_plan
from intranet.proposals.policy import may_read_proposal
from intranet.proposals.suggestions import standing
from intranet.proposals.suggestions.events import SuggestionMoved
from intranet.proposals.suggestions.models import Suggestion, SuggestionStep
from intranet.proposals.suggestions.placing import TextChange, carried_over
from intranet.proposals.suggestions.texts import Texts, amended_wording, text_in, texts_of
from intranet.proposals.suggestions.workflow import IllegalStep, State, next_state
from intranet.proposals.versions import Wording, add_version, checked, latest


@dataclass(frozen=True)
class Because:
    """Why a step is taken: words of a person, another suggestion, or a ballot."""

    words: str = ""
    by_number: int | None = None
    ballot_id: int | None = None


def proposal_for(tx: Transaction, proposal_id: int) -> Proposal:
    """A proposal to change, locked. Raises NotFound when the actor may not know of it."""
    proposal = tx.session.get(Proposal, proposal_id, with_for_update=True)
    if proposal is None or not may_read_proposal(tx, proposal):
        raise NotFound
    return proposal


def suggestion_of(reader: Reader, proposal: Proposal, number: int) -> Suggestion:
    """A suggestion about a proposal by its number. Raises NotFound."""
    query = select(Suggestion).where(
        Suggestion.proposal_id == proposal.id, Suggestion.number == number
    )
    found = reader.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def move(tx: Transaction, suggestion: Suggestion, step: str, because: Because = Because()) -> None:
    """Take a step and write it down. Raises Conflict when the state does not allow it."""
    try:
        suggestion.state = next_state(State(suggestion.state), step)
    except IllegalStep as illegal:
        raise Conflict("suggestions.illegal_step") from illegal
    note(tx, suggestion, step, because)
    tx.record(SuggestionMoved(suggestion.proposal_id, suggestion.number, step))


def note(tx: Transaction, suggestion: Suggestion, step: str, because: Because) -> None:
    """Write down that something happened to a suggestion."""
    tx.session.add(
        SuggestionStep(
            suggestion_id=suggestion.id,
            step=step,
            at=tx.now,
            person_id=tx.actor.person_id,
            because=because.words,
            base_number=suggestion.base_number,
            changes=suggestion.changes,
            by_number=because.by_number,
            ballot_id=because.ballot_id,
        )
    )


def version_of(reader: Reader, proposal: Proposal, number: int) -> ProposalVersion:
    """One version of a proposal. Raises NotFound."""
    query = select(ProposalVersion).where(
        ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == number
    )
    found = reader.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def present_changes(
    reader: Reader, proposal: Proposal, suggestion: Suggestion
) -> tuple[BlockChange, ...]:
    """What a suggestion changes in the version that counts now.

    Raises StaleBlock when that paragraph has other words now, Conflict when the rule changed.
    """
    version = latest(reader, proposal)
    present = texts_of(reader, proposal, version), version.number
    return changes_in(reader, proposal, suggestion, present)


def changes_in(
    reader: Reader, proposal: Proposal, suggestion: Suggestion, present: tuple[Texts, int]
) -> tuple[BlockChange, ...]:
    """What a suggestion changes in these texts, of the version of this number.

    Raises StaleBlock when its paragraph has other words there.
    """
    new, number = present
    old = new
    if suggestion.base_number != number:
        old = _old_texts(reader, proposal, suggestion.base_number, new)
    changes, page_id = standing.changes_of(suggestion), suggestion.page_id
    return carried_over(changes, text_in(old, page_id), text_in(new, page_id))


def wording_with(reader: Reader, proposal: Proposal, suggestion: Suggestion) -> Wording:
    """The wording that counts now with a suggestion in it.

    Raises StaleBlock, Conflict, Invalid when it does not fit.
    """
    asked = TextChange(suggestion.page_id, present_changes(reader, proposal, suggestion))
    return checked(reader, amended_wording(reader, proposal, latest(reader, proposal), asked))


def _present(
    reader: Reader, proposal: Proposal, suggestion: Suggestion, present: tuple[Texts, int]
) -> tuple[BlockChange, ...] | None:
    try:
        return changes_in(reader, proposal, suggestion, present)
    except StaleBlock:
        return None


def _old_texts(reader: Reader, proposal: Proposal, number: int, new: Texts) -> Texts:
    """The texts of an older version; where a rule changed since, ids alone have to do."""
    try:
        return texts_of(reader, proposal, version_of(reader, proposal, number))
    except Conflict:
        return new


def take_in(
    tx: Transaction, proposal: Proposal, suggestion: Suggestion, step: str, because: Because
) -> int:
    """Make the next version of the proposal with a suggestion in it, and give its number.

    Every other one that waits is carried over to it, or overtaken when its paragraph now has other
    words. Raises StaleBlock, Conflict, Invalid when it does not fit.
    """
    version = latest(tx, proposal)
    wording = wording_with(tx, proposal, suggestion)
    old = texts_of(tx, proposal, version)
    number = version.number + 1
    add_version(tx, proposal, number, wording, suggestion.author_id)
    forget_plan(tx, proposal.id)
    tx.record(ProposalReworded(proposal.id, number))
    move(tx, suggestion, step, because)
    others = [one for one in standing.live(tx, proposal.id) if one.id != suggestion.id]
    new = texts_of(tx, proposal, latest(tx, proposal))
    _carry_over(tx, proposal, others, (old, new, version.number), suggestion.number)
    return number


def _carry_over(
    tx: Transaction,
    proposal: Proposal,
    others: Sequence[Suggestion],
    texts: tuple[Texts, Texts, int],
    by_number: int,
) -> None:
    old, new, was = texts
    for other in others:
        present = _present(tx, proposal, other, (old, was))
        if present is None:
            continue  # It was stale before: its author writes it anew.
        try:
            about = other.page_id
            changes = carried_over(present, text_in(old, about), text_in(new, about))
        except StaleBlock:
            if other.state == State.PROPOSED:
                move(tx, other, "overtake", Because(by_number=by_number))
            continue
        other.changes = canonical([change.to_json() for change in changes])
        other.base_number = was + 1
        move(tx, other, "carry_over", Because(by_number=by_number))
