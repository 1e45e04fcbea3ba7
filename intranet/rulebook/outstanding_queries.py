"""What was adopted and does not stand in the rules yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, select

from intranet.core.transaction import Reader
from intranet.decisions import lineage
from intranet.decisions.models import (
    Decision,
    DecisionLink,
    DecisionResult,
    DecisionShelf,
    LinkKind,
)
from intranet.decisions.policy import audiences
from intranet.decisions.statuses import APPLIES, State
from intranet.members.queries import today
from intranet.rulebook.models import RuleDebt
from intranet.wiki.models import Page, PageKind, Revision, RevisionBlock
from intranet.wiki.queries import PageCard
from intranet.wiki.visibility import listed, visible

WORTH_WRITING = APPLIES | {State.COMING}
CHANGING = (LinkKind.AMENDS, LinkKind.SUPERSEDES, LinkKind.REPEALS)


@dataclass(frozen=True)
class ComingText:
    """An adopted text of a rule that applies from a later day."""

    page: PageCard
    in_force_on: date
    decision_number: str
    title: str


@dataclass(frozen=True)
class Unwritten:
    """A decision that changes the rules and that no rule says. `because` are the words of whoever
    noted it; empty when it was found by what it does to a decision whose words stand in a rule."""

    number: str
    title: str
    decided_on: date | None
    because: str
    page: PageCard | None


@dataclass(frozen=True)
class Outstanding:
    """Texts that will apply, the nearest first, and decisions still to be written down."""

    coming: tuple[ComingText, ...]
    unwritten: tuple[Unwritten, ...]


_CARD = (Page.id, Page.slug, Page.title, Page.kind, Page.layer, Page.audience)


def outstanding(reader: Reader) -> Outstanding:
    """All that was adopted and is not in the rules, in five statements."""
    noted = _noted(reader)
    known = {one.number for one in noted}
    found = [one for one in _found(reader) if one.number not in known]
    lines = sorted([*noted, *found], key=lambda one: one.decided_on or date.min, reverse=True)
    return Outstanding(tuple(_coming(reader)), tuple(_standing(reader, lines)))


def _standing(reader: Reader, lines: list[Unwritten]) -> list[Unwritten]:
    """Those that apply or will: what was replaced, repealed or over meanwhile owes nothing."""
    day = today(reader)
    known = lineage.of(reader, [one.number for one in lines]).lineage
    return [one for one in lines if known.state(one.number, day) in WORTH_WRITING]


def _coming(reader: Reader) -> list[ComingText]:
    query = (
        select(*_CARD, Revision.in_force_on, Revision.decision_number, Decision.title)
        .join(Revision, Revision.page_id == Page.id)
        .outerjoin(Decision, Decision.number == Revision.decision_number)
        .where(
            Page.kind == PageKind.RULE,
            listed(reader),
            Revision.decision_number.is_not(None),
            Revision.in_force_on > today(reader),
        )
        .order_by(Revision.in_force_on, Page.title_key)
    )
    return [
        ComingText(PageCard(*row[:6]), row.in_force_on, row.decision_number, row[-1] or "")
        for row in reader.session.execute(query)
    ]


def _readable(reader: Reader) -> Select[*tuple[Any, ...]]:
    """Adopted decisions of this reader that no revision carries."""
    written = exists().where(Revision.decision_number == Decision.number)
    return (
        select(Decision.number, Decision.title, Decision.decided_on)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(
            Decision.result == DecisionResult.ADOPTED,
            DecisionShelf.audience.in_(audiences(reader)),
            ~written,
        )
    )


def _noted(reader: Reader) -> list[Unwritten]:
    query = (
        _readable(reader)
        .add_columns(RuleDebt.because, *_CARD)
        .join(RuleDebt, RuleDebt.decision_id == Decision.id)
        .outerjoin(Page, (Page.id == RuleDebt.page_id) & visible(reader))
        .where(RuleDebt.state == "open")
    )
    return [
        Unwritten(row[0], row[1], row[2], row[3], PageCard(*row[4:]) if row[4] else None)
        for row in reader.session.execute(query)
    ]


def _found(reader: Reader) -> list[Unwritten]:
    """Decisions that amend, replace or repeal one whose words stand in a rule today, and that
    wrote nothing themselves, unless somebody said that nothing is left to be written."""
    standing = (
        select(RevisionBlock.decision_number)
        .join(Page, Page.current_revision_id == RevisionBlock.revision_id)
        .where(Page.kind == PageKind.RULE, listed(reader))
        .where(RevisionBlock.decision_number.is_not(None))
    )
    acting = select(DecisionLink.from_number).where(
        DecisionLink.kind.in_(CHANGING), DecisionLink.to_number.in_(standing)
    )
    settled = exists().where(RuleDebt.decision_id == Decision.id)
    query = _readable(reader).where(Decision.number.in_(acting), ~settled)
    return [Unwritten(row[0], row[1], row[2], "", None) for row in reader.session.execute(query)]
