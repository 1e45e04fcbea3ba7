"""The clock's servant: concludes what is due, then lets reactions happen."""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from intranet import duties
from intranet.auth.resets import worker as resets
from intranet.core import deliveries, heartbeat
from intranet.core.db import db
from intranet.decisions.reviews import worker as reviews
from intranet.membership.erasure import worker as erasure
from intranet.membership.integration import worker as integration
from intranet.membership.mandates import worker as mandates
from intranet.notices.digests import worker as digests
from intranet.outbox import worker as outbox
from intranet.subscriptions import REACTIONS
from intranet.wiki import worker as wiki_worker
from intranet.wiki.imports import worker as imports
from intranet.wiki.states import worker as page_states

log = logging.getLogger("intranet.worker")

PAUSE_SECONDS = 0.3
BEAT_SECONDS = 2

DUTIES: tuple[Callable[[], int], ...] = (
    erasure.forget_again,
    duties.open_planned,
    duties.count_suggestions,
    duties.conclude_due,
    duties.lapse_unanswered,
    duties.remind_voters,
    duties.ask_tellers,
    wiki_worker.bring_into_force,
    wiki_worker.tell_provenance,
    reviews.tell_of_dates,
    integration.follow_dossiers,
    mandates.tell_of_ends,
    page_states.tell_of_reviews,
    duties.return_proxies,
    duties.forget_keys,
    imports.import_confirmed,
    duties.heal_index,
    duties.follow_the_day,
    duties.tidy_index,
    resets.answer_requests,
    digests.make_digests,
    outbox.send_due,
)
"""What the clock brings about, each in transactions of its own; each gives how many it did."""


@contextmanager
def only_one(instance: Path) -> Iterator[bool]:
    """Hold the drainer's lock of this instance; False when another process holds it."""
    with (instance / "worker.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _hand_over() -> int:
    return deliveries.drain(REACTIONS)


def _never() -> bool:
    return False


def work_once(app: Flask, leaving: Callable[[], bool] = _never) -> int:
    """Do everything that is due now and give how many things were done.

    What fails holds nothing else up: its error is raised when all the rest is done. What is not
    begun when it is time to leave stays due.
    """
    done, failures = 0, []
    with app.app_context():
        for duty in (*DUTIES, _hand_over):
            if leaving():
                break
            try:
                done += duty()
            except Exception as failure:
                failures.append(failure)
            db.session.remove()
    if failures:
        raise ExceptionGroup("the worker stumbled", failures)
    return done


def work(app: Flask, leaving: Callable[[], bool] = _never) -> None:
    """Work until it is time to leave.

    A failure is logged and tried again: the worker itself goes on.
    """
    instance = app.extensions["settings"].instance_path
    last_beat = 0.0
    with only_one(instance) as mine:
        while mine and not leaving():
            try:
                if time.monotonic() - last_beat >= BEAT_SECONDS:
                    heartbeat.beat(instance)
                    last_beat = time.monotonic()
                work_once(app, leaving)
            except Exception:
                log.exception("the worker stumbled")
                time.sleep(BEAT_SECONDS)
            time.sleep(PAUSE_SECONDS)
