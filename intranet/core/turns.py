"""One writer at a time, in the order of arrival, among all threads and processes of a machine."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

_threads = threading.Lock()


@contextmanager
def turn_to_write(engine: Engine) -> Iterator[None]:
    """Hold the right to write, once everybody who came before has done so.

    SQLite lets waiting writers sleep and try again, so that the unlucky are overtaken for seconds;
    the kernel hands a lock on a file over at once, and frees it when its holder is killed. A
    PostgreSQL server orders the writers of other processes by itself.
    """
    with _threads:
        path = engine.url.database
        if engine.dialect.name != "sqlite" or not path or path == ":memory:":
            yield
            return
        with Path(f"{path}-turn").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
