"""One decision as its page shows it: the record, how it was made, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from intranet.core.policy import NotFound, Verdict
from intranet.core.texts import Removal, TextBody, text_of
from intranet.core.transaction import Reader
from intranet.decisions import lineage
from intranet.decisions.lineage import DecisionMark, Known
from intranet.decisions.models import Decision, DecisionShelf, LinkKind
from intranet.decisions.policy import audiences, may_record, may_rectify, may_tag
from intranet.decisions.queries import tags_of
from intranet.decisions.reviews.standing import REVIEW_ON
from intranet.decisions.statuses import STOPS, Act, State
from intranet.members.models import Body, Person
from intranet.members.queries import today
from intranet.voting.counted import Counted, counted_from_json
from intranet.voting.election import Ranking
from intranet.voting.outcome import Outcome

ORDER = (
    LinkKind.ANNULS,
    LinkKind.SUPERSEDES,
    LinkKind.REPEALS,
    LinkKind.SUSPENDS,
    LinkKind.AMENDS,
    LinkKind.RECTIFIES,
    LinkKind.IMPLEMENTS,
    LinkKind.REQUIRES,
)
_Remover = aliased(Person)
OPTIONS = (
    "for",
    "consent",
    "reservation",
    "stand_aside",
    "against",
    "objection",
    "objection_lifted",
    "abstain",
    "blank",
    "spoiled",
    "not_voted",
)
_COPIED = (
    "id",
    "number",
    "title",
    "result",
    "decided_on",
    "recorded_at",
    "published_at",
    "effective_on",
    "ends_on",
    "retroactive_because",
    "origin_kind",
    "origin_id",
    "recorded_by_id",
    "source",
    "source_status",
    "text_digest",
    "text_voted_digest",
    "electorate_size",
)


@dataclass(frozen=True)
class PaperCount:
    """The numbers of a vote that were copied from a paper; nothing was computed from them."""

    counts: tuple[tuple[str, int], ...]
    registered: int | None

    @property
    def voted(self) -> int:
        """How many took part, as far as the numbers tell."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True)
class LinkCard:
    """A link as seen from one of its ends.

    `reading` is the kind, with `.by` when the other decision acts on this one, and then
    `.void` when the acting decision never took effect, `.coming` when it will later, `.over` for a
    suspension that has ended. `mark`
    is empty when the register does not hold the other decision; `is_hidden` when this reader may
    not know it: then its number is empty too.
    """

    reading: str
    number: str
    mark: DecisionMark | None
    is_hidden: bool = False


