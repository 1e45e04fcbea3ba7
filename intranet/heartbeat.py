"""A sign of life of the worker: a file in the instance folder, touched at every round of work."""

from __future__ import annotations

import time
from pathlib import Path

NAME = "worker.alive"


def beat(instance: Path) -> None:
    """Say that the worker of this instance is alive now. Raises OSError when it cannot be said."""
    (instance / NAME).touch(mode=0o600)


def forget(instance: Path) -> None:
    """Let a sign of life left by an earlier start not be taken for a new one."""
    (instance / NAME).unlink(missing_ok=True)


def is_alive(instance: Path, max_age: float = 30) -> bool:
    """Whether the worker gave a sign of life within the last `max_age` seconds."""
    try:
        age = time.time() - (instance / NAME).stat().st_mtime
    except FileNotFoundError:
        return False
    return age <= max_age
