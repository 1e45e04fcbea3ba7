"""Suggestions as the page of a proposal shows them to one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.core.block_changes import BlockChange, StaleBlock
from intranet.core.policy import Conflict, NotFound, Verdict
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.proposals import queries as proposals
from intranet.proposals.models import Proposal
from intranet.proposals.suggestions import standing
from intranet.proposals.suggestions.models import Suggestion, SuggestionBallot, SuggestionStep
from intranet.proposals.suggestions.moving import changes_in
from intranet.proposals.suggestions.placing import TextChange, collide, rivals
from intranet.proposals.suggestions.policy import (
    may_accept,
    may_decline,
    may_put_to_vote,
    may_rewrite,
    may_suggest,
    may_withdraw_suggestion,
)
from intranet.proposals.suggestions.texts import (
    CAN_BE_AMENDED,
    Texts,
    rule_titles,
    texts_of,
)
from intranet.proposals.suggestions.workflow import LIVE, State
from intranet.proposals.versions import latest
from intranet.proposals.workflow import State as ProposalState


@dataclass(frozen=True)
class StepLine:
    """One thing that happened to a suggestion; `person` is None when a count did it."""

    step: str
    at: datetime
    person: str | None
    because: str
    by_number: int | None
    version: int
    ballot_id: int | None


@dataclass(frozen=True)
class SuggestionPermissions:
    """What this reader may do with a suggestion now, each with the reason when not."""

    accept: Verdict
    decline: Verdict
    rewrite: Verdict
    withdraw: Verdict
    put_to_vote: Verdict


@dataclass(frozen=True)
class SuggestionCard:
    """A suggestion as its proposal shows it; `is_stale` when its paragraph has other words now.

    `rivals` are the numbers of those that wait and concern the same paragraph. `rule` is the title
    of the rule that it is about, and `page_id` its page, where the proposal changes several.
    """

    number: int
    author: str
    author_id: int
    state: str
    reason: str
    at: datetime
    base_number: int
    page_id: int | None
    rule: str
    changes: tuple[BlockChange, ...]
    declined_because: str | None
    ballot_id: int | None
    is_stale: bool
    rivals: tuple[int, ...]
    steps: tuple[StepLine, ...]
    may: SuggestionPermissions

    @property
    def is_live(self) -> bool:
        """Whether something is still expected of it."""
        return self.state in LIVE

    @property
    def asked(self) -> TextChange:
        """Its changes with the text that they are about."""
        return TextChange(self.page_id, self.changes)


@dataclass(frozen=True)
class BallotLine:
    """A vote among suggestions: `outcome` is empty while it is under way."""

    id: int
    poll_id: int
    outcome: str
    winner: int | None
    ended_because: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Suggested:
    """All that was suggested about one proposal; None of it for a kind that has no paragraphs."""

    cards: tuple[SuggestionCard, ...]
    ballots: tuple[BallotLine, ...]
    may_suggest: Verdict
    is_possible: bool

    def together(self, number: int) -> tuple[int, ...]:
        """The numbers that would be on one ballot with this one, itself included."""
        return rivals(number, {card.number: card.asked for card in self.cards if card.is_live})

    def card(self, number: int) -> SuggestionCard:
        """One of the cards. Raises NotFound."""
        found = next((card for card in self.cards if card.number == number), None)
        if found is None:
            raise NotFound
        return found


def suggested(reader: Reader, proposal_id: int) -> Suggested:
    """What was suggested about a proposal: what waits first, then the rest, by number.

    Raises NotFound when the reader may not know of the proposal.
    """
    proposal = proposals.known(reader, proposal_id)
    query = select(Suggestion).where(Suggestion.proposal_id == proposal_id)
    rows = reader.session.scalars(query.order_by(Suggestion.number)).all()
    steps = _steps(reader, proposal_id) if rows else {}
    names = members.names(reader, [row.author_id for row in rows]) if rows else {}
    stale = _stale(reader, proposal, rows)
    cards = [
        _card(reader, proposal, row, rows, steps.get(row.id, ()), names, stale) for row in rows
    ]
    return Suggested(
        cards=tuple(sorted(cards, key=lambda card: (not card.is_live, card.number))),
        ballots=tuple(_ballots(reader, proposal_id, steps)) if rows else (),
        may_suggest=may_suggest(reader, proposal),
        is_possible=proposal.kind in CAN_BE_AMENDED,
    )


def _card(
    reader: Reader,
    proposal: Proposal,
    row: Suggestion,
    rows: Sequence[Suggestion],
    steps: Sequence[tuple[int, StepLine]],
    names: Mapping[int, str],
    stale: frozenset[int],
) -> SuggestionCard:
    asked = standing.asked_of(row)
    waiting = [other for other in rows if other.state in LIVE and other is not row]
    is_live = row.state in LIVE
    return SuggestionCard(
        number=row.number,
        author=names.get(row.author_id, ""),
        author_id=row.author_id,
        state=row.state,
        reason=row.reason,
        at=row.at,
        base_number=row.base_number,
        page_id=row.page_id,
        rule=rule_titles(proposal).get(row.page_id or 0, ""),
        changes=asked.changes,
        declined_because=row.declined_because,
        ballot_id=row.ballot_id,
        is_stale=row.number in stale,
        rivals=tuple(
            one.number for one in waiting if is_live and collide(asked, standing.asked_of(one))
        ),
        steps=tuple(line for _, line in steps),
        may=SuggestionPermissions(
            accept=may_accept(reader, proposal, row),
            decline=may_decline(reader, proposal, row),
            rewrite=may_rewrite(reader, proposal, row),
            withdraw=may_withdraw_suggestion(reader, proposal, row),
            put_to_vote=may_put_to_vote(reader, proposal, row),
        ),
    )


def _stale(reader: Reader, proposal: Proposal, rows: Sequence[Suggestion]) -> frozenset[int]:
    """The numbers of those that wait and whose paragraph has other words now."""
    waiting = [row for row in rows if row.state == State.PROPOSED]
    if not waiting or proposal.state != ProposalState.DISCUSSION:
        return frozenset()
    version = latest(reader, proposal)
    try:
        present = texts_of(reader, proposal, version), version.number
    except Conflict:
        return frozenset(row.number for row in waiting)
    return frozenset(row.number for row in waiting if not _fits(reader, proposal, row, present))


def _fits(reader: Reader, proposal: Proposal, row: Suggestion, present: tuple[Texts, int]) -> bool:
    try:
        changes_in(reader, proposal, row, present)
    except StaleBlock:
        return False
    return True


def _steps(reader: Reader, proposal_id: int) -> dict[int, list[tuple[int, StepLine]]]:
    """The steps of every suggestion of a proposal, by its id, each with its number."""
    query = (
        select(SuggestionStep, Suggestion.number)
        .join(Suggestion, Suggestion.id == SuggestionStep.suggestion_id)
        .where(Suggestion.proposal_id == proposal_id)
        .order_by(SuggestionStep.id)
    )
    rows = reader.session.execute(query).all()
    names = members.names(reader, [step.person_id for step, _ in rows])
    found: dict[int, list[tuple[int, StepLine]]] = {}
    for step, number in rows:
        line = StepLine(
            step=step.step,
            at=step.at,
            person=names.get(step.person_id) if step.person_id else None,
            because=step.because,
            by_number=step.by_number,
            version=step.base_number,
            ballot_id=step.ballot_id,
        )
        found.setdefault(step.suggestion_id, []).append((number, line))
    return found


def _ballots(
    reader: Reader, proposal_id: int, steps: Mapping[int, Sequence[tuple[int, StepLine]]]
) -> list[BallotLine]:
    query = select(SuggestionBallot).where(SuggestionBallot.proposal_id == proposal_id)
    on = [
        (line.ballot_id, number)
        for lines in steps.values()
        for number, line in lines
        if line.step == "put_to_vote"
    ]
    return [
        BallotLine(
            id=row.id,
            poll_id=row.poll_id,
            outcome=row.outcome,
            winner=row.winner,
            ended_because=row.ended_because,
            numbers=tuple(sorted(number for ballot_id, number in on if ballot_id == row.id)),
        )
        for row in reader.session.scalars(query.order_by(SuggestionBallot.id))
    ]
