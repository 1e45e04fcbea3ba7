"""Who cites a decision, and which texts still cite one that no longer applies."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, cast, false, literal, select, union_all

from intranet.core.citations import Citation
from intranet.core.transaction import Reader
from intranet.decisions import citing_queries as citing
from intranet.decisions.lineage import MANY, DecisionMark
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences
from intranet.decisions.queries import statuses
from intranet.decisions.statuses import APPLIES, ENDED, State
from intranet.discussions.models import Comment, Thread
from intranet.proposals.models import Proposal
from intranet.proposals.visibility import shown
from intranet.proposals.workflow import State as ProposalState
from intranet.wiki.models import Page
from intranet.wiki.visibility import listed

NO_LONGER = ENDED | {State.SUSPENDED}
NO_ANCHOR = literal("")
UNDER_WAY = (ProposalState.DISCUSSION, ProposalState.VOTING)


@dataclass(frozen=True)
class Citing:
    """A text that cites a decision. `kind` is page, proposal, comment or decision; `key` is what
    its address is made of; `anchor` is the comment's number."""

    kind: str
    key: str
    title: str
    anchor: str = ""


@dataclass(frozen=True)
class Outdated:
    """A decision that no longer applies, and the living texts that cite it."""

    mark: DecisionMark
    texts: tuple[Citing, ...]


def cited_by(reader: Reader, number: str) -> tuple[Citing, ...]:
    """The texts that cite a decision and that the reader may see, in three statements."""
    row = reader.session.execute(
        select(Decision.year, Decision.sequence).where(Decision.number == number)
    ).one_or_none()
    if row is None:
        return ()
    names = citing.names_of(reader, number, *row)
    texts = (text for _number, text in _texts(reader, names, is_living=False))
    own = Citing("decision", number, "")
    return tuple(one for one in dict.fromkeys(texts) if (one.kind, one.key) != (own.kind, own.key))


def outdated(reader: Reader) -> tuple[Outdated, ...]:
    """Decisions that no longer apply and are still cited: by pages, by proposals under way, by
    decisions in force. A number of statements that does not grow with them."""
    typed = set(reader.session.scalars(select(Citation.number).distinct()))
    marks = citing.meant(reader, typed)
    ended = {number: mark for number, mark in marks.items() if mark.state in NO_LONGER}
    found: dict[str, dict[Citing, None]] = {}
    for number, text in _texts(reader, ended, is_living=True):
        found.setdefault(ended[number].number, {})[text] = None
    by_number = {mark.number: mark for mark in ended.values()}
    return tuple(
        Outdated(by_number[number], tuple(texts)) for number, texts in sorted(found.items())
    )


def _texts(
    reader: Reader, numbers: Collection[str], *, is_living: bool
) -> Iterator[tuple[str, Citing]]:
    """What cites these numbers, the pages first; only texts that still apply, if asked."""
    if not numbers:
        return
    is_meant = Citation.number.in_(numbers) if len(numbers) <= MANY else Citation.number != ""
    query = union_all(
        _pages(reader).where(is_meant),
        _decisions(reader).where(is_meant),
        _proposals(reader, is_living).where(is_meant),
        _comments(reader, is_living).where(is_meant),
    )
    rows = [row for row in reader.session.execute(query) if row.number in numbers]
    decisions = {row.key for row in rows if row.kind == "decision"} if is_living else set()
    living = {mark.number for mark in statuses(reader, decisions).values() if mark.state in APPLIES}
    order = ("page", "decision", "proposal", "comment")
    rows.sort(key=lambda row: (order.index(row.kind), row.title.casefold(), row.key))
    for row in rows:
        if not is_living or row.kind != "decision" or row.key in living:
            yield row.number, Citing(row.kind, row.key, row.title, row.anchor)


def _of(kind: str, key: Any, title: Any, anchor: Any = NO_ANCHOR) -> Select[*tuple[Any, ...]]:
    columns = (literal(kind).label("kind"), Citation.number, cast(key, String).label("key"))
    return select(*columns, title.label("title"), cast(anchor, String).label("anchor")).where(
        Citation.source_kind == kind
    )


def _pages(reader: Reader) -> Select[*tuple[Any, ...]]:
    pages = _of("page", Page.slug, Page.title).join(Page, Page.id == Citation.source_id)
    return pages.where(listed(reader))


def _decisions(reader: Reader) -> Select[*tuple[Any, ...]]:
    return (
        _of("decision", Decision.number, Decision.title)
        .join(Decision, Decision.id == Citation.source_id)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(DecisionShelf.audience.in_(audiences(reader)))
    )


def _proposals(reader: Reader, is_living: bool) -> Select[*tuple[Any, ...]]:
    found = _of("proposal", Proposal.id, Proposal.title)
    found = found.join(Proposal, Proposal.id == Citation.source_id).where(shown(reader))
    return found.where(Proposal.state.in_(UNDER_WAY)) if is_living else found


def _comments(reader: Reader, is_living: bool) -> Select[*tuple[Any, ...]]:
    found = (
        _of("comment", Proposal.id, Proposal.title, Comment.id)
        .join(Comment, Comment.id == Citation.source_id)
        .join(Thread, (Thread.id == Comment.thread_id) & (Thread.subject_kind == "proposal"))
        .join(Proposal, Proposal.id == Thread.subject_id)
        .where(Comment.hidden_at.is_(None), shown(reader))
    )
    # What was said is not mended: it only tells who spoke of a decision.
    return found.where(false()) if is_living else found
