"""The stage on which proposals play."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.proposals.stage import Stage, set_up


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Procedures and a rule."""
    return set_up(cast)
