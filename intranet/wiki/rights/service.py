"""Choosing who reads and who writes a branch of the wiki."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.members import effects as members
from intranet.members.queries import people_with_status, today
from intranet.members.statuses import AUDIENCES, Audience
from intranet.wiki.models import Page
from intranet.wiki.policy import may_read_page, may_set_audience, may_set_writers
from intranet.wiki.rights.inheriting import follow, give_rights

SOME_PEOPLE = "some"
"""What is chosen in place of an audience when people are named one by one."""


@dataclass(frozen=True)
class Rights:
    """Readers and writers as somebody chose them: an audience, or SOME_PEOPLE with their numbers.

    No writers means everybody who may write the wiki and read the page.
    """

    readers: str
    writers: str = ""
    reading: tuple[int, ...] = ()
    writing: tuple[int, ...] = ()


def set_rights(tx: Transaction, page_id: int, chosen: Rights | None) -> None:
    """Choose who reads and writes a page and all below it that follow it; None means those of the
    page above. Whoever chooses some people is one of them.

    Raises NotFound, Refused, and Invalid for people who do not work here and unknown audiences.
    """
    page = tx.session.get(Page, page_id, with_for_update=True)
    if page is None or not may_read_page(tx, page):
        raise NotFound
    if chosen is None:
        above = tx.session.get(Page, page.parent_id) if page.parent_id else None
        if above is None or not may_read_page(tx, above):
            raise Invalid(readers="wiki.nothing_above")
        tx.require(may_set_audience, page, above.audience)
        tx.require(may_set_writers, page, above.writers)
        follow(tx, page, above)
        return
    audience = _audience_of(tx, chosen.readers, chosen.reading)
    writers = _audience_of(tx, chosen.writers, chosen.writing) if chosen.writers else ""
    tx.require(may_set_audience, page, audience)
    tx.require(may_set_writers, page, writers)
    give_rights(tx, page, audience, writers, own=True)


def _audience_of(tx: Transaction, chosen: str, person_ids: Collection[int]) -> str:
    """The audience that was chosen; of people named one by one, whoever chooses is one."""
    if chosen != SOME_PEOPLE:
        if chosen not in tx.actor.audiences:
            raise Invalid(readers="wiki.audience_unknown")
        return chosen
    statuses = [one for one, opened in AUDIENCES.items() if Audience.WORKERS in opened]
    known = {person.id for person in people_with_status(tx, statuses, today(tx))}
    if not set(person_ids) <= known:
        raise Invalid(readers="wiki.people_unknown")
    own = [tx.actor.person_id] if tx.actor.person_id else []
    return members.list_people(tx, [*person_ids, *own])
