"""One writer at a time, in the order of arrival, among all threads and processes of a machine."""

from __future__ import annotations

import _thread
import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import Engine

from intranet.core.obstacles import TooBusy

PATIENCE = 10.0
"""How many seconds somebody waits for their turn before they are told to try again."""

_threads = threading.Lock()


@contextmanager
def turn_to_write(engine: Engine) -> Iterator[None]:
    """Hold the right to write, once everybody who came before has done so.

    SQLite lets waiting writers sleep and try again, so that the unlucky are overtaken for seconds;
    the kernel hands a lock on a file over at once, and frees it when its holder is killed. A
    PostgreSQL server orders the writers of other processes by itself. Raises TooBusy after ten
    seconds: a writer that hangs must not take every thread of the server with it.
    """
    deadline = time.monotonic() + PATIENCE
    if not _threads.acquire(timeout=PATIENCE):
        raise TooBusy
    try:
        path = engine.url.database
        if engine.dialect.name != "sqlite" or not path or path == ":memory:":
            yield
            return
        with closing(_held(Path(f"{path}-turn"), deadline)):
            yield
    finally:
        _threads.release()


def _held(path: Path, deadline: float) -> IO[str]:
    """The file, locked; to close it is to unlock it. Raises TooBusy."""
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if not _Waiting(file).until(deadline):
            raise TooBusy from None
    return file


class _Waiting:
    """A thread that waits for a lock, because the kernel's own waiting knows no end."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.comes = threading.Lock()
        self.comes.acquire()
        self.settled = threading.Lock()
        self.has_it = self.is_given_up = False
        # The class Thread waits until its thread runs, which is long for those who wait next.
        _thread.start_new_thread(self._wait, ())

    def until(self, deadline: float) -> bool:
        """Whether the lock is held in time; if not, it is let go as soon as it comes."""
        self.comes.acquire(timeout=max(0, deadline - time.monotonic()))
        with self.settled:
            self.is_given_up = not self.has_it
        return self.has_it

    def _wait(self) -> None:
        fcntl.flock(self.file, fcntl.LOCK_EX)
        with self.settled:
            if self.is_given_up:
                self.file.close()
                return
            self.has_it = True
        self.comes.release()
