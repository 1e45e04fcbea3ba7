"""Short ways to write pages in tests."""

from __future__ import annotations

from datetime import date

from intranet.core.block_changes import BlockChange
from intranet.wiki import effects, service
from intranet.wiki.effects import NewRule
from intranet.wiki.models import Layer, Page
from intranet.wiki.reading import PageView, page_by_slug
from intranet.wiki.revisions import newest
from intranet.wiki.typed import NewPage, Revised, TextChange
from tests.cast import acting, as_reader

TODAY = date(2026, 6, 15)


def write(
    person_id: int | None,
    title: str,
    text: str = "Un texte.",
    audience: str = "workers",
    **more: object,
) -> str:
    """A new page; gives its slug."""
    new = NewPage(title, text, audience, "fr", **more)  # type: ignore[arg-type]
    with acting(person_id) as tx:
        return service.create_page(tx, new).slug


def page_id(slug: str) -> int:
    """The id of a page."""
    with acting(None) as tx:
        return tx.session.query(Page).filter_by(slug=slug).one().id


def head_id(slug: str) -> int:
    """The id of the newest revision of a page."""
    with acting(None) as tx:
        return newest(tx.session, tx.session.query(Page).filter_by(slug=slug).one().id).id


def revise(
    person_id: int, slug: str, text: str, base: int | None = None, **more: object
) -> Revised:
    """A save by hand, on the newest revision unless another base is given."""
    change = TextChange(base or head_id(slug), text, **more)  # type: ignore[arg-type]
    number = page_id(slug)
    with acting(person_id) as tx:
        return service.revise_page(tx, number, change)


def source(slug: str) -> str:
    """The newest text of a page."""
    from intranet.wiki.revisions import state_of

    with acting(None) as tx:
        page = tx.session.query(Page).filter_by(slug=slug).one()
        return state_of(tx.session, newest(tx.session, page.id)).text


def rule(title: str, text: str, number: str = "AG-2026-001", on: date = date(2026, 1, 1)) -> int:
    """A rule made by a decision; gives the id of its page."""
    new = NewRule(Layer.OPERATING_RULES, title, text, "workers", "fr")
    with acting(None) as tx:
        return effects.create_rule(tx, new, number, on)


def enact(rule_id: int, changes: list[BlockChange], number: str, on: date, **more: object) -> int:
    """An amendment written into a rule; gives the id of the revision."""
    with acting(None) as tx:
        return effects.enact_revision(tx, rule_id, changes, number, on, None, **more)  # type: ignore[arg-type]


def read(person_id: int, slug: str, on: date | None = None) -> PageView:
    """The page as a person reads it on a day, by default today."""
    reader = as_reader(person_id)
    return page_by_slug(reader, slug, on or reader.now.date())
