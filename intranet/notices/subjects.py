"""What events are about, as one reader may know of it at this moment: asked in bulk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from intranet.core.events import EventRow
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences
from intranet.members.models import Mandate
from intranet.polls.models import Poll, Procedure
from intranet.polls.procedure_models import asks_advice
from intranet.polls.proxies.models import Proxy
from intranet.proposals.models import ORIGINS
from intranet.proposals.queries import titles
from intranet.wiki.models import Page
from intranet.wiki.readings.queries import to_read
from intranet.wiki.visibility import listed

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class PollFacts:
    """Of a vote: the proposal it is about, whether it is open, when it ends, and whether people
    advise in it and do not vote."""

    proposal_id: int | None
    is_open: bool
    closes_at: datetime
    asks_advice: bool


@dataclass(frozen=True)
class Known:
    """All that the reader may know of what these events are about, by number."""

    proposals: Mapping[int, str]
    pages: Mapping[int, tuple[str, str]]
    decisions: Mapping[str, str]
    polls: Mapping[int, PollFacts]
    to_read: frozenset[str]
    mandates: Mapping[int, date | None]
    proxies: Mapping[int, int | None]


def payload_of(row: EventRow) -> Payload:
    """What an event holds."""
    found: Payload = json.loads(row.payload)
    return found


def poll_of(payload: Payload) -> int | None:
    """The vote an event is about, if any."""
    return payload.get("poll_id") or payload.get("second_poll_id")


def known(reader: Reader, payloads: Iterable[Payload]) -> Known:
    """What the reader may know of the subjects of these events, in at most seven statements."""
    said = list(payloads)
    polls = _polls(reader, {poll_of(one) for one in said} - {None})
    proxies = _proxies(reader, _numbers(said, "proxy_id"))
    about = _numbers(said, "proposal_id")
    about |= {poll.proposal_id for poll in polls.values() if poll.proposal_id}
    about |= {number for number in proxies.values() if number}
    pages = _pages(reader, _numbers(said, "page_id"))
    decisions = {str(one["number"]) for one in said if isinstance(one.get("number"), str)}
    return Known(
        proposals=titles(reader, about) if about else {},
        pages=pages,
        to_read=frozenset(one.slug for one in to_read(reader)) if pages else frozenset(),
        decisions=_decisions(reader, decisions),
        polls=polls,
        mandates=_mandates(reader, _numbers(said, "mandate_id")),
        proxies=proxies,
    )


def _numbers(said: Iterable[Payload], name: str) -> set[int]:
    return {int(one[name]) for one in said if one.get(name) is not None}


def _polls(reader: Reader, numbers: set[int | None]) -> dict[int, PollFacts]:
    if not numbers:
        return {}
    rows = reader.session.execute(
        select(
            Poll.id,
            Poll.origin_kind,
            Poll.origin_id,
            Poll.state,
            Poll.closes_at,
            Procedure.method,
        )
        .join(Procedure, Procedure.id == Poll.procedure_id)
        .where(Poll.id.in_(numbers))
    )
    return {
        row.id: PollFacts(
            row.origin_id if row.origin_kind in ORIGINS else None,
            row.state == "open" and row.closes_at > reader.now,
            row.closes_at,
            asks_advice(row.method),
        )
        for row in rows
    }


def _pages(reader: Reader, numbers: set[int]) -> dict[int, tuple[str, str]]:
    if not numbers:
        return {}
    query = select(Page.id, Page.slug, Page.title).where(Page.id.in_(numbers), listed(reader))
    return {row.id: (row.slug, row.title) for row in reader.session.execute(query)}


def _decisions(reader: Reader, numbers: set[str]) -> dict[str, str]:
    if not numbers:
        return {}
    query = (
        select(Decision.number, Decision.title)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(Decision.number.in_(numbers), DecisionShelf.audience.in_(audiences(reader)))
    )
    return {row.number: row.title for row in reader.session.execute(query)}


def _mandates(reader: Reader, numbers: set[int]) -> dict[int, date | None]:
    """Those that are the reader's own, with the day on which each ends."""
    if not numbers:
        return {}
    query = select(Mandate.id, Mandate.ends_on).where(
        Mandate.id.in_(numbers), Mandate.person_id == reader.actor.person_id
    )
    return {row.id: row.ends_on for row in reader.session.execute(query)}


def _proxies(reader: Reader, numbers: set[int]) -> dict[int, int | None]:
    """Proxies that the reader gave or holds, with the proposal they are for, if one."""
    if not numbers:
        return {}
    me = reader.actor.person_id
    query = select(Proxy.id, Proxy.origin_id).where(
        Proxy.id.in_(numbers), (Proxy.giver_id == me) | (Proxy.holder_id == me)
    )
    return {row.id: row.origin_id for row in reader.session.execute(query)}
