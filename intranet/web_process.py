"""A web process: as many people as in its sibling, and an end that leaves nobody without answer."""

from __future__ import annotations

import mmap
import select
import socket
import time
from collections.abc import Iterable

from gunicorn.workers.gthread import ThreadWorker

PLACES = 16
NO_PLACE = PLACES
NOBODY = 2**31 - 1
COURTESY = 0.05
A_MOMENT = 0.0002
QUIT_WITHIN = 1

_held = memoryview(mmap.mmap(-1, 4 * (PLACES + 1))).cast("i")
"""How many connections the process in each place holds; all processes see the same numbers."""
for _place in range(PLACES):
    _held[_place] = NOBODY


class WebProcess(ThreadWorker):  # type: ignore[misc]
    """One of the processes that answer people. Its place among them is given before it is made."""

    place = NO_PLACE
    stepped_back_at = 0.0

    def take_place(self, taken: Iterable[int]) -> None:
        """Take the first place that no process holds which is still alive, and empty it."""
        self.place = min(set(range(PLACES)) - set(taken), default=NO_PLACE)
        self.nr_conns = 0

    def leave_place(self) -> None:
        """Give the place of a process that has ended to whoever comes next."""
        if self.place != NO_PLACE:
            self.nr_conns = NOBODY

    @property
    def nr_conns(self) -> int:
        """How many connections it holds, as Gunicorn counts them."""
        return _held[self.place]

    @nr_conns.setter
    def nr_conns(self, number: int) -> None:
        """Note it where its siblings see it."""
        _held[self.place] = number

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, after a process that holds fewer had the time to take it: people
        stay with the process they came to, and one process uses one core. Whoever steps back is
        asked again at the next turn of the loop, and looks after its own people meanwhile."""
        if self._holds_most() and self._steps_back():
            time.sleep(A_MOMENT)
            if not _waits(listener):
                self.stepped_back_at = 0.0
        else:
            self.stepped_back_at = 0.0
            super().accept(listener)

    def _steps_back(self) -> bool:
        """Whether it is still time to let others go first, for somebody who came lately."""
        now = time.monotonic()
        if now - self.stepped_back_at > 2 * COURTESY:
            self.stepped_back_at = now
        return now - self.stepped_back_at < COURTESY

    def _holds_most(self) -> bool:
        return self.nr_conns > min(_held[:PLACES])

    def handle_quit(self, sig: int, frame: object) -> None:
        """Leave soon, but at the next turn of the loop: an exception raised here could be lost.
        Whoever types Ctrl-C does not wait for browsers that hold a connection and ask nothing."""
        self.cfg.set("graceful_timeout", QUIT_WITHIN)
        self.handle_exit(sig, frame)


def _waits(listener: socket.socket) -> bool:
    """Whether somebody is still at the door: a sibling may have let them in meanwhile."""
    return bool(select.select([listener], (), (), 0)[0])
