"""The one-time link of an installation that nobody owns yet."""

from __future__ import annotations

import stat
from pathlib import Path

from flask import Flask

from intranet.auth import setup
from tests.cast import arrive


def test_the_link_is_made_once_and_readable_by_its_owner_only(app: Flask) -> None:
    link = setup.setup_link(app)
    assert link is not None
    assert link == setup.setup_link(app)
    kept = Path(app.instance_path) / setup.FILE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert link == f"/setup/{kept.read_text()}"


def test_there_is_no_link_once_the_instance_is_set_up(app: Flask) -> None:
    setup.setup_link(app)
    arrive()
    assert setup.setup_link(app) is None
    assert not (Path(app.instance_path) / setup.FILE).exists()


def test_only_the_secret_opens(app: Flask) -> None:
    instance = Path(app.instance_path)
    assert not setup.opens(instance, "")
    link = setup.setup_link(app)
    assert link is not None
    assert setup.opens(instance, link.removeprefix("/setup/"))
    assert not setup.opens(instance, link)
    assert not setup.opens(instance, "é")
    setup.forget_link(instance)
    assert not setup.opens(instance, link.removeprefix("/setup/"))
