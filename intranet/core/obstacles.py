"""Why the machine cannot write just now, told apart so that people can be told in a sentence."""

from __future__ import annotations

import errno

from sqlalchemy.exc import OperationalError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# What SQLite and PostgreSQL say of a disk without room.
WORDS_OF_FULL = ("disk is full", "no space left")


class CannotWrite(Exception):
    """Nothing was saved, through no fault of whoever asked."""


class TooBusy(CannotWrite):
    """Others have been writing for as long as anybody waits; nothing was begun."""


class NoRoom(CannotWrite):
    """The disk is full."""


def obstacle(error: Exception) -> CannotWrite | None:
    """What an error of the database or the disk comes down to, or None for any other one."""
    if isinstance(error, CannotWrite):
        return error
    if isinstance(error, OSError):
        return NoRoom() if error.errno in FULL else None
    if not isinstance(error, OperationalError):
        return None
    said = str(error.orig).lower()
    if any(words in said for words in WORDS_OF_FULL):
        return NoRoom()
    return TooBusy() if "locked" in said else None
