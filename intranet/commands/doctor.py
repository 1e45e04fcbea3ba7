"""intranet doctor: is this installation well?"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from intranet import create_app, migrate
from intranet.config import UnsafeSettings
from intranet.core import deliveries, events, heartbeat, stored_files
from intranet.core.actor import SYSTEM
from intranet.core.db import db
from intranet.core.durability import durability
from intranet.core.transaction import Reader, reader
from intranet.files import queries as files
from intranet.members import queries as members_queries
from intranet.outbox import queries as outbox
from intranet.search import queries


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, whether it is well, and what was seen."""

    name: str
    is_well: bool
    seen: str


@click.command("doctor")
def command() -> None:
    """Check settings, folder, database, worker and index; code 1 when something is wrong."""
    is_well = True
    for finding in findings():
        is_well = is_well and finding.is_well
        click.echo(f"{'ok   ' if finding.is_well else 'WRONG'}  {finding.name}: {finding.seen}")
    sys.exit(0 if is_well else 1)


def findings() -> Iterator[Finding]:
    """Everything there is to look at; it ends early where the rest could not be seen."""
    try:
        app = create_app()
    except (UnsafeSettings, OSError) as error:
        yield Finding("settings", False, str(error))
        return
    instance = Path(app.instance_path)
    yield Finding("settings", True, "accepted")
    yield _folder(instance)
    with app.app_context():
        try:
            yield from _database()
        except migrate.DatabaseTooNew as error:
            yield Finding("tables", False, str(error))
        except SQLAlchemyError as error:
            yield Finding("database", False, f"does not answer: {getattr(error, 'orig', error)}")
        db.session.remove()
        db.engine.dispose()
    yield _worker(instance)
    yield from _index(instance)


def _folder(instance: Path) -> Finding:
    is_well = os.access(instance, os.W_OK | os.X_OK)
    seen = "can be written" if is_well else "cannot be written: correct its rights"
    return Finding(f"instance folder {instance}", is_well, seen)


def _database() -> Iterator[Finding]:
    latest = migrate.is_up_to_date(db.engine)
    said = "up to date" if latest else "to be upgraded: start the intranet once"
    yield Finding("tables", latest, said)
    if not latest:
        return
    kept = durability(db.session())
    values = ", ".join(f"{name} {value}" for name, value in kept.settings.items())
    yield Finding(kept.database, kept.is_safe, values)
    card = members_queries.cooperative(db.session())
    said = card.name if card.is_set_up else "not set up: start the intranet and follow its link"
    yield Finding("cooperative", card.is_set_up, said)
    broken = events.first_broken_link(db.session())
    said = f"broken at line {broken}" if broken else "every line fits the one before"
    yield Finding("journal", broken is None, said)
    look = reader(SYSTEM)
    queue = deliveries.backlog(look.session, look)
    said = f"{queue.waiting} waiting, the oldest for {queue.oldest_seconds} s"
    yield Finding("reactions", not queue.parked, f"{said}, {queue.parked} given up")
    lost = [one.digest for one in files.kept(look) if not stored_files.is_there(one)]
    said = f"missing or cut short: {', '.join(lost)}" if lost else "all there"
    yield Finding("files", not lost, said)
    yield _mail(look)
    yield _search(queries.index_state(look))
    for failure in deliveries.given_up(look.session):
        yield Finding("given up", False, failure)


def _mail(look: Reader) -> Finding:
    """Mail that is not set up is no fault: the pages say so."""
    now = outbox.state(look)
    if not now.has_mail:
        return Finding("mail", True, "not set up: set MAIL_SERVER, MAIL_SENDER and BASE_URL")
    said = f"from {now.sender}, {now.waiting} waiting, {now.parked_in_all} given up"
    return Finding("mail", not now.parked_in_all, said)


def _search(index: queries.IndexState) -> Finding:
    if index.documents is None:
        return Finding("search", True, f"{index.backend}, to be built by the worker")
    said = f"{index.backend}, {index.documents} documents"
    if index.better:
        said += f": slow beyond 5,000, choose SEARCH_BACKEND {index.better} and run reindex"
    return Finding("search", not index.better, said)


def _worker(instance: Path) -> Finding:
    alive = heartbeat.is_alive(instance)
    said = "works" if alive else "gives no sign of life: start the intranet, or intranet worker"
    return Finding("worker", alive, said)


def _index(instance: Path) -> Iterator[Finding]:
    folder = instance / "search"
    if not folder.is_dir():
        return
    closed = [path.name for path in folder.rglob("*") if not os.access(path, os.R_OK)]
    said = f"cannot be read: {', '.join(closed)}" if closed else "can be read"
    yield Finding("search index", not closed, said)
