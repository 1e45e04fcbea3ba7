"""Who writes down a change of status."""

from __future__ import annotations

import pytest

from intranet.membership.policy import may_change_status
from tests.cast import Cast, acting, as_reader


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("amel", True),
        ("bruno", True),
        ("chloe", False),
        ("david", False),
        ("farid", False),
        ("gwen", False),
    ],
)
def test_employed_members_change_statuses(cast: Cast, name: str, allowed: bool) -> None:
    assert bool(may_change_status(as_reader(getattr(cast, name)))) is allowed


def test_the_system_changes_statuses(cast: Cast) -> None:
    with acting(None) as tx:
        assert may_change_status(tx)
