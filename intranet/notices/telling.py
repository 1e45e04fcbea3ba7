"""An event as one line for one person: what happened, where to go, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_date

from intranet.core.events import EventRow
from intranet.core.transaction import Reader
from intranet.members.queries import cooperative, today
from intranet.members.statuses import Right
from intranet.notices.subjects import Known, Payload, known, payload_of, poll_of
from intranet.notices.words import OF_ADVICE, SENTENCES, moment
from intranet.polls.rounds import yet_to_vote
from intranet.polls.tellers.queries import words_awaited
from intranet.proposals.waiting_queries import tellers_wanted
from intranet.wiki.addresses import (
    comments_address,
    decision_address,
    page_address,
    proposal_address,
    reading_address,
)
from intranet.wiki.offers.addresses import offer_address

PROXIES = "/proxies"
ASK_TO_READ = frozenset({"ReadingAsked", "RuleAmended", "RuleCameIntoForce"})
"""After these a rule waits to be read, where everybody is asked to read it."""


SEEK_TELLERS = frozenset({"TellersSought", "TellerLeft"})


@dataclass(frozen=True)
class Line:
    """One thing to know, where it is read, and the instant by which to act, if any.

    `is_over` says that nothing can be done about it any more: it stays in the list and is no
    longer worth a mail.
    """

    words: str
    path: str
    until: datetime | None = None
    is_over: bool = False


def lines(reader: Reader, rows: Sequence[EventRow]) -> list[Line | None]:
    """A line for each event, and None for each that the reader may not know of, or that no longer
    concerns them, at this moment."""
    payloads = [payload_of(row) for row in rows]
    found = known(reader, payloads)
    return [_line(reader, row.name, said, found) for row, said in zip(rows, payloads, strict=True)]


def _line(reader: Reader, name: str, said: Payload, found: Known) -> Line | None:
    if name == "VoteEndsSoon" and not _is_awaited(reader, said["poll_id"]):
        return None
    if "proxy_id" in said:
        return _of_proxy(name, said, found)
    if "mandate_id" in said:
        return _of_mandate(name, said, found, reader)
    if "offer_id" in said:
        return _of_offer(name, said, found)
    if "page_id" in said:
        return _of_page(name, said["page_id"], found)
    if isinstance(said.get("number"), str):
        return _of_decision(name, said, found)
    return _of_proposal(reader, name, said, found)


def _is_awaited(reader: Reader, poll_id: int) -> bool:
    return reader.actor.person_id in yet_to_vote(reader, poll_id)


def _said(name: str, title: str, until: str = "", *, of_advice: bool = False) -> str:
    found = OF_ADVICE.get(name) if of_advice else None
    return str(found or SENTENCES[name]) % {"title": title, "until": until}


def _of_offer(name: str, said: Payload, found: Known) -> Line | None:
    page = found.pages.get(said["page_id"])
    return Line(_said(name, page[1]), offer_address(said["offer_id"])) if page else None


def _of_proxy(name: str, said: Payload, found: Known) -> Line | None:
    return Line(_said(name, ""), PROXIES) if said["proxy_id"] in found.proxies else None


def _of_mandate(name: str, said: Payload, found: Known, reader: Reader) -> Line | None:
    if said["mandate_id"] not in found.mandates:
        return None
    ends_on = found.mandates[said["mandate_id"]]
    until = str(format_date(ends_on, "full", rebase=False)) if ends_on else ""
    is_over = name == "MandateEndsSoon" and (ends_on is None or ends_on <= today(reader))
    return Line(_said(name, "", until), f"/members/{reader.actor.person_id}", is_over=is_over)


def _of_page(name: str, page_id: int, found: Known) -> Line | None:
    if page_id not in found.pages:
        return None
    slug, title = found.pages[page_id]
    if name in ASK_TO_READ and slug in found.to_read:
        return Line(_said("ReadingAsked", title), reading_address(slug))
    path = comments_address(slug) if name == "PageCommented" else page_address(slug)
    return Line(_said(name, title), path, is_over=name == "ReadingAsked")


def _of_decision(name: str, said: Payload, found: Known) -> Line | None:
    title = found.decisions.get(said["number"])
    return Line(_said(name, title), decision_address(said["number"])) if title else None


def _of_tellers(reader: Reader, name: str, title: str, number: int) -> Line | None:
    """For those who could be a teller alone; over once there are enough of them."""
    if not reader.actor.has(Right.VOTE):
        return None
    is_sought = number in {one.proposal_id for one in tellers_wanted(reader)}
    return Line(_said(name, title), proposal_address(number), is_over=not is_sought)


def _of_proposal(reader: Reader, name: str, said: Payload, found: Known) -> Line | None:
    poll = found.polls.get(poll_of(said) or 0)
    number = said.get("proposal_id") or (poll.proposal_id if poll else None)
    title = found.proposals.get(number or 0)
    if title is None or number is None:
        return None
    path, of_advice = proposal_address(number), poll is not None and poll.asks_advice
    if name == "TellersAwaited":
        waits = number in {one.origin_id for one in words_awaited(reader)}
        return Line(_said(name, title), f"{path}/tellers/words", is_over=not waits)
    if name in SEEK_TELLERS:
        return _of_tellers(reader, name, title, number)
    if poll is None or name not in ("VotingOpened", "SecondVoteConvened", "VoteEndsSoon"):
        return Line(_said(name, title, of_advice=of_advice), path)
    if not poll.is_open:
        return Line(_said("VoteIsOver", title, of_advice=of_advice), path, is_over=True)
    until = moment(poll.closes_at, cooperative(reader.session).zone)
    return Line(_said(name, title, until, of_advice=of_advice), path, poll.closes_at)
