"""What a secret address gives, under the rights that its person has now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select

from intranet.auth.tokens import token_digest
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.decisions import queries as decisions
from intranet.decisions.models import Decision
from intranet.decisions.reviews import queries as reviews
from intranet.members.models import Mandate
from intranet.members.queries import today
from intranet.notices.feeds.models import FeedAddress, FeedKind
from intranet.notices.reading import addressee, as_person
from intranet.polls.models import Poll, PollState, Procedure
from intranet.polls.procedure_models import asks_advice
from intranet.proposals.models import Proposal
from intranet.proposals.visibility import shown
from intranet.wiki import queries as wiki
from intranet.wiki.addresses import decision_address, page_address, proposal_address

MOST = 30


@dataclass(frozen=True)
class Entry:
    """One piece of news. `key` is the same for ever; the words of a text are not in it."""

    key: str
    kind: str
    title: str
    path: str
    at: datetime


@dataclass(frozen=True)
class Deadline:
    """Something that ends, or is to be looked at: an instant, or a whole day."""

    key: str
    kind: str
    title: str
    path: str
    at: datetime | date


def owner(look: Reader, token: str, kind: FeedKind) -> tuple[Reader, str]:
    """The person behind an address as a reader, and their language. Raises NotFound when it was
    ended, or when they may not come in any more."""
    person_id = look.session.scalar(
        select(FeedAddress.person_id).where(
            FeedAddress.token_digest == token_digest(token),
            FeedAddress.kind == kind,
            FeedAddress.ended_at.is_(None),
        )
    )
    if person_id is None:
        raise NotFound
    reader = as_person(look, person_id)
    to = addressee(reader)
    if to is None:
        raise NotFound
    return reader, to.language


def kept(reader: Reader) -> dict[str, datetime]:
    """The addresses that the reader has, by kind, with the instant each was made."""
    query = select(FeedAddress.kind, FeedAddress.created_at).where(
        FeedAddress.person_id == reader.actor.person_id, FeedAddress.ended_at.is_(None)
    )
    return {row.kind: row.created_at for row in reader.session.execute(query)}


def news(reader: Reader) -> list[Entry]:
    """Decisions, proposals and changes of pages of late, the newest first."""
    found = [*_decisions(reader), *_proposals(reader), *_changes(reader)]
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)[:MOST]


def _decisions(reader: Reader) -> list[Entry]:
    rows = {row.number: row.title for row in decisions.recent(reader, MOST)}
    times = reader.session.execute(
        select(Decision.number, Decision.recorded_at).where(Decision.number.in_(rows))
    )
    return [
        Entry(f"decision:{n}", "decision", f"{n} · {rows[n]}", decision_address(n), at)
        for n, at in times
    ]


def _proposals(reader: Reader) -> list[Entry]:
    query = (
        select(Proposal.id, Proposal.title, Proposal.submitted_at)
        .where(shown(reader))
        .order_by(Proposal.submitted_at.desc(), Proposal.id.desc())
        .limit(MOST)
    )
    return [
        Entry(f"proposal:{number}", "proposal", title, proposal_address(number), at)
        for number, title, at in reader.session.execute(query)
        if at is not None
    ]


def _changes(reader: Reader) -> list[Entry]:
    return [
        Entry(f"revision:{one.revision_id}", "page", one.title, page_address(one.page.slug), one.at)
        for one in wiki.recent_changes(reader, MOST, minor=False)
    ]


def deadlines(reader: Reader) -> list[Deadline]:
    """The ends of open votes, reviews to come, and the ends of the reader's own mandates."""
    return [*_votes(reader), *_reviews(reader), *_mandates(reader)]


def _votes(reader: Reader) -> list[Deadline]:
    query = (
        select(Poll.id, Proposal.id, Proposal.title, Poll.closes_at, Procedure.method)
        .join(Proposal, Proposal.poll_id == Poll.id)
        .join(Procedure, Procedure.id == Poll.procedure_id)
        .where(Poll.state == PollState.OPEN, shown(reader))
        .order_by(Poll.closes_at)
    )
    return [
        Deadline(
            f"poll:{poll}",
            "advice" if asks_advice(method) else "vote",
            title,
            proposal_address(number),
            at.astimezone(UTC),
        )
        for poll, number, title, at, method in reader.session.execute(query)
    ]


def _reviews(reader: Reader) -> list[Deadline]:
    listed = reviews.due(reader)
    return [
        Deadline(
            f"review:{one.number}", "review", one.title, decision_address(one.number), one.review_on
        )
        for one in (*listed.overdue, *listed.within_30, *listed.within_90)
        if one.review_on
    ]


def _mandates(reader: Reader) -> list[Deadline]:
    me = reader.actor.person_id
    query = select(Mandate.id, Mandate.ends_on).where(
        Mandate.person_id == me, Mandate.ends_on >= today(reader)
    )
    return [
        Deadline(f"mandate:{number}", "mandate", "", f"/members/{me}", ends)
        for number, ends in reader.session.execute(query)
        if ends is not None
    ]
