"""One application per browser story: on SQLite, in French, served on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from intranet import create_app
from intranet.core.db import db
from tests.browser import DESKTOP, LiveServer, PageAt
from tests.cast import PASSWORD, Cast, arrive
from tests.conftest import SECRET
from tests.proposals.stage import Stage, set_up
from tests.templates import share_templates

Guest = Callable[..., Page]


@pytest.fixture
def site(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """A served application with the cast in it, its context pushed for the test."""
    instance = tmp_path / "site"
    instance.mkdir()
    shutil.copy(empty_database, instance / "intranet.db")
    settings = {"testing": True, "secret_key": SECRET, "development": True}
    app = create_app(instance, settings)
    share_templates(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def people(site: Flask) -> Cast:
    """The cast of the site."""
    return arrive()


@pytest.fixture
def scene(people: Cast) -> Stage:
    """The cast, the ways to decide and a rule."""
    return set_up(people)


@pytest.fixture
def address(site: Flask, live_server: LiveServer) -> str:
    """Where the site is served."""
    return live_server(site)


@pytest.fixture
def signed_in(address: str, page_at: PageAt) -> Guest:
    """A function that signs somebody in: signed_in("amel", width, theme=…, javascript=…)."""

    def enter(name: str, width: int = DESKTOP, **how: object) -> Page:
        page = page_at(width, **how)
        page.goto(f"{address}/sign-in")
        page.fill("input[name=email]", f"{name}@example.org")
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        return page

    return enter
