"""What is followed, with its name and address, as far as the reader may read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members.models import Body
from intranet.notices.watching.models import Watched
from intranet.proposals.queries import titles
from intranet.wiki.addresses import page_address, proposal_address
from intranet.wiki.models import Page
from intranet.wiki.visibility import visible

BODIES = "/bodies"


@dataclass(frozen=True)
class Subject:
    """Something that is followed."""

    kind: Watched
    number: int
    name: str
    path: str


def subjects(reader: Reader, wanted: Collection[tuple[str, int]]) -> list[Subject]:
    """Those of these that the reader may read, by kind and name, in at most three statements."""
    pages = {number for kind, number in wanted if kind in (Watched.PAGE, Watched.BRANCH)}
    bodies = {number for kind, number in wanted if kind == Watched.BODY}
    proposals = {number for kind, number in wanted if kind == Watched.PROPOSAL}
    named: dict[tuple[str, int], tuple[str, str]] = {}
    if pages:
        query = select(Page.id, Page.title, Page.slug).where(Page.id.in_(pages), visible(reader))
        for row in reader.session.execute(query):
            for kind in (Watched.PAGE, Watched.BRANCH):
                named[kind, row.id] = (row.title, page_address(row.slug))
    if bodies:
        groups = select(Body.id, Body.name).where(Body.id.in_(bodies))
        for number, name in reader.session.execute(groups):
            named[Watched.BODY, number] = (name, BODIES)
    if proposals:
        for number, title in titles(reader, proposals).items():
            named[Watched.PROPOSAL, number] = (title, proposal_address(number))
    found = [Subject(Watched(k), n, *named[k, n]) for k, n in wanted if (k, n) in named]
    return sorted(found, key=lambda one: (list(Watched).index(one.kind), one.name))
