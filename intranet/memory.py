"""Memory that the processes of a server give back or share, so that a cheap machine holds them."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

ARENAS_MAX, TRIM_THRESHOLD = -8, -1
"""The numbers of two settings of glibc, as its malloc.h gives them."""


def give_back_what_is_free() -> None:
    """Have the C library keep two heaps instead of one for each thread, and return free memory to
    the system from 128 KB on. Nothing happens where the C library is another one."""
    with suppress(OSError, AttributeError, TypeError):
        settings = ctypes.CDLL(None).mallopt
        settings(ARENAS_MAX, 2)
        settings(TRIM_THRESHOLD, 128 * 1024)


def share_what_is_loaded() -> None:
    """Call this before processes are made: what is there stays shared by all of them, because
    none looks through it for rubbish, which would write on it."""
    gc.collect()
    gc.freeze()
