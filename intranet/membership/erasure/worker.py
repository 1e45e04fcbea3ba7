"""The list of those who were forgotten lies beside the database, so that a database brought back
from an older backup forgets them again."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from intranet.core import stored_files
from intranet.core.actor import SYSTEM
from intranet.core.deliveries import Reaction
from intranet.core.durability import keep_name
from intranet.core.events import EventRow
from intranet.core.transaction import Reader, reader, transaction
from intranet.members.models import Person
from intranet.membership.erasure.service import erase_person

log = logging.getLogger("intranet.erasure")

LIST = "erased.json"
_done: dict[Path, tuple[float, int]] = {}
Forgotten = dict[str, str]


def list_path() -> Path:
    """Where the list lies: in the instance folder, in no backup."""
    folder = stored_files.FileFolder.path
    assert folder is not None, "use_folder() comes first"  # noqa: S101
    return folder.parent / LIST


def _read(path: Path) -> Forgotten:
    """Pseudonyms, by number of the person and the moment at which they became known here."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _key(person: Person) -> str:
    return f"{person.id} {person.created_at.isoformat()}"


def _keep(look: Reader, _rows: Sequence[EventRow]) -> None:
    """Write the list anew with those whom the database has forgotten; nobody leaves it."""
    path, erased = list_path(), select(Person).where(Person.erased_at.is_not(None))
    known = _read(path) | {_key(one): one.name for one in look.session.scalars(erased)}
    look.session.rollback()
    coming = path.with_suffix(".coming")
    with coming.open("w", encoding="utf-8") as file:
        json.dump(known, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    coming.replace(path)
    keep_name(path)


LISTING = Reaction("erasure.listing", _keep)


def forget_again() -> int:
    """Forget everybody on the list whom the database still knows; gives how many.

    The list is looked at as it changes and as the process starts.
    """
    path = list_path()
    if not path.exists():
        return 0
    seen = (path.stat().st_mtime, os.getpid())
    if _done.get(path) == seen:
        return 0
    done = forget_now(_read(path))
    _done[path] = seen
    return done


def forget_now(listed: Forgotten) -> int:
    """Forget those of the list who are known; a number that is somebody else here is left alone."""
    look = reader(SYSTEM)
    people = look.session.scalars(select(Person).where(Person.erased_at.is_(None)))
    known = [(one.id, listed[_key(one)]) for one in people if _key(one) in listed]
    look.session.rollback()
    for person_id, pseudonym in known:
        with transaction(None) as tx:
            erase_person(tx, person_id, pseudonym)
        log.warning("person %s was forgotten again after a restore", person_id)
    return len(known)
