"""What a question may become while it is typed: titles, decisions and people, by their first
letters.

Every process keeps the names in memory and reads again only those that changed since, so that an
answer takes a few milliseconds whatever the number of pages.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from intranet.core.actor import SYSTEM
from intranet.core.events import EventRow
from intranet.core.text import fold
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences as register_audiences
from intranet.members.models import Person
from intranet.members.policy import may_see_profiles
from intranet.search import indexer
from intranet.search.sources.every import grouped, still_visible
from intranet.search.sources.source import among, numbers
from intranet.wiki.addresses import decision_address, page_address
from intranet.wiki.models import Page
from intranet.wiki.visibility import listed

SHORTEST, SHOWN, LOOKED_AT = 2, 8, 60
MOST_EVENTS = 400
_BREAKS = str.maketrans(dict.fromkeys("'-/().,:;«»\"", " "))


@dataclass(frozen=True, slots=True)
class Name:
    """Something that can be gone to by its name."""

    key: str
    kind: str
    words: str
    url: str
    folded: str


@dataclass
class _Known:
    """The names of one database, as they were after an event."""

    event: int = -1
    names: dict[str, Name] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_known: WeakKeyDictionary[Any, _Known] = WeakKeyDictionary()


def complete(reader: Reader, typed: str) -> list[Name]:
    """What this person may see whose words begin as was typed: first those that begin with it,
    then the shorter ones. Nothing for fewer than two letters."""
    wanted = " ".join(fold(typed).translate(_BREAKS).split())
    if len(wanted) < SHORTEST:
        return []
    first, *others = [f" {word}" for word in wanted.split()]
    fitting = [
        name
        for name in _names(reader)
        if first in name.folded and all(word in name.folded for word in others)
    ]
    start = f" {wanted}"
    fitting.sort(key=lambda name: (not name.folded.startswith(start), len(name.words), name.words))
    shown: list[Name] = []
    # A few at a time, by the rights of this moment: nothing closed is even counted.
    for begin in range(0, min(len(fitting), 5 * LOOKED_AT), LOOKED_AT):
        some = fitting[begin : begin + LOOKED_AT]
        seen = still_visible(reader, [name.key for name in some])
        shown += [name for name in some if name.key in seen]
        if len(shown) >= SHOWN:
            break
    return shown[:SHOWN]


def _names(reader: Reader) -> Iterable[Name]:
    engine = reader.session.get_bind()
    assert isinstance(engine, Engine)  # noqa: S101
    known = _known.setdefault(engine, _Known())
    with known.lock:
        look = Reader(reader.session, SYSTEM, reader.now)
        event = indexer.last_event(look)
        if event != known.event:
            _refresh(look, known, event)
        return list(known.names.values())


def _refresh(look: Reader, known: _Known, event: int) -> None:
    query = select(EventRow).where(EventRow.id > known.event).order_by(EventRow.id)
    is_new = known.event < 0 or event < known.event or event - known.event > MOST_EVENTS
    if is_new:
        known.names = {name.key: name for name in _read(look, None)}
    else:
        keys = indexer.concerned(look, look.session.scalars(query).all())
        for key in keys:
            known.names.pop(key, None)
        known.names.update((name.key, name) for name in _read(look, keys))
    known.event = event


def _read(look: Reader, keys: set[str] | None) -> Iterable[Name]:
    several = None if keys is None else grouped(keys)

    def ids(kind: str) -> list[str] | None:
        return None if several is None else several.get(kind, [])

    pages = select(Page.id, Page.title, Page.slug).where(
        among(Page.id, numbers(ids("page"))), listed(look)
    )
    for row in look.session.execute(pages):
        yield _name("page", row.id, row.title, page_address(row.slug))
    register = (
        select(Decision.number, Decision.title)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(
            among(Decision.number, ids("decision")),
            DecisionShelf.audience.in_(register_audiences(look)),
        )
    )
    for entry in look.session.execute(register):
        words = f"{entry.number} {entry.title}"
        yield _name("decision", entry.number, words, decision_address(entry.number))
    if may_see_profiles(look):
        people = select(Person.id, Person.name).where(among(Person.id, numbers(ids("person"))))
        for person in look.session.execute(people):
            yield _name("person", person.id, person.name, f"/members/{person.id}")


def _name(kind: str, number: object, words: str, url: str) -> Name:
    # Apostrophes and hyphens begin a word as spaces do.
    plain = fold(words).translate(_BREAKS)
    return Name(f"{kind}:{number}", kind, words, url, f" {plain}")
