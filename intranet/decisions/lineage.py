"""Decisions with what was done to them: read in two statements, however long the chains."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select

from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionLink, DecisionShelf
from intranet.decisions.policy import RECTIFICATION, audiences
from intranet.decisions.reviews.standing import REVIEW_ON
from intranet.decisions.statuses import STOPS, Act, Facts, Lineage, State

# Beyond this it is cheaper, and within every database's limits, to read them all.
MANY = 500


@dataclass(frozen=True)
class DecisionMark:
    """A decision as a link or a badge shows it."""

    number: str
    title: str
    state: State
    decided_on: date | None


@dataclass(frozen=True)
class Known:
    """A lineage with the titles of its decisions and which of them this reader may see."""

    lineage: Lineage
    titles: dict[str, str]
    visible: frozenset[str]

    def mark(self, number: str, on: date) -> DecisionMark:
        """A decision as a link shows it. Raises KeyError when the register does not hold it."""
        facts = self.lineage.facts[number]
        return DecisionMark(
            number, self.titles[number], self.lineage.state(number, on), facts.decided_on
        )


FACTS = (
    Decision.number,
    Decision.result,
    Decision.decided_on,
    Decision.effective_on,
    REVIEW_ON,
    Decision.ends_on,
    Decision.source_status,
    (Decision.origin_kind == RECTIFICATION).label("is_rectification"),
)


def _upstream(start: ColumnElement[bool]) -> Select[str, str, str]:
    """The links of the start, and in turn every link that stopped one of their authors."""
    columns = (DecisionLink.from_number, DecisionLink.kind, DecisionLink.to_number)
    links = select(*columns).where(start).cte("lineage", recursive=True)
    above = select(*columns).join(links, DecisionLink.to_number == links.c.from_number)
    links = links.union(above.where(DecisionLink.kind.in_(STOPS)))
    return select(links.c.from_number, links.c.kind, links.c.to_number)


def _known(reader: Reader, acts: list[Act], facts_of: ColumnElement[bool] | None) -> Known:
    query = select(*FACTS, Decision.title, DecisionShelf.audience).join(
        DecisionShelf, DecisionShelf.decision_id == Decision.id
    )
    if facts_of is not None:
        query = query.where(facts_of)
    allowed = audiences(reader)
    facts, titles, visible = {}, {}, set()
    for *values, title, audience in reader.session.execute(query):
        found = Facts(*values)
        facts[found.number], titles[found.number] = found, title
        if audience in allowed:
            visible.add(found.number)
    return Known(Lineage(facts, acts), titles, frozenset(visible))


def around(reader: Reader, number: str) -> Known:
    """One decision with everything linked to it, and what became of all of these."""
    targets = select(DecisionLink.to_number).where(DecisionLink.from_number == number)
    start = or_(DecisionLink.to_number == number, DecisionLink.to_number.in_(targets))
    acts = _acts(reader, _upstream(start))
    return _known(reader, acts, Decision.number.in_(_mentioned(acts) | {number}))


def of(reader: Reader, numbers: Collection[str]) -> Known:
    """These decisions with what was done to them, in turn; all decisions when they are many."""
    if len(numbers) > MANY:
        return whole(reader)
    start = DecisionLink.to_number.in_(numbers)
    acts = _acts(reader, _upstream(start))
    return _known(reader, acts, Decision.number.in_(_mentioned(acts) | set(numbers)))


def whole(reader: Reader) -> Known:
    """The whole register, for questions that only the state of every decision answers."""
    columns = (DecisionLink.from_number, DecisionLink.kind, DecisionLink.to_number)
    return _known(reader, _acts(reader, select(*columns)), None)


def downstream(reader: Reader, numbers: Collection[str]) -> set[str]:
    """These decisions, and those whose state follows from theirs: what they stop, what these in
    turn had stopped, and so on; whoever may read them. In one statement."""
    columns = (DecisionLink.to_number,)
    stopping = DecisionLink.kind.in_(STOPS)
    links = select(*columns).where(DecisionLink.from_number.in_(numbers), stopping)
    below = links.cte("downstream", recursive=True)
    further = select(*columns).join(below, DecisionLink.from_number == below.c.to_number)
    below = below.union(further.where(stopping))
    return set(numbers) | set(reader.session.scalars(select(below.c.to_number)))


def _acts(reader: Reader, links: Select[str, str, str]) -> list[Act]:
    return [Act(by, kind, to) for by, kind, to in reader.session.execute(links)]


def _mentioned(acts: list[Act]) -> set[str]:
    return {number for act in acts for number in (act.by, act.to)}
