"""Keeping the index true: after each event, and by rebuilding it when it cannot be trusted."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import func, select

from intranet.core.deliveries import Reaction
from intranet.core.events import EventRow
from intranet.core.transaction import Reader
from intranet.proposals.events import ProposalReworded
from intranet.search.index import backend_of
from intranet.search.port import SCHEMA_VERSION, Document, IndexUnusable, SearchBackend
from intranet.search.sources import Keys, depending_on, documents
from intranet.wiki.events import PageAudienceChanged

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
}

# Events that change more documents than the one they are about.
SPREADING = frozenset({PageAudienceChanged.__name__, ProposalReworded.__name__})


def keys_of(rows: Iterable[EventRow]) -> set[str]:
    """What these events are about, as keys of documents."""
    found = set()
    for row in rows:
        payload = json.loads(row.payload)
        for name, kind in FIELDS.items():
            value = payload.get(name)
            if value is not None and (kind != "decision" or isinstance(value, str)):
                found.add(f"{kind}:{value}")
    return found


def _grouped(keys: Iterable[str]) -> Keys:
    found: dict[str, list[str]] = {}
    for key in keys:
        kind, _, value = key.partition(":")
        found.setdefault(kind, []).append(value)
    return Keys(
        pages=[int(value) for value in found.get("page", ())],
        decisions=found.get("decision", ()),
        proposals=[int(value) for value in found.get("proposal", ())],
        comments=[int(value) for value in found.get("comment", ())],
    )


def _carried_along(look: Reader, rows: Sequence[EventRow]) -> set[str]:
    """What else has other readers, or another title, after these events."""
    spreading = keys_of(row for row in rows if row.name in SPREADING)
    return depending_on(look, _grouped(spreading)) if spreading else set()


def last_event(look: Reader) -> int:
    """The number of the last event, 0 before the first."""
    return look.session.scalar(select(func.max(EventRow.id))) or 0


def refresh(look: Reader, rows: Sequence[EventRow]) -> None:
    """Bring what these events are about up to date in the index; may be repeated."""
    backend = backend_of(look.session)
    keys = keys_of(rows) | _carried_along(look, rows)
    try:
        if keys:
            present = list(documents(look, _grouped(keys)))
            backend.upsert(present)
            gone = keys - {document.key for document in present}
            if gone:
                backend.delete(sorted(gone))
        backend.set_stamp(max(row.id for row in rows))
    except IndexUnusable:
        rebuild(look)


def _counted(found: Iterator[Document]) -> Iterator[Document]:
    for number, document in enumerate(found, 1):
        if number % 1000 == 0:
            log.info("%s documents indexed", number)
        yield document


def rebuild(look: Reader) -> int:
    """Build the whole index anew beside the old one and swap; gives the last event it holds."""
    backend = backend_of(look.session)
    event = last_event(look)
    backend.replace_all(_counted(documents(look)))
    backend.set_stamp(event)
    return event


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
