"""Two database sessions at the same time, as two processes of a server have them.

Commands of one process take turns by themselves, so a race between processes is played here with
sessions of its own, each in a real thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy.orm import Session

from intranet.core.db import WRITE, db

HOLDS = 0.3
"""Seconds for which the first keeps what it wrote to itself: the second then has to wait."""

Writing = Callable[[Session], object]


def both(app: Flask, first: Writing, second: Writing) -> tuple[object, object]:
    """What came of two writers, or the exception: the second begins when the first has written and
    not yet committed."""
    db.session.remove()
    has_written = threading.Event()
    results: list[object] = [None, None]

    def write(number: int, writing: Writing) -> None:
        with app.app_context(), Session(db.engine) as session:
            try:
                session.connection(execution_options={WRITE: True})
                results[number] = writing(session)
                session.flush()
                if number == 0:
                    has_written.set()
                    threading.Event().wait(HOLDS)
                session.commit()
            except Exception as error:
                results[number] = error
            finally:
                has_written.set()

    threads = [threading.Thread(target=write, args=pair) for pair in enumerate((first, second))]
    threads[0].start()
    has_written.wait()
    threads[1].start()
    for thread in threads:
        thread.join()
    return results[0], results[1]
