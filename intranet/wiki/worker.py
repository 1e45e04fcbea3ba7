"""What the worker does for the wiki: nothing that a page would have to wait for."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from sqlalchemy import func, select

from intranet.core.actor import SYSTEM
from intranet.core.deliveries import Reaction
from intranet.core.events import EventRow
from intranet.core.transaction import Reader, reader, transaction
from intranet.members.queries import today
from intranet.wiki.events import RuleCameIntoForce
from intranet.wiki.models import Page, PageKind, Revision
from intranet.wiki.placing import due_in_tree, move_in_tree
from intranet.wiki.provenance import keep_changes, untold
from intranet.wiki.redrawing import AT_ONCE, concerned_pages, redraw, redraw_including


def _redraw_linking(look: Reader, rows: Sequence[EventRow]) -> None:
    """Draw again the pages that link to those named by the events, some at a time, so that people
    can save in between."""
    session = look.session
    page_ids = {int(json.loads(row.payload)["page_id"]) for row in rows}
    waiting: list[int] = []
    for page_id in sorted(page_ids):
        page = session.get(Page, page_id)
        if page is not None:
            waiting += sorted(concerned_pages(session, page_id, (page.title, page.slug)))
    for start in range(0, len(waiting), AT_ONCE):
        with transaction(None) as tx:
            redraw(tx.session, waiting[start : start + AT_ONCE])


REDRAWING = Reaction("wiki.redrawing", _redraw_linking)


def bring_into_force() -> int:
    """Note which rules have a text or a place whose day has come, and give their number.

    Pages go by the day itself and need none of this; search and others learn it from the event.
    """
    look = reader(SYSTEM)
    due = _due(look)
    look.session.rollback()
    for page_id, revision_id in due:
        with transaction(None) as tx:
            page = tx.session.get_one(Page, page_id, with_for_update=True)
            page.current_revision_id = revision_id
            redraw_including(tx, page)
            tx.record(RuleCameIntoForce(page_id, revision_id))
    return len(due) + _move_rules()


def _move_rules() -> int:
    """Show in the tree the places of rules whose day has come, and give their number."""
    look = reader(SYSTEM)
    waiting = len(due_in_tree(look))
    look.session.rollback()
    if waiting:
        with transaction(None) as tx:
            move_in_tree(tx, due_in_tree(tx))
    return waiting


def _due(look: Reader) -> list[tuple[int, int]]:
    day = today(look)
    newest = (
        select(Revision.page_id, func.max(Revision.number).label("number"))
        .where(Revision.in_force_on <= day)
        .group_by(Revision.page_id)
        .subquery()
    )
    query = (
        select(Page.id, Revision.id)
        .join(newest, newest.c.page_id == Page.id)
        .join(
            Revision,
            (Revision.page_id == Page.id) & (Revision.number == newest.c.number),
        )
        .where(Page.kind == PageKind.RULE, Page.current_revision_id < Revision.id)
    )
    return [(page_id, revision_id) for page_id, revision_id in look.session.execute(query)]


AGAIN_AFTER = 60.0
_next_look = {"at": 0.0}


def tell_provenance() -> int:
    """Keep what each revision of a rule did to its paragraphs where an earlier version of the
    application did not, and draw these rules again; gives of how many revisions. Looks at times.
    """
    if time.monotonic() < _next_look["at"]:
        return 0
    look = reader(SYSTEM)
    waiting = [(revision.id, revision.page_id) for revision in untold(look.session, AT_ONCE)]
    look.session.rollback()
    if not waiting:
        _next_look["at"] = time.monotonic() + AGAIN_AFTER
        return 0
    with transaction(None) as tx:
        for revision_id, _page_id in waiting:
            keep_changes(tx.session, tx.session.get_one(Revision, revision_id))
        redraw(tx.session, sorted({page_id for _revision_id, page_id in waiting}))
    return len(waiting)
