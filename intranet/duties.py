"""What the clock brings about: votes are counted when their time is over, and keys forgotten."""

from __future__ import annotations

import logging
import time
from datetime import date, timedelta

from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.erasure import erase_traces
from intranet.core.policy import Conflict, Refused
from intranet.core.transaction import reader, transaction
from intranet.members import queries as members
from intranet.polls import queries as polls
from intranet.polls import rounds, sealing
from intranet.polls.proxies import queries as proxy_queries
from intranet.polls.proxies import service as lending
from intranet.polls.tellers import asking
from intranet.proposals import service as proposals
from intranet.proposals.advised import queries as advised
from intranet.proposals.advised import service as answering
from intranet.proposals.planning import plans
from intranet.proposals.planning import service as planning
from intranet.proposals.suggestions.ballots import queries as suggestion_ballots
from intranet.proposals.suggestions.ballots import service as counting
from intranet.search import indexer
from intranet.search.index import backend_of
from intranet.search.port import IndexBusy, IndexUnusable
from intranet.search.sources.every import began_between

log = logging.getLogger("intranet.duties")

RETRY_SECONDS = 60
_ballots_not_before: dict[int, float] = {}
_not_before: dict[int, float] = {}
"""Proposals whose count or opening failed, and when to try again, on the monotonic clock."""


def conclude_due() -> int:
    """Count every proposal whose vote is over, each by itself; gives how many were counted.

    One that fails is logged, tried again a minute later, and keeps no other waiting.
    """
    look = reader(SYSTEM)
    waiting = [number for kind, number in polls.due(look) if kind == "proposal"]
    look.session.rollback()
    now = time.monotonic()
    return sum(_conclude(number) for number in waiting if now >= _not_before.get(number, 0.0))


def _conclude(proposal_id: int) -> bool:
    try:
        with transaction(None) as tx:
            proposals.conclude(tx, proposal_id)
    except Refused:
        return False  # Somebody counted it in the meantime.
    except Exception:
        log.exception("the vote on proposal %s could not be counted", proposal_id)
        _not_before[proposal_id] = time.monotonic() + RETRY_SECONDS
        return False
    _not_before.pop(proposal_id, None)
    return True


def lapse_unanswered() -> int:
    """End every proposal whose author was advised and decided nothing in time; gives how many."""
    look = reader(SYSTEM)
    waiting = [one.proposal_id for one in advised.awaited(look) if look.now >= one.answer_by]
    look.session.rollback()
    return sum(_lapse(number) for number in waiting)


def _lapse(proposal_id: int) -> bool:
    try:
        with transaction(None) as tx:
            answering.lapse_unanswered(tx, proposal_id)
    except Refused:
        return False  # It was ended in the meantime.
    return True


def count_suggestions() -> int:
    """Count every vote among suggested changes whose time is over; gives how many were counted."""
    look = reader(SYSTEM)
    waiting = suggestion_ballots.due(look)
    look.session.rollback()
    now = time.monotonic()
    return sum(_count(number) for number in waiting if now >= _ballots_not_before.get(number, 0.0))


def _count(ballot_id: int) -> bool:
    try:
        with transaction(None) as tx:
            counting.count(tx, ballot_id)
    except Refused:
        return False  # Somebody counted it in the meantime.
    except Exception:
        log.exception("the vote among suggestions %s could not be counted", ballot_id)
        _ballots_not_before[ballot_id] = time.monotonic() + RETRY_SECONDS
        return False
    _ballots_not_before.pop(ballot_id, None)
    return True


def open_planned() -> int:
    """Open every vote whose planned time has come, each by itself; gives how many opened."""
    look = reader(SYSTEM)
    waiting = plans.due(look)
    look.session.rollback()
    now = time.monotonic()
    return sum(_open(number) for number in waiting if now >= _not_before.get(number, 0.0))


def _open(proposal_id: int) -> bool:
    try:
        with transaction(None) as tx:
            return planning.open_planned(tx, proposal_id)
    except (Refused, Conflict):
        return False  # Somebody opened it, withdrew it or holds the same text in the meantime.
    except Exception:
        log.exception("the vote on proposal %s could not be opened", proposal_id)
        _not_before[proposal_id] = time.monotonic() + RETRY_SECONDS
        return False


