"""Keeping the index true: after each event, and by rebuilding it when it cannot be trusted."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import func, select

from intranet.core.deliveries import Reaction, settle
from intranet.core.events import Delivery, EventRow
from intranet.core.transaction import Reader, Transaction
from intranet.decisions.events import DecisionEntered, DecisionsLinked
from intranet.decisions.reviews.events import DecisionEnded
from intranet.proposals.events import ProposalReworded
from intranet.proposals.suggestions.events import SuggestionsDecided, SuggestionsPutToVote
from intranet.search.index import backend_of
from intranet.search.port import SCHEMA_VERSION, Document, IndexUnusable, SearchBackend
from intranet.search.sources.every import (
    depending_on,
    documents,
    files_of,
    moved_by,
    with_beside,
    written_into,
)
from intranet.wiki.events import (
    PageArchived,
    PageAudienceChanged,
    PageMoved,
    PageRenamed,
    PageUnarchived,
    RuleAmended,
    RuleRepealed,
)
from intranet.wiki.states.events import PagePublished
from intranet.wiki.trash.events import PageTakenFromTrash, PageTrashed

log = logging.getLogger("intranet.search")

# The names under which events of any room say what they are about.
FIELDS = {
    "page_id": "page",
    "proposal_id": "proposal",
    "comment_id": "comment",
    "number": "decision",
    "decision_number": "decision",
    "from_number": "decision",
    "to_number": "decision",
    "attachment_id": "file",
    "file_id": "page_file",
    "person_id": "person",
}

# Events that change more documents than the one they are about.
SPREADING = frozenset(
    event.__name__
    for event in (
        PageArchived,
        PageAudienceChanged,
        PageMoved,
        PagePublished,
        PageRenamed,
        PageTakenFromTrash,
        PageTrashed,
        PageUnarchived,
        ProposalReworded,
        SuggestionsDecided,
        SuggestionsPutToVote,
    )
)
# Events after which other decisions may stand where they did not: what one ended, and so on.
MOVING = frozenset(event.__name__ for event in (DecisionEntered, DecisionsLinked, DecisionEnded))
# Events after which nothing may be left in the rules of what a decision wrote there.
REWRITING = frozenset(
    event.__name__ for event in (PageArchived, PageUnarchived, RuleAmended, RuleRepealed)
)
# Events about the readers of a decision, whose files go with it.
REGISTER_SPREADING = "DecisionAudienceChanged"
MOST_PENDING = 500


def keys_of(rows: Iterable[EventRow]) -> set[str]:
    """What these events are about, as keys of documents."""
    found = set()
    for row in rows:
        payload = json.loads(row.payload)
        for name, kind in FIELDS.items():
            value = payload.get(name)
            if value is not None and (kind != "decision" or isinstance(value, str)):
                found.add(f"{kind}:{value}")
        if "suggestion_number" in payload:
            found.add(f"suggestion:{payload['proposal_id']}.{payload['suggestion_number']}")
    return with_beside(found)


def concerned(look: Reader, rows: Sequence[EventRow]) -> set[str]:
    """All documents that these events change: also what has other readers, another title,
    another place or another state after them."""
    spreading = keys_of(row for row in rows if row.name in SPREADING)
    carried = depending_on(look, spreading) if spreading else set()
    closed = keys_of(row for row in rows if row.name == REGISTER_SPREADING)
    files = files_of(look, closed) if closed else set()
    moving = keys_of(row for row in rows if row.name in MOVING)
    moved = moved_by(look, moving) if moving else set()
    rewritten = keys_of(row for row in rows if row.name in REWRITING)
    gave_way = written_into(look, rewritten) if rewritten else set()
    return keys_of(rows) | carried | files | moved | gave_way


def pending(look: Reader) -> set[str] | None:
    """The documents about which the index may still say what is no longer true; None when they are
    so many that nothing can be said of numbers."""
    waiting = (
        select(EventRow)
        .join(Delivery, Delivery.event_id == EventRow.id)
        .where(Delivery.consumer.in_((INDEXING.name, REBUILDING.name)), Delivery.done_at.is_(None))
        .order_by(EventRow.id)
        .limit(MOST_PENDING + 1)
    )
    rows = look.session.scalars(waiting).all()
    return None if len(rows) > MOST_PENDING else concerned(look, rows)


def last_event(look: Reader) -> int:
    """The number of the last event, 0 before the first."""
    return look.session.scalar(select(func.max(EventRow.id))) or 0


def refresh(look: Reader, rows: Sequence[EventRow]) -> None:
    """Bring what these events are about up to date in the index; may be repeated."""
    backend = backend_of(look.session)
    keys = concerned(look, rows)
    try:
        index_again(look, keys)
        backend.set_stamp(max(row.id for row in rows))
    except IndexUnusable:
        rebuild(look)


def index_again(look: Reader, keys: set[str]) -> None:
    """Put these documents into the index as they are now, and take out those that are gone.

    Raises IndexUnusable when there is no index."""
    if not keys:
        return
    backend = backend_of(look.session)
    present = list(documents(look, keys))
    backend.upsert(present)
    gone = keys - {document.key for document in present}
    if gone:
        backend.delete(sorted(gone))


def _counted(found: Iterator[Document], progress: Callable[[int], None]) -> Iterator[Document]:
    for number, document in enumerate(found, 1):
        if number % 1000 == 0:
            progress(number)
        yield document


def _say(number: int) -> None:
    log.info("%s documents indexed", number)


def rebuild(look: Reader, progress: Callable[[int], None] = _say) -> int:
    """Build the whole index anew beside the old one and swap; gives the last event it holds.

    `progress` is told after every thousand documents how many there are by now."""
    backend = backend_of(look.session)
    event = last_event(look)
    backend.replace_all(_counted(documents(look), progress))
    backend.set_stamp(event)
    return event


def settled(tx: Transaction, event: int) -> None:
    """Say after a rebuild that what happened until this event need not be indexed once more."""
    tx.keep_pages()
    settle(tx, INDEXING.name, event)


def catch_up(look: Reader, event: int) -> int:
    """Index what happened after an event, which went into the old index while the new one was
    being built; the reader must look at the database as it is now. Gives the number in all."""
    missed = look.session.scalars(select(EventRow).where(EventRow.id > event)).all()
    if missed:
        refresh(look, missed)
    return backend_of(look.session).count()


def bring_up_to_date(look: Reader) -> None:
    """Index what happened since the index was last written, or all of it when there is none."""
    backend = backend_of(look.session)
    stamp = backend.stamp() if is_usable(backend) else None
    catch_up(look, stamp.event if stamp else rebuild(look))


def is_usable(backend: SearchBackend) -> bool:
    """Whether there is an index, readable and of this version."""
    try:
        stamp = backend.stamp()
    except IndexUnusable:
        return False
    return stamp is not None and stamp.schema == SCHEMA_VERSION


def forget(look: Reader, _rows: Sequence[EventRow]) -> None:
    """Build the index anew, because an old one may hold removed words in parts it reads no more."""
    event = rebuild(look)
    look.session.expire_all()
    catch_up(look, event)


INDEXING = Reaction("search.indexing", refresh)
REBUILDING = Reaction("search.rebuilding", forget)
