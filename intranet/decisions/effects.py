"""Entering decisions and linking them: caused by the rooms where people decide."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from intranet.core.citations import keep_citations
from intranet.core.markdown import render
from intranet.core.policy import Conflict, NotFound
from intranet.core.texts import keep_text
from intranet.core.transaction import Transaction
from intranet.decisions.addresses import Addresses
from intranet.decisions.entry import Entered as Entered
from intranet.decisions.entry import Entry as Entry
from intranet.decisions.events import DecisionEntered, DecisionsLinked
from intranet.decisions.models import Decision, DecisionLink, DecisionShelf, DecisionTag, LinkKind
from intranet.decisions.numbers import Numbered, next_number
from intranet.decisions.statuses import STOPS
from intranet.members.queries import cooperative

STOPPING = frozenset(LinkKind(kind) for kind in STOPS)
# Two decisions may require each other, as imported registers say; nothing else goes both ways.
ONE_WAY: Mapping[LinkKind, frozenset[LinkKind]] = {
    **dict.fromkeys(STOPPING, STOPPING),
    LinkKind.AMENDS: frozenset({LinkKind.AMENDS}),
    LinkKind.RECTIFIES: frozenset({LinkKind.RECTIFIES}),
    LinkKind.IMPLEMENTS: frozenset({LinkKind.IMPLEMENTS}),
}


def enter(tx: Transaction, entry: Entry) -> Entered:
    """Give the entry the next number of its body in the year it was decided, and keep it.

    Raises ValueError for an entry without the day of the decision or with a text that is too
    long to be rendered, IntegrityError when its dates contradict each other.
    """
    if entry.decided_on is None:
        raise ValueError("a numbered decision has a day on which it was decided")
    numbered = next_number(tx, entry.body_code, entry.decided_on.year)
    return enter_as(tx, entry, numbered)


def enter_as(tx: Transaction, entry: Entry, numbered: Numbered) -> Entered:
    """Keep the entry under a number that was found for it; the caller knows that it is free."""
    decision = _record(tx, entry, numbered)
    tx.session.add(decision)
    tx.session.flush()
    _shelve(tx, decision.id, entry)
    tx.record(DecisionEntered(decision.id, decision.number, decision.result, decision.text_digest))
    return Entered(decision.id, decision.number)


def _record(tx: Transaction, entry: Entry, numbered: Numbered) -> Decision:
    return Decision(
        number=numbered.number,
        body_id=entry.body_id,
        year=numbered.year,
        sequence=numbered.sequence,
        title=entry.title.strip(),
        text_digest=keep_text(tx.session, entry.text),
        result=entry.result,
        decided_on=entry.decided_on,
        recorded_at=tx.now,
        published_at=tx.now,
        effective_on=entry.effective_on,
        review_on=entry.review_on,
        ends_on=entry.ends_on,
        retroactive_because=entry.retroactive_because,
        origin_kind=entry.origin_kind,
        origin_id=entry.origin_id,
        recorded_by_id=entry.recorded_by_id or tx.actor.person_id,
        electorate_size=entry.electorate_size,
        outcome=entry.outcome,
        procedure=entry.procedure,
        text_voted_digest=entry.text_voted_digest,
        source=entry.source,
        source_status=entry.source_status,
    )


def _shelve(tx: Transaction, decision_id: int, entry: Entry) -> None:
    language = cooperative(tx.session).locale
    shown = render(entry.text, Addresses(), language=language, first_level=2)
    tx.session.add(
        DecisionShelf(
            decision_id=decision_id,
            audience=entry.audience,
            html=shown.html,
            plain=shown.text,
            kind=entry.kind,
        )
    )
    keep_citations(tx.session, "decision", decision_id, [shown.html])
    tx.session.add_all(
        DecisionTag(decision_id=decision_id, tag=tag) for tag in sorted(set(entry.tags))
    )
    tx.session.flush()


def link(tx: Transaction, from_number: str, to_number: str, kind: str) -> None:
    """Say what a decision does to another one: one row, read from both ends. Twice is once.

    Raises NotFound when the register holds one of them not, Conflict when a decision would end
    up replacing itself.
    """
    if {from_number, to_number} - _ids(tx, from_number, to_number).keys():
        raise NotFound
    add_link(tx, from_number, to_number, LinkKind(kind))


def add_link(tx: Transaction, from_number: str, to_number: str, kind: LinkKind) -> bool:
    """Add a link of which one end may be missing; whether it is new. Raises Conflict."""
    known = select(DecisionLink.id).where(
        DecisionLink.from_number == from_number,
        DecisionLink.to_number == to_number,
        DecisionLink.kind == kind,
    )
    if tx.session.scalar(known) is not None:
        return False
    one_way = ONE_WAY.get(kind, frozenset())
    if from_number == to_number or leads_back(tx, from_number, to_number, one_way):
        if kind in STOPPING:
            raise Conflict("decisions.link_in_a_circle", number=from_number, other=to_number)
        raise Conflict("decisions.link_both_ways", number=from_number, other=to_number)
    ids = _ids(tx, from_number, to_number)
    tx.session.add(
        DecisionLink(
            from_id=ids.get(from_number),
            from_number=from_number,
            to_id=ids.get(to_number),
            to_number=to_number,
            kind=kind,
            at=tx.now,
            by_id=tx.actor.person_id,
        )
    )
    tx.session.flush()
    tx.record(DecisionsLinked(from_number, to_number, kind))
    return True


def leads_back(
    tx: Transaction, from_number: str, to_number: str, kinds: frozenset[LinkKind]
) -> bool:
    """Whether links of these kinds already lead from `to_number` to `from_number`."""
    seen: set[str] = set()
    reached = {to_number} if kinds else set()
    while reached:
        if from_number in reached:
            return True
        seen |= reached
        further = tx.session.scalars(
            select(DecisionLink.to_number).where(
                DecisionLink.from_number.in_(reached), DecisionLink.kind.in_(kinds)
            )
        )
        reached = set(further) - seen
    return False


def _ids(tx: Transaction, *numbers: str) -> dict[str, int]:
    rows = tx.session.execute(
        select(Decision.number, Decision.id).where(Decision.number.in_(numbers))
    )
    return {row.number: row.id for row in rows}