def remind_voters() -> int:
    """Say of each vote once that it ends soon; gives of how many."""
    look = reader(SYSTEM)
    waiting = rounds.to_remind(look)
    look.session.rollback()
    return sum(_remind(number) for number in waiting)


def _remind(poll_id: int) -> bool:
    with transaction(None) as tx:
        return rounds.remind(tx, poll_id)


def ask_tellers() -> int:
    """Say of each vote once that its box waits for the words of its tellers; gives of how many."""
    look = reader(SYSTEM)
    waiting = asking.to_ask(look)
    look.session.rollback()
    return sum(_ask(number) for number in waiting)


def _ask(poll_id: int) -> bool:
    with transaction(None) as tx:
        return asking.ask(tx, poll_id)


def forget_keys() -> int:
    """Destroy the opening keys of secret votes that have ended; gives how many.

    What their sealed ballots left in the database file is erased first, so that a stop between
    the two loses neither. While others keep the database busy, both wait for the next round.
    """
    kept = sealing.kept_keys()
    if not kept:
        return 0
    look = reader(SYSTEM)
    ended = polls.keys_to_forget(look, kept)
    look.session.rollback()
    if not ended or not _erased():
        return 0
    for key in ended:
        sealing.destroy_key(key)
    return len(ended)


def return_proxies() -> int:
    """Give back the voices lent to somebody who has left the cooperative; gives how many."""
    look = reader(SYSTEM)
    waiting = proxy_queries.have_holders_left(look)
    look.session.rollback()
    if not waiting:
        return 0
    with transaction(None) as tx:
        return lending.return_proxies_of_leavers(tx)


def _erased() -> bool:
    """Whether to go on: erased, or not possible here, for want of room for example."""
    try:
        return erase_traces(db.engine)
    except Exception:
        # Without its key a sealed ballot cannot be read: destroying the key matters more.
        log.exception("what secret ballots left in the database file could not be erased")
        return True


CHECK_SECONDS = 5
_last_check = {"at": -CHECK_SECONDS * 1.0}


def heal_index() -> int:
    """Rebuild the index when it is missing, unreadable or of another version; looks at times."""
    if time.monotonic() - _last_check["at"] < CHECK_SECONDS:
        return 0
    _last_check["at"] = time.monotonic()
    look = reader(SYSTEM)
    try:
        if indexer.is_usable(backend_of(look.session)):
            return 0
        log.info("the search index is missing or old: building it anew")
        event = indexer.rebuild(look)
        look.session.rollback()
        indexer.catch_up(look, event)
        look.session.rollback()
        with transaction(None) as tx:
            indexer.settled(tx, event)
        return 1
    finally:
        look.session.rollback()


DAYS_BACK = 31
_followed: dict[str, date] = {}


def follow_the_day() -> int:
    """Index again what the day itself gave another state: a decision, a text or a repeal of a rule
    that begins to apply, and what it ends or replaces. Once a day, and for the last month as the
    worker begins; gives of how many documents."""
    look = reader(SYSTEM)
    day = members.today(look)
    try:
        since = _followed.get("on", day - timedelta(days=DAYS_BACK))
        keys = began_between(look, since, day) if since != day else set()
        indexer.index_again(look, keys)
    except (IndexUnusable, IndexBusy):
        return 0  # Built anew as of today, or tried again in the next round.
    finally:
        look.session.rollback()
    _followed["on"] = day
    return len(keys)


TIDY_HOUR = 3
_tidied: dict[str, date] = {}


def tidy_index() -> int:
    """Merge at night what the updates of the day left behind in the index, once a day."""
    look = reader(SYSTEM)
    now = look.now.astimezone(members.cooperative(look.session).zone)
    look.session.rollback()
    if now.hour != TIDY_HOUR or _tidied.get("on") == now.date():
        return 0
    try:
        backend_of(look.session).optimise()
    except (IndexUnusable, IndexBusy):
        return 0  # Healed or tried again at the next round of this hour.
    finally:
        look.session.rollback()
    _tidied["on"] = now.date()
    return 1
