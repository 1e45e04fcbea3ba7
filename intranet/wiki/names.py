"""Names and addresses of pages: each name once, each address for ever."""

from __future__ import annotations

from itertools import chain, count

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from intranet.core.policy import Invalid
from intranet.core.text import UnusableLine, clean_line, slugify
from intranet.wiki.addresses import RESERVED
from intranet.wiki.directory import title_key
from intranet.wiki.models import FormerSlug, Page

LONGEST_TITLE = 255


def clean_title(title: str) -> str:
    """The title as it is stored. Raises Invalid when it is empty or too long."""
    try:
        return clean_line(title, LONGEST_TITLE)
    except UnusableLine as problem:
        code = "wiki.title_too_long" if problem.reason == "too_long" else "wiki.title_missing"
        raise Invalid(title=code) from problem


def new_title(session: Session, title: str, page_id: int | None = None) -> str:
    """A title that no other page has, accents and case aside. Raises Invalid."""
    cleaned = clean_title(title)
    same_name = Page.title_key == title_key(cleaned), Page.id != (page_id or 0)
    found = session.execute(select(Page.trashed_at).where(*same_name)).first()
    if found is not None:
        raise Invalid(title="wiki.title_in_the_trash" if found[0] else "wiki.title_taken")
    return cleaned


def free_title(session: Session, title: str) -> str:
    """This title, or with the first number that makes it free: what was voted gets its page even
    when somebody took the name meanwhile. Raises Invalid when it is empty or too long."""
    cleaned = clean_title(title)
    numbered = (f"{cleaned} ({number})" for number in count(2))
    wanted = chain([cleaned], numbered)
    known = set(session.scalars(select(Page.title_key)))
    return next(one for one in wanted if title_key(one) not in known)


def free_slug(session: Session, title: str, page_id: int | None = None) -> str:
    """The address a page of this title gets: the title itself, else with the first free number.

    An address that another page has or once had is never given again, so that old links keep
    leading where they led.
    """
    wanted = slugify(title, reserved=RESERVED)
    own = page_id or 0
    pages = select(Page.slug).where(
        or_(Page.slug == wanted, Page.slug.startswith(f"{wanted}-")), Page.id != own
    )
    former = select(FormerSlug.slug).where(
        or_(FormerSlug.slug == wanted, FormerSlug.slug.startswith(f"{wanted}-")),
        FormerSlug.page_id != own,
    )
    taken = set(session.scalars(pages)) | set(session.scalars(former)) | RESERVED
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def give_address(session: Session, page: Page, slug: str) -> None:
    """Move a page to another address; the one it had leads to it from now on."""
    if slug == page.slug:
        return
    session.execute(delete(FormerSlug).where(FormerSlug.slug == slug))
    session.add(FormerSlug(slug=page.slug, page_id=page.id))
    page.slug = slug
