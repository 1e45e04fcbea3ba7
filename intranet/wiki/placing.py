"""How decisions place rules. The command that causes these effects was authorised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.members.queries import today
from intranet.wiki.events import RuleMoved, RulePlaced
from intranet.wiki.models import Page, PageKind
from intranet.wiki.places import put_at
from intranet.wiki.repeals import RuleRepeal
from intranet.wiki.rule_places import Leaf, RulePlace, new_place, places, walked
from intranet.wiki.visibility import listed


def _tree(session: Session) -> list[Leaf]:
    columns = (Page.id, Page.parent_id, Page.position, Page.title_key, Page.kind)
    return walked(Leaf(*row) for row in session.execute(select(*columns)))


def give_place(tx: Transaction, page: Page, decision_number: str, in_force_on: date) -> None:
    """Write down where a new rule stands: after the rule before which it comes in the tree."""
    before = None
    for leaf in _tree(tx.session):
        if leaf.id == page.id:
            break
        before = leaf.id if leaf.kind == PageKind.RULE else before
    row = _write(tx, page.id, before, (decision_number, in_force_on))
    page.current_place_id = row.id


def place_rule(
    tx: Transaction, page_id: int, after_id: int | None, decision_number: str, in_force_on: date
) -> None:
    """Put a rule right after another one, or before all others, from a day on.

    The rules below it in the tree go with it. In the tree it stands beside the other one, from the
    same day. Two votes may end in any order: when the other one has come to stand below it, its
    number changes and the tree stays. Raises NotFound for no rule.
    """
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or page.kind != PageKind.RULE:
        raise NotFound
    tree = _tree(tx.session)
    carried = below(tree, page_id)
    is_inside = after_id in carried
    decided = (decision_number, in_force_on)
    _write(tx, page_id, after_id, decided, carried=is_inside)
    last = page_id
    for leaf in tree:
        if leaf.id in carried and leaf.kind == PageKind.RULE and not is_inside:
            _write(tx, leaf.id, last, decided, carried=True)
            last = leaf.id
    tx.record(RulePlaced(page_id, decision_number, in_force_on, after_id))
    move_in_tree(tx, due_in_tree(tx))


def below(tree: Sequence[Leaf], page_id: int) -> set[int]:
    """The pages that stand anywhere below one, from a walk through the tree."""
    found: set[int] = set()
    for leaf in tree:
        if leaf.parent_id == page_id or leaf.parent_id in found:
            found.add(leaf.id)
    return found


def neighbours(reader: Reader, page_id: int) -> list[tuple[int, str]]:
    """The rules after which this one could stand, in today's order, by id with their names: those
    of its rank that apply, that the reader may read, and that do not stand below it."""
    day = today(reader)
    inside = {page_id, *below(_tree(reader.session), page_id)}
    rank = select(Page.layer).where(Page.id == page_id).scalar_subquery()
    rows = reader.session.execute(
        select(Page.id, Page.title)
        .where(Page.kind == PageKind.RULE, Page.layer == rank, listed(reader))
        .where(~exists().where(RuleRepeal.page_id == Page.id, RuleRepeal.repealed_on <= day))
    )
    order = places(reader).on(day)
    found = [(order.get(key, Fraction(0)), key, name) for key, name in rows if key not in inside]
    return [(key, name) for _place, key, name in sorted(found)]


def _write(
    tx: Transaction,
    page_id: int,
    after_id: int | None,
    decided: tuple[str, date],
    *,
    carried: bool = False,
) -> RulePlace:
    number, day = decided
    row = RulePlace(
        page_id=page_id,
        place=str(new_place(places(tx), after_id, day)),
        after_id=after_id,
        carried=carried,
        in_force_on=day,
        decision_number=number,
        at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def due_in_tree(reader: Reader) -> list[RulePlace]:
    """The places whose day has come and that the tree does not show yet."""
    day = today(reader)
    ranked = (
        select(
            RulePlace.id,
            func.row_number()
            .over(
                partition_by=RulePlace.page_id,
                order_by=(RulePlace.in_force_on.desc(), RulePlace.id.desc()),
            )
            .label("nth"),
        )
        .where(RulePlace.in_force_on <= day)
        .subquery()
    )
    query = (
        select(RulePlace)
        .join(ranked, (ranked.c.id == RulePlace.id) & (ranked.c.nth == 1))
        .join(Page, Page.id == RulePlace.page_id)
        .where(Page.current_place_id.is_distinct_from(RulePlace.id))
        .order_by(RulePlace.in_force_on, RulePlace.id)
    )
    return list(reader.session.scalars(query))


def move_in_tree(tx: Transaction, due: Sequence[RulePlace]) -> None:
    """Show these places in the tree."""
    for row in due:
        page = tx.session.get_one(Page, row.page_id, with_for_update=True)
        page.current_place_id = row.id
        if not row.carried:
            _put_beside(tx, page, row.after_id)
            tx.record(RuleMoved(page.id, row.id))


def _put_beside(tx: Transaction, page: Page, after_id: int | None) -> None:
    """Put a rule behind another one among the pages there; or before the first of all rules."""
    tree = _tree(tx.session)
    inside = {page.id, *below(tree, page.id)}
    others = [leaf for leaf in tree if leaf.id not in inside]
    first = next((leaf for leaf in others if leaf.kind == PageKind.RULE), None)
    beside = next((leaf for leaf in others if leaf.id == after_id), None) if after_id else first
    if beside is None:
        return
    siblings = [leaf.id for leaf in others if leaf.parent_id == beside.parent_id]
    place = siblings.index(beside.id) + (2 if after_id else 1)
    put_at(tx.session, page, beside.parent_id, place)
    tx.session.flush()
