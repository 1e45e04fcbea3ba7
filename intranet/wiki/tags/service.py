"""Renaming a tag, and making one of two."""

from __future__ import annotations

from sqlalchemy import delete, select

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.wiki.events import PageTagged
from intranet.wiki.models import Page, PageTag
from intranet.wiki.places import clean_tags
from intranet.wiki.tags.policy import may_rename_tag
from intranet.wiki.visibility import visible


def rename_tag(tx: Transaction, tag: str, name: str) -> str:
    """Give a tag another name on all pages that the person may read, those in the archive too;
    when another tag has the name already, the two become one. Gives the name as it is stored.

    Raises NotFound when no page is filed under the tag, Invalid for a name that is empty, too
    long, or several names.
    """
    tx.require(may_rename_tag)
    query = select(PageTag.page_id).join(Page, Page.id == PageTag.page_id)
    filed = tx.session.scalars(query.where(PageTag.tag == tag, visible(tx))).all()
    if not filed:
        raise NotFound
    named = _name(tx, tag, name)
    if named == tag:
        return tag
    mine = PageTag.page_id.in_(filed)
    have = set(tx.session.scalars(select(PageTag.page_id).where(mine, PageTag.tag == named)))
    tx.session.execute(delete(PageTag).where(mine, PageTag.tag == tag))
    tx.session.add_all(PageTag(page_id=number, tag=named) for number in filed if number not in have)
    for number in filed:
        tx.record(PageTagged(number))
    return named


def _name(tx: Transaction, tag: str, name: str) -> str:
    """The name as another tag writes it; only its own case or accents may differ from before."""
    if not name.strip() or any(sign in name for sign in ",;\n"):
        raise Invalid(name="wiki.tag_name_missing")
    cleaned = " ".join(name.split())
    found = next(iter(clean_tags(tx.session, [cleaned])))
    return cleaned if found == tag else found
