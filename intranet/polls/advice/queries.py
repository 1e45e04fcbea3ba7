"""The advice on a vote as its page shows it: beside the result, and never in it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.policy import NotFound, Verdict
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.polls.advice import counting
from intranet.polls.advice.models import Advice, Advisor
from intranet.polls.advice.policy import may_advise
from intranet.polls.models import Poll, PollState
from intranet.voting import registry
from intranet.voting.counted import Counted
from intranet.voting.types import BallotForm, Choice


@dataclass(frozen=True)
class AdviceLine:
    """The last position of one person without a vote."""

    person_id: int
    name: str
    option: str
    reason: str


@dataclass(frozen=True)
class AdviceCard:
    """The advisory side of a poll for one reader; `asked` is 0 when nobody was asked."""

    poll_id: int
    asked: int
    answered: int
    names: tuple[str, ...]
    positions: tuple[AdviceLine, ...]
    outcome: Counted | None
    is_asked: bool
    may_advise: Verdict
    my_choice: Choice | None


def _positions(reader: Reader, poll_id: int) -> list[AdviceLine]:
    rows = reader.session.execute(
        select(Advice.option, Advice.reason, Advisor.person_id, Person.name)
        .join(Advisor, Advisor.id == Advice.advisor_id)
        .join(Person, Person.id == Advisor.person_id)
        .where(Advice.poll_id == poll_id)
        .order_by(Advice.id)
    )
    last = {row.person_id: AdviceLine(row[2], row[3], row[0], row[1]) for row in rows}
    return sorted(last.values(), key=lambda line: line.name)


def advice(reader: Reader, poll_id: int) -> AdviceCard:
    """The advisory side of a poll. Positions are seen when those of the vote are: in a round of
    consent while it lasts, else after it. Raises NotFound."""
    poll = reader.session.get(Poll, poll_id)
    if poll is None:
        raise NotFound
    rows = reader.session.execute(
        select(Advisor, Person.name)
        .join(Person, Person.id == Advisor.person_id)
        .where(Advisor.poll_id == poll_id)
        .order_by(Person.name)
    ).all()
    me = reader.actor.person_id
    mine = next((advisor for advisor, _ in rows if advisor.person_id == me), None)
    positions = _positions(reader, poll_id)
    my_line = next((line for line in positions if line.person_id == me), None)
    by_consent = registry.ballot_form(poll.procedure.method) is BallotForm.CONSENT
    seen = by_consent or poll.state == PollState.CLOSED
    return AdviceCard(
        poll_id=poll_id,
        asked=len(rows),
        answered=sum(advisor.has_answered for advisor, _ in rows),
        names=tuple(name for _, name in rows),
        positions=tuple(positions) if seen else (),
        outcome=counting.stored(reader.session, poll_id),
        is_asked=mine is not None,
        may_advise=may_advise(reader, poll, mine),
        my_choice=Choice(my_line.option, my_line.reason) if my_line else None,
    )


@dataclass(frozen=True)
class AskedAdvice:
    """An open vote on which the reader's advice is still awaited."""

    poll_id: int
    title: str
    origin_kind: str
    origin_id: int


def awaited(reader: Reader) -> list[AskedAdvice]:
    """The open votes on which the reader was asked for advice and has given none."""
    rows = reader.session.execute(
        select(Poll.id, Poll.title, Poll.origin_kind, Poll.origin_id)
        .join(Advisor, Advisor.poll_id == Poll.id)
        .where(Advisor.person_id == reader.actor.person_id, Advisor.has_answered.is_(False))
        .where(Poll.state == PollState.OPEN, Poll.closes_at > reader.now)
        .order_by(Poll.closes_at)
    )
    return [AskedAdvice(*row) for row in rows]
