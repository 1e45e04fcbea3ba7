"""The same register on another day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from intranet.core import clock


@contextmanager
def later(days: int) -> Iterator[None]:
    """Everything that happens meanwhile happens so many days after today."""
    with patch.object(clock, "now", return_value=clock.now() + timedelta(days=days)):
        yield
