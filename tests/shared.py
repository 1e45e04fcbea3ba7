"""Where the real data lies that nobody here wrote; tests that need it skip without it."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"


def shared(path: str) -> Path:
    """This file of ../shared/data; the test is skipped when the folder is not on this machine."""
    if not DATA.is_dir():
        pytest.skip("the real data of ../shared/data are not on this machine")
    return DATA / path
