"""The pages as a tree, each reader's own: a page nobody shows them has no branch either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Reader
from intranet.wiki.models import Page
from intranet.wiki.queries import page_named
from intranet.wiki.repeals import RuleRepeal
from intranet.wiki.visibility import listed

DEPTH = 4
MOST_NODES = 400


@dataclass(frozen=True)
class Node:
    """A page in the tree with the pages below it; `is_repealed`: a rule that no longer applies."""

    id: int
    slug: str
    title: str
    kind: str
    children: tuple[Node, ...] = ()
    is_repealed: bool = False


@dataclass(frozen=True)
class Tree:
    """The upper branches; `hidden` pages are deeper or beyond the limit, and found otherwise."""

    roots: tuple[Node, ...]
    hidden: int


def tree(reader: Reader, on: date) -> Tree:
    """The first levels of the tree, in two statements however many pages there are; rules repealed
    by a day are marked.

    A page whose parent the reader may not see, or which is archived, stands at the top.
    """
    parent = aliased(Page)
    seen_parent = select(parent.id).where(listed(reader, parent))
    top = or_(Page.parent_id.is_(None), Page.parent_id.not_in(seen_parent))
    columns = (Page.id, Page.parent_id, Page.position, Page.slug, Page.title, Page.kind)
    start = select(*columns, literal(1).label("depth")).where(top, listed(reader))
    branch = start.cte("branch", recursive=True)
    below = select(*columns, branch.c.depth + 1).join(branch, Page.parent_id == branch.c.id)
    branch = branch.union_all(below.where(listed(reader), branch.c.depth < DEPTH))
    ended = exists().where(RuleRepeal.page_id == branch.c.id, RuleRepeal.repealed_on <= on)
    query = select(branch, ended.label("is_repealed")).order_by(
        branch.c.depth, branch.c.position, branch.c.title
    )
    rows = reader.session.execute(query.limit(MOST_NODES)).all()
    total = reader.session.scalar(select(func.count()).select_from(Page).where(listed(reader)))
    below_of: dict[int | None, list[Node]] = defaultdict(list)
    for row in reversed(rows):
        below_it = tuple(_taken(below_of, row.id))
        node = Node(row.id, row.slug, row.title, row.kind, below_it, bool(row.is_repealed))
        below_of[None if row.depth == 1 else row.parent_id].append(node)
    return Tree(tuple(_taken(below_of, None)), (total or 0) - len(rows))


def _taken(below_of: Mapping[int | None, list[Node]], key: int | None) -> list[Node]:
    return list(reversed(below_of.get(key, [])))


def choices(
    reader: Reader, besides: int | None = None, chosen: int | None = None
) -> list[tuple[int, str]]:
    """The pages another may stand under, by name: for the form that places a page. The list of a
    large wiki is cut, but never without the one that is chosen already."""
    query = select(Page.id, Page.title).where(listed(reader), Page.id != (besides or 0))
    rows = reader.session.execute(query.order_by(Page.title_key).limit(MOST_NODES))
    found = [(row.id, row.title) for row in rows]
    if chosen is not None and chosen not in dict(found):
        one = reader.session.execute(query.where(Page.id == chosen))
        found += [(row.id, row.title) for row in one]
    return found


def meant(reader: Reader, chosen: int | None, named: str) -> int | None:
    """The page to stand under: the one that was named, where the list is cut, else the one chosen
    in it. Raises Invalid when there is none of this name."""
    if not named.strip():
        return chosen
    try:
        return page_named(reader, named).id
    except NotFound as problem:
        raise Invalid(parent="wiki.parent_unknown") from problem