@dataclass(frozen=True)
class DecisionPage:
    """A decision with its six dates, its count and procedure, its links and its readers."""

    id: int
    number: str
    title: str
    html: str
    result: str
    state: State
    is_amended: bool
    suspended_until: date | None
    body_code: str | None
    body_name: str | None
    decided_on: date | None
    recorded_at: datetime
    published_at: datetime
    effective_on: date | None
    review_on: date | None
    ends_on: date | None
    retroactive_because: str | None
    origin_kind: str
    origin_id: int | None
    kind: str
    recorded_by: str | None
    recorded_by_id: int | None
    source: str | None
    source_status: str | None
    removal: Removal | None
    text_digest: str
    text_voted_digest: str | None
    electorate_size: int | None
    outcome: Outcome | None
    ranking: Ranking | None
    paper: PaperCount | None
    procedure: Mapping[str, Any]
    audience: str
    tags: tuple[str, ...]
    links: tuple[LinkCard, ...]
    heirs: tuple[DecisionMark, ...]
    may_rectify: Verdict
    may_link: Verdict
    may_tag: Verdict
    may_choose_readers: Verdict

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many chose each option, in the order in which people read them."""
        if self.outcome is None:
            return []
        return sorted(self.outcome.counts.items(), key=lambda pair: _place(pair[0]))

    @property
    def corrections(self) -> tuple[LinkCard, ...]:
        """The entries that correct the wording of this one."""
        return tuple(link for link in self.links if link.reading == "rectifies.by")

    @property
    def because(self) -> str:
        """Why a wording was rectified; empty on other decisions."""
        return str(self.procedure.get("because", ""))


def decision(reader: Reader, number: str) -> DecisionPage:
    """A decision with all its page needs, in five statements. Raises NotFound."""
    row = _found(reader, number)
    held = row.Decision
    known, day = lineage.around(reader, number), today(reader)
    counted, paper = _count(held)
    heirs = known.lineage.heirs(number, day)
    return DecisionPage(
        **{column: getattr(held, column) for column in _COPIED},
        review_on=row.review_on,
        kind=row.DecisionShelf.kind or held.origin_kind,
        html=row.DecisionShelf.html,
        audience=row.DecisionShelf.audience,
        body_code=row.code,
        body_name=row.body_name,
        recorded_by=row.recorded_by,
        removal=_removal(row),
        state=known.lineage.state(number, day),
        is_amended=known.lineage.is_amended(number, day),
        suspended_until=known.lineage.suspended_until(number, day),
        outcome=counted if isinstance(counted, Outcome) else None,
        ranking=counted if isinstance(counted, Ranking) else None,
        paper=paper,
        procedure=json.loads(held.procedure) if held.procedure else {},
        tags=tags_of(reader, [held.id]).get(held.id, ()),
        links=links_of(known, number, day),
        heirs=tuple(known.mark(heir, day) for heir in heirs if heir in known.visible),
        may_rectify=may_rectify(reader, held),
        may_link=may_record(reader),
        may_tag=may_tag(reader, row.DecisionShelf),
        may_choose_readers=may_record(reader),
    )


def record(reader: Reader, number: str) -> Decision:
    """A decision as it stands in the register. Raises NotFound."""
    found: Decision = _found(reader, number).Decision
    return found


def wording(reader: Reader, number: str) -> str:
    """The exact text of a decision, as it was written. Raises NotFound."""
    return text_of(reader.session, _found(reader, number).Decision.text_digest)


def _found(reader: Reader, number: str) -> Row[*tuple[Any, ...]]:
    row = reader.session.execute(
        select(
            Decision,
            DecisionShelf,
            Body.code,
            Body.name.label("body_name"),
            Person.name.label("recorded_by"),
            TextBody.redacted_because,
            REVIEW_ON,
            TextBody.redacted_at,
            _Remover.name.label("redacted_by"),
        )
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .join(TextBody, TextBody.digest == Decision.text_digest)
        .outerjoin(Body, Body.id == Decision.body_id)
        .outerjoin(Person, Person.id == Decision.recorded_by_id)
        .outerjoin(_Remover, _Remover.id == TextBody.redacted_by_id)
        .where(Decision.number == number)
        .where(DecisionShelf.audience.in_(audiences(reader)))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def _removal(row: Row[*tuple[Any, ...]]) -> Removal | None:
    if row.redacted_because is None:
        return None
    return Removal(row.redacted_at, row.redacted_by, row.redacted_because)


def _count(record: Decision) -> tuple[Counted | None, PaperCount | None]:
    """The count of a vote held here, or the numbers copied from a paper, or neither."""
    if not record.outcome:
        return None, None
    stored = json.loads(record.outcome)
    if "lines" in stored:
        return counted_from_json(stored), None
    counts = [(str(option), int(number)) for option, number in stored["counts"].items()]
    counts.sort(key=lambda pair: _place(pair[0]))
    return None, PaperCount(tuple(counts), record.electorate_size)


def _place(option: str) -> int:
    """Where an option stands in a count: approval first, absence last."""
    return OPTIONS.index(option) if option in OPTIONS else 0


def links_of(known: Known, number: str, day: date) -> tuple[LinkCard, ...]:
    """The links of a decision, those that act on it first."""
    acts = [act for act in known.lineage.acts if number in (act.by, act.to)]
    acts.sort(key=lambda act: (act.by == number, ORDER.index(LinkKind(act.kind)), act.by, act.to))
    cards = [link_card(known, act, number, day) for act in acts]
    return tuple(card for card in cards if card is not None)


def link_card(known: Known, act: Act, number: str, day: date) -> LinkCard | None:
    """A link as one of its two decisions shows it; None when the reader may not know of it."""
    incoming = act.to == number
    other = act.by if incoming else act.to
    reading = ".".join(filter(None, (act.kind, "by" if incoming else "", _effect(known, act, day))))
    if other not in known.lineage.facts:
        return LinkCard(reading, other, None)
    if other in known.visible:
        return LinkCard(reading, other, known.mark(other, day))
    # That something stopped this decision must be said; what it was stays unknown.
    return LinkCard(reading, "", None, is_hidden=True) if incoming and act.kind in STOPS else None


def _effect(known: Known, act: Act, day: date) -> str:
    """Whether the acting decision does what it says: "" when it does."""
    if act.kind not in (*STOPS, LinkKind.AMENDS):
        return ""
    if known.lineage.took_effect(act.by, day):
        is_over = act.kind == "suspends" and act not in known.lineage.suspensions(act.to, day)
        return "over" if is_over else ""
    is_coming = known.lineage.state(act.by, day) == State.COMING
    return "coming" if is_coming else "void"
