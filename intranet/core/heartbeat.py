"""The sign of life of the worker: a file in the instance folder, touched as it works."""

from __future__ import annotations

import time
from pathlib import Path

FILE = "worker.alive"


def beat(instance: Path) -> None:
    """Say that the worker is alive now."""
    (instance / FILE).touch()


def is_alive(instance: Path, max_age: int = 30) -> bool:
    """Whether the worker gave a sign of life in the last `max_age` seconds."""
    try:
        # Also when the clock was set back: a sign from tomorrow is none.
        return abs(time.time() - (instance / FILE).stat().st_mtime) <= max_age
    except OSError:
        return False
