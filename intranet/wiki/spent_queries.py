"""Which decisions wrote into the rules and have no paragraph left there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_

from intranet.core.transaction import Reader
from intranet.members.queries import today
from intranet.wiki.models import Page, PageKind, Revision, RevisionBlock
from intranet.wiki.provenance import NOT_PARAGRAPHS
from intranet.wiki.repeals import RuleRepeal

# Beyond this it is cheaper, and within every database's limits, to ask for all of them.
MANY = 500


def spent(reader: Reader, numbers: Collection[str]) -> frozenset[str]:
    """Of these decisions, those that wrote paragraphs into rules of which none is in force today
    or adopted for a later day: all were replaced, removed, or repealed with their rule.

    In one statement. What a decision did beside such paragraphs, by its words or by removing
    others, is not looked at. Rules that the reader may not see count too, so that a decision says
    the same to everybody; nothing else of them is told.
    """
    if not numbers:
        return frozenset()
    living = _paragraphs().join(Page, Page.id == Revision.page_id).where(_lives(today(reader)))
    wrote = _paragraphs().where(RevisionBlock.decision_number.not_in(living))
    if len(numbers) <= MANY:
        wrote = wrote.where(RevisionBlock.decision_number.in_(numbers))
    return frozenset(numbers) & set(reader.session.scalars(wrote.distinct()))


def _paragraphs() -> Select[str | None]:
    """The decision behind each paragraph of each text that one made."""
    return (
        select(RevisionBlock.decision_number)
        .join(Revision, Revision.id == RevisionBlock.revision_id)
        .where(
            RevisionBlock.decision_number.is_not(None),
            RevisionBlock.kind.not_in(NOT_PARAGRAPHS),
        )
    )


def _lives(day: date) -> ColumnElement[bool]:
    """The text of a rule that applies on a day, or will, unless the rule is repealed by then."""
    present = (
        select(Revision.page_id, func.max(Revision.number))
        .where(or_(Revision.in_force_on.is_(None), Revision.in_force_on <= day))
        .group_by(Revision.page_id)
    )
    ended = exists().where(RuleRepeal.page_id == Page.id, RuleRepeal.repealed_on <= day)
    return and_(
        Page.kind == PageKind.RULE,
        Page.archived_at.is_(None),
        ~ended,
        or_(
            Revision.in_force_on > day,
            tuple_(Revision.page_id, Revision.number).in_(present),
        ),
    )
