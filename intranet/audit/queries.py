"""What happened, for people to read: each event only to those who may know what it is about."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from intranet.auth.models import Account
from intranet.core.events import EventRow
from intranet.core.transaction import Reader
from intranet.decisions import queries as decisions
from intranet.members import queries as members
from intranet.members.policy import may_see_profiles
from intranet.polls.models import Poll, Procedure
from intranet.polls.proxies import queries as proxies
from intranet.polls.queries import asking_advice
from intranet.proposals import queries as proposals
from intranet.proposals.models import ORIGINS
from intranet.wiki import queries as wiki

PER_PAGE = 50
CHUNK = 200
MOST_CHUNKS = 20

SUBJECTS = (
    ("page_id", "page"),
    ("proposal_id", "proposal"),
    ("poll_id", "poll"),
    ("number", "decision"),
    ("from_number", "decision"),
    ("procedure_id", "procedure"),
    ("person_id", "person"),
    ("account_id", "account"),
    ("body_id", "body"),
    ("proxy_id", "proxy"),
)
"""Under which names events say what they are about, the first that is found."""

DOUBLED = frozenset({"CommentAdded", "PollOpened", "PollClosed", "PollCancelled", "LinksOutdated"})
"""Events that another one in the same transaction tells better."""

OWN = frozenset(
    {
        "SignedInHere",
        "SignedOut",
        "SessionEnded",
        "OtherSessionsEnded",
        "PasswordChanged",
        "PasswordReset",
        "LanguageChosen",
        "SecondFactorSet",
        "RecoveryCodesMade",
        "RecoveryCodeUsed",
        "PasskeyAdded",
        "PasskeyRemoved",
        "IdentityLinked",
        "IdentityUnlinked",
    }
)
"""Events of one's own account: nobody else's business."""

OF_EVERYBODY = frozenset(
    {
        "CooperativeNamed",
        "CooperativeFounded",
        "SettingsChanged",
        "RightsChanged",
        "BodyAdded",
        "ProcedureDefined",
        "ProcedureRetired",
    }
)


@dataclass(frozen=True)
class Subject:
    """What an event is about: its kind, what its address is made of, and its name."""

    kind: str
    key: int | str
    title: str


@dataclass(frozen=True)
class Happening:
    """One event as a list shows it. Without an actor, the clock or an import did it; `of_advice`
    says that it is about advice, where the same event is mostly about a vote."""

    id: int
    name: str
    at: datetime
    actor_id: int | None
    actor: str | None
    subject: Subject | None
    of_advice: bool = False


@dataclass(frozen=True)
class ActivityPage:
    """A part of what happened, the newest first; `before` goes on from there, if at all."""

    happenings: tuple[Happening, ...]
    before: int | None


Known = Mapping[tuple[str, int | str], Subject]


def activity(reader: Reader, before: int | None = None, limit: int = PER_PAGE) -> ActivityPage:
    """What happened that this reader may know of, in a number of statements that depends only on
    how much of it is hidden. A secret vote leaves no event of a ballot, so none is shown."""
    found: list[Happening] = []
    for _ in range(MOST_CHUNKS):
        rows = _rows(reader, before)
        for happening in _shown(reader, rows):
            found.append(happening)
            if len(found) == limit:
                return ActivityPage(tuple(found), happening.id)
        if len(rows) < CHUNK:
            return ActivityPage(tuple(found), None)
        before = rows[-1].id
    return ActivityPage(tuple(found), before)


def _rows(reader: Reader, before: int | None) -> Sequence[EventRow]:
    query = (
        select(EventRow)
        .where(EventRow.name.not_in(DOUBLED), or_(EventRow.name.not_in(OWN), _is_own(reader)))
        .order_by(EventRow.id.desc())
        .limit(CHUNK)
    )
    if before is not None:
        query = query.where(EventRow.id < before)
    return reader.session.scalars(query).all()


def _is_own(reader: Reader) -> ColumnElement[bool]:
    """Whether an event of OWN is about the reader's account, by which its payload begins: whoever
    signs in is not yet known as its actor."""
    account = select(Account.id).where(Account.person_id == reader.actor.person_id)
    beginning = f'{{"account_id":{reader.session.scalar(account) or 0}'
    return or_(
        EventRow.payload.startswith(f"{beginning},", autoescape=True),
        EventRow.payload == f"{beginning}}}",
    )


def _shown(reader: Reader, rows: Sequence[EventRow]) -> Iterator[Happening]:
    said = {row.id: json.loads(row.payload) for row in rows}
    about = {number: _about(payload) for number, payload in said.items()}
    polls = {number: payload.get("poll_id") for number, payload in said.items()}
    advising = asking_advice(reader, {poll for poll in polls.values() if poll is not None})
    known = _known(reader, [subject for subject in about.values() if subject])
    names = members.names(reader, [row.actor_id for row in rows])
    sees_people = bool(may_see_profiles(reader))
    for row in rows:
        subject = known.get(about[row.id] or ("", 0))
        is_open = row.name in OF_EVERYBODY | OWN
        is_about_people = (about[row.id] or ("person", 0))[0] in ("person", "account")
        if is_open or (sees_people if is_about_people else subject is not None):
            name = names.get(row.actor_id or 0)
            of_advice = polls[row.id] in advising
            yield Happening(row.id, row.name, row.at, row.actor_id, name, subject, of_advice)


def _about(payload: Mapping[str, Any]) -> tuple[str, int | str] | None:
    for name, kind in SUBJECTS:
        if payload.get(name) is not None:
            return kind, payload[name]
    if "subject_kind" in payload:
        return payload["subject_kind"], payload["subject_id"]
    return None


def _known(reader: Reader, about: Iterable[tuple[str, int | str]]) -> Known:
    """The subjects that the reader may know of, a statement or two for each kind that occurs."""
    wanted: dict[str, set[Any]] = {}
    for kind, key in about:
        wanted.setdefault(kind, set()).add(key)
    found: dict[tuple[str, int | str], Subject] = {}
    for kind, look in _LOOKS.items():
        if kind in wanted:
            found.update({(kind, key): one for key, one in look(reader, wanted[kind]).items()})
    return found


def _pages(reader: Reader, ids: set[int]) -> dict[Any, Subject]:
    cards = wiki.page_cards(reader, ids)
    return {number: Subject("page", card.slug, card.title) for number, card in cards.items()}


def _decisions(reader: Reader, numbers: set[str]) -> dict[Any, Subject]:
    marks = decisions.statuses(reader, numbers)
    return {
        number: Subject("decision", number, f"{number} {mark.title}")
        for number, mark in marks.items()
    }


def _proposals(reader: Reader, ids: set[int]) -> dict[Any, Subject]:
    titles = proposals.titles(reader, ids)
    return {number: Subject("proposal", number, title) for number, title in titles.items()}


def _polls(reader: Reader, ids: set[int]) -> dict[Any, Subject]:
    """A poll is known to those who may read the proposal it decides."""
    query = select(Poll.id, Poll.origin_id).where(Poll.origin_kind.in_(ORIGINS), Poll.id.in_(ids))
    origins = {row.id: row.origin_id for row in reader.session.execute(query)}
    known = _proposals(reader, set(origins.values()))
    return {number: known[origin] for number, origin in origins.items() if origin in known}


def _procedures(reader: Reader, ids: set[int]) -> dict[Any, Subject]:
    rows = select(Procedure.id, Procedure.name).where(Procedure.id.in_(ids))
    return {
        number: Subject("procedure", number, name) for number, name in reader.session.execute(rows)
    }


def _people(reader: Reader, ids: set[int]) -> dict[Any, Subject]:
    names = members.names(reader, ids)
    return {number: Subject("person", number, name) for number, name in names.items()}


def _accounts(reader: Reader, ids: set[int]) -> dict[Any, Subject]:
    rows = reader.session.execute(
        select(Account.id, Account.person_id).where(Account.id.in_(ids))
    ).all()
    people = _people(reader, {person_id for _, person_id in rows})
    return {number: people[person_id] for number, person_id in rows}


def _bodies(reader: Reader, _ids: set[int]) -> dict[Any, Subject]:
    return {card.id: Subject("body", card.id, card.name) for card in members.bodies(reader)}


def _proxies(reader: Reader, ids: set[int]) -> dict[Any, Subject]:
    """A proxy is known to its giver and its holder."""
    return {
        number: Subject("proxy", number, title)
        for number, title in proxies.titles(reader, ids).items()
    }


_LOOKS: Mapping[str, Callable[[Reader, set[Any]], dict[Any, Subject]]] = {
    "page": _pages,
    "decision": _decisions,
    "proposal": _proposals,
    "poll": _polls,
    "procedure": _procedures,
    "person": _people,
    "account": _accounts,
    "body": _bodies,
    "proxy": _proxies,
}
