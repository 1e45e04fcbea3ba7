"""Proposals as lists and pages show them, each only to those who may read it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import aliased

from intranet.core.policy import NotFound, Verdict
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.polls.models import Poll, Procedure
from intranet.polls.procedure_models import ProcedureChange, asks_advice
from intranet.proposals.kinds.kind import Issue
from intranet.proposals.models import ORIGINS, HeldBlock, Proposal, ProposalVersion
from intranet.proposals.policy import (
    may_comment_proposal,
    may_conclude,
    may_end_round,
    may_open_voting,
    may_read_proposal,
    may_reword,
    may_submit,
    may_withdraw,
)
from intranet.proposals.readiness import issues_before_opening
from intranet.proposals.version_cards import VersionCard as VersionCard
from intranet.proposals.version_cards import version_card
from intranet.proposals.visibility import visible
from intranet.proposals.workflow import ENDED, State
from intranet.wiki.models import Page

_COPIED = (
    "id",
    "kind",
    "state",
    "title",
    "author_id",
    "procedure_key",
    "page_id",
    "layer",
    "created_at",
    "submitted_at",
    "concluded_at",
    "ended_because",
    "poll_id",
    "decision_number",
)


@dataclass(frozen=True)
class ProposalLine:
    """A proposal as a list shows it; `asks_advice`: people advise on it and do not vote."""

    id: int
    kind: str
    state: str
    title: str
    author: str
    author_id: int
    at: datetime
    closes_at: datetime | None
    decision_number: str | None
    page_title: str | None
    asks_advice: bool = False


@dataclass(frozen=True)
class Permissions:
    """What this reader may do now, each with the reason when not."""

    reword: Verdict
    submit: Verdict
    comment: Verdict
    open_voting: Verdict
    withdraw: Verdict
    end_round: Verdict
    conclude: Verdict


@dataclass(frozen=True)
class ProposalCard:
    """A proposal as its page shows it to one reader; `rounds` are its polls, the oldest first."""

    id: int
    kind: str
    state: str
    title: str
    author: str
    author_id: int
    audience: str
    procedure_key: str
    page_id: int | None
    layer: str | None
    page_slug: str | None
    page_title: str | None
    created_at: datetime
    submitted_at: datetime | None
    concluded_at: datetime | None
    ended_because: str | None
    poll_id: int | None
    rounds: tuple[int, ...]
    decision_number: str | None
    version: VersionCard
    versions: tuple[VersionCard, ...]
    issues: tuple[Issue, ...]
    may: Permissions

    @property
    def procedure_change(self) -> ProcedureChange | None:
        """What it would write, when it is about how to decide."""
        told = self.version.procedure
        return ProcedureChange.from_json(json.loads(told)) if told else None


def is_held(reader: Reader, page_id: int) -> bool:
    """Whether a vote under way holds a page, or a paragraph of it, still."""
    held = select(HeldBlock.proposal_id).where(HeldBlock.page_id == page_id).limit(1)
    return reader.session.scalar(held) is not None


def _shown_versions(
    proposal: Proposal, versions: Sequence[ProposalVersion], is_author: bool
) -> list[ProposalVersion]:
    """The wordings the others saw: not those the author wrote before submitting."""
    if is_author or proposal.submitted_at is None:
        return list(versions)
    before = [version for version in versions if version.at <= proposal.submitted_at]
    first = before[-1].number if before else 1
    return [version for version in versions if version.number >= first]


def _permissions(reader: Reader, proposal: Proposal) -> Permissions:
    return Permissions(
        reword=may_reword(reader, proposal),
        submit=may_submit(reader, proposal),
        comment=may_comment_proposal(reader, proposal),
        open_voting=may_open_voting(reader, proposal),
        withdraw=may_withdraw(reader, proposal),
        end_round=may_end_round(reader, proposal),
        conclude=may_conclude(reader, proposal),
    )


def proposal(reader: Reader, proposal_id: int) -> ProposalCard:
    """A proposal for this reader. Raises NotFound when there is none they may know of."""
    row = reader.session.execute(
        select(Proposal, Person.name, Page)
        .join(Person, Person.id == Proposal.author_id)
        .outerjoin(Page, Page.id == Proposal.page_id)
        .where(Proposal.id == proposal_id)
    ).one_or_none()
    if row is None or not may_read_proposal(reader, row[0]):
        raise NotFound
    found, author, page = row
    versions = list(found.versions)
    is_author = found.author_id == reader.actor.person_id
    polls = select(Poll.id).where(Poll.origin_kind == "proposal", Poll.origin_id == found.id)
    preparing = found.state in (State.DRAFT, State.DISCUSSION)
    return ProposalCard(
        **{name: getattr(found, name) for name in _COPIED},
        author=author,
        page_slug=page.slug if page else None,
        page_title=page.title if page else None,
        audience=found.readers,
        rounds=tuple(reader.session.scalars(polls.order_by(Poll.id))),
        version=version_card(versions[-1]),
        versions=tuple(version_card(one) for one in _shown_versions(found, versions, is_author)),
        issues=tuple(issues_before_opening(reader, found, versions[-1])) if preparing else (),
        may=_permissions(reader, found),
    )


def _visible(reader: Reader) -> Select[Proposal, str, Any, Any, Any]:
    """Proposals this reader may see, with author, closing time, page and method, in one query."""
    poll = aliased(Poll)
    return (
        select(Proposal, Person.name, poll.closes_at, Page.title, Procedure.method)
        .join(Person, Person.id == Proposal.author_id)
        .outerjoin(poll, poll.id == Proposal.poll_id)
        .outerjoin(Procedure, Procedure.id == poll.procedure_id)
        .outerjoin(Page, Page.id == Proposal.page_id)
        .where(visible(reader))
    )


def _lines(reader: Reader, query: Select[Proposal, str, Any, Any, Any]) -> list[ProposalLine]:
    return [
        ProposalLine(
            id=found.id,
            kind=found.kind,
            state=found.state,
            title=found.title,
            author=author,
            author_id=found.author_id,
            at=found.concluded_at or found.submitted_at or found.created_at,
            closes_at=closes_at if found.state == State.VOTING else None,
            decision_number=found.decision_number,
            page_title=page_title,
            asks_advice=method is not None and asks_advice(method),
        )
        for found, author, closes_at, page_title, method in reader.session.execute(query)
    ]


def in_states(reader: Reader, states: Sequence[State], limit: int = 200) -> list[ProposalLine]:
    """The proposals in these states that the reader may see, the latest first."""
    query = _visible(reader).where(Proposal.state.in_([str(state) for state in states]))
    return _lines(reader, query.order_by(Proposal.id.desc()).limit(limit))


def ended(reader: Reader, limit: int = 200) -> list[ProposalLine]:
    """The proposals that found an end, the latest first."""
    query = _visible(reader).where(Proposal.state.in_([str(state) for state in ENDED]))
    return _lines(reader, query.order_by(Proposal.concluded_at.desc()).limit(limit))


def known(reader: Reader, proposal_id: int) -> Proposal:
    """A proposal that the reader may read, for the permissions. Raises NotFound."""
    found = reader.session.get(Proposal, proposal_id)
    if found is None or not may_read_proposal(reader, found):
        raise NotFound
    return found


_OF_POLL = (
    select(Proposal, Poll.origin_kind)
    .join(Poll, and_(Poll.origin_kind.in_(ORIGINS), Poll.origin_id == Proposal.id))
    .where(Poll.id == bindparam("poll_id"))
)


def origin_of_poll(reader: Reader, poll_id: int) -> tuple[str, int]:
    """What sort of text a poll is about (one of `ORIGINS`), and the number of its proposal.

    Raises NotFound, for whoever may not read its proposal as for a poll that is not there.
    """
    found = reader.session.execute(_OF_POLL, {"poll_id": poll_id}).one_or_none()
    if found is None or not may_read_proposal(reader, found[0]):
        raise NotFound
    return found[1], found[0].id


def of_poll(reader: Reader, poll_id: int) -> int:
    """The proposal that a poll decides, in this or an earlier round, or whose text it is about.

    Raises NotFound, for whoever may not read its proposal as for a poll that is not there.
    """
    return origin_of_poll(reader, poll_id)[1]


def titles(reader: Reader, proposal_ids: Collection[int]) -> dict[int, str]:
    """The titles of those of these proposals that the reader may see."""
    query = _visible(reader).where(Proposal.id.in_(proposal_ids))
    return {row[0].id: row[0].title for row in reader.session.execute(query)}
