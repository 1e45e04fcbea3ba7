"""Which decisions wrote into the rules and have no paragraph left there."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

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
    known: dict[str, object] = {"day": today(reader)}
    if len(numbers) > MANY:
        gone = reader.session.scalars(_ALL_GONE, known)
    else:
        gone = reader.session.scalars(_GONE, {**known, "numbers": list(numbers)})
    return frozenset(numbers).intersection(gone)


def _lives() -> ColumnElement[bool]:
    """The text of a rule that applies on the day, or will, unless the rule is repealed by then."""
    day, newer = bindparam("day", type_=Date()), aliased(Revision)
    replaced = exists().where(
        newer.page_id == Revision.page_id,
        newer.number > Revision.number,
        or_(newer.in_force_on.is_(None), newer.in_force_on <= day),
    )
    ended = exists().where(RuleRepeal.page_id == Page.id, RuleRepeal.repealed_on <= day)
    return and_(
        Page.kind == PageKind.RULE,
        Page.archived_at.is_(None),
        ~ended,
        or_(Revision.in_force_on > day, ~replaced),
    )


def _gone(which: ColumnElement[bool]) -> Select[str | None]:
    """The decisions behind paragraphs, of which none lives; made once, since making it takes longer
    than asking it."""
    wrote = (
        select(RevisionBlock.decision_number)
        .join(Revision, Revision.id == RevisionBlock.revision_id)
        .where(which, RevisionBlock.kind.not_in(NOT_PARAGRAPHS))
    )
    living = wrote.join(Page, Page.id == Revision.page_id).where(_lives())
    return wrote.where(RevisionBlock.decision_number.not_in(living)).distinct()


_GONE = _gone(RevisionBlock.decision_number.in_(bindparam("numbers", expanding=True)))
_ALL_GONE = _gone(RevisionBlock.decision_number.is_not(None))
