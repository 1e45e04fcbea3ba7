"""How a proposal is talked about, as its page shows it to one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.discussions import queries as discussions
from intranet.discussions.models import ReactionKind
from intranet.discussions.queries import Reactions
from intranet.members.models import Person
from intranet.proposals import queries as proposals
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.proposals.talks.models import (
    LastRead,
    RoundKind,
    Stance,
    StanceKind,
    Summary,
    TalkRound,
)
from intranet.proposals.talks.policy import may_lead_rounds, may_sum_up, may_take_a_stance
from intranet.proposals.visibility import visible
from intranet.proposals.workflow import State


@dataclass(frozen=True)
class RoundLine:
    """A round of the discussion; `closed_at` is None while it is open."""

    kind: str
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class SummaryLine:
    """A summary of the discussion."""

    number: int
    text: str
    html: str
    at: datetime


@dataclass(frozen=True)
class StanceLine:
    """Where somebody stands; `is_stale` when the text has changed since."""

    person: str
    person_id: int
    kind: str
    about_version: int
    is_stale: bool


@dataclass(frozen=True)
class Talk:
    """All about the discussion of a proposal that is not a comment. `read` is the version that
    this reader last read or acted on, None when there is none."""

    rounds: tuple[RoundLine, ...]
    summaries: tuple[SummaryLine, ...]
    stances: tuple[StanceLine, ...]
    mine: StanceLine | None
    read: int | None
    reactions: Reactions
    may_lead: Verdict
    may_sum_up: Verdict
    may_stand: Verdict
    round_kinds: tuple[str, ...] = tuple(RoundKind)
    stance_kinds: tuple[str, ...] = tuple(StanceKind)
    reaction_kinds: tuple[str, ...] = tuple(ReactionKind)

    @property
    def open_round(self) -> RoundLine | None:
        """The round that is open, if any."""
        return next((one for one in self.rounds if one.closed_at is None), None)


def talk(reader: Reader, proposal_id: int, version: int) -> Talk:
    """The discussion of a proposal whose present version has this number. Raises NotFound."""
    proposal = proposals.known(reader, proposal_id)
    stances = _stances(reader, proposal_id, version)
    me = reader.actor.person_id
    read = reader.session.get(LastRead, (proposal_id, me)) if me else None
    return Talk(
        rounds=_rounds(reader, proposal_id),
        summaries=_summaries(reader, proposal_id),
        stances=stances,
        mine=next((line for line in stances if line.person_id == me), None),
        read=read.number if read else None,
        reactions=discussions.reactions(reader, "proposal", proposal_id),
        may_lead=may_lead_rounds(reader, proposal),
        may_sum_up=may_sum_up(reader, proposal),
        may_stand=may_take_a_stance(reader, proposal),
    )


def _rounds(reader: Reader, proposal_id: int) -> tuple[RoundLine, ...]:
    query = select(TalkRound.kind, TalkRound.opened_at, TalkRound.closed_at)
    rows = query.where(TalkRound.proposal_id == proposal_id).order_by(TalkRound.id)
    return tuple(RoundLine(*row) for row in reader.session.execute(rows))


def _summaries(reader: Reader, proposal_id: int) -> tuple[SummaryLine, ...]:
    """The newest first."""
    query = select(Summary.number, Summary.text, Summary.html, Summary.at)
    rows = query.where(Summary.proposal_id == proposal_id).order_by(Summary.number.desc())
    return tuple(SummaryLine(*row) for row in reader.session.execute(rows))


def _stances(reader: Reader, proposal_id: int, version: int) -> tuple[StanceLine, ...]:
    """Those on the present version first, by kind and name."""
    query = (
        select(Person.name, Person.id, Stance.kind, Stance.about_version)
        .join(Person, Person.id == Stance.person_id)
        .where(Stance.proposal_id == proposal_id)
    )
    order = [kind.value for kind in StanceKind]
    lines = [StanceLine(*row, row[3] < version) for row in reader.session.execute(query)]
    return tuple(sorted(lines, key=lambda one: (one.is_stale, order.index(one.kind), one.person)))


@dataclass(frozen=True)
class StaleStance:
    """A position of the reader on a text that has changed since."""

    proposal_id: int
    title: str
    kind: str
    about_version: int
    version: int


def stances_to_renew(reader: Reader) -> list[StaleStance]:
    """The reader's positions on proposals under discussion whose text has changed since."""
    newest = (
        select(ProposalVersion.proposal_id, func.max(ProposalVersion.number).label("number"))
        .group_by(ProposalVersion.proposal_id)
        .subquery()
    )
    query = (
        select(Proposal.id, Proposal.title, Stance.kind, Stance.about_version, newest.c.number)
        .join(Stance, Stance.proposal_id == Proposal.id)
        .join(newest, newest.c.proposal_id == Proposal.id)
        .where(Stance.person_id == reader.actor.person_id, Proposal.state == State.DISCUSSION)
        .where(Stance.about_version < newest.c.number, visible(reader))
        .order_by(Proposal.id)
    )
    return [StaleStance(*row) for row in reader.session.execute(query)]
