"""One application per browser story: on SQLite, in French, served on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from intranet import create_app
from intranet.core.db import db
from tests.browser import DESKTOP, LiveServer, PageAt, launched
from tests.cast import Cast, Client, arrive
from tests.conftest import SECRET
from tests.proposals.stage import Stage, set_up
from tests.templates import share_templates

Guest = Callable[..., Page]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Chromium, started once for all of these files, and ended with them."""
    with launched() as browser:
        yield browser


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
def signed_in(site: Flask, address: str, page_at: PageAt) -> Guest:
    """A function that gives a browser in which somebody is signed in, without a page yet:
    signed_in("amel", width, theme=…, javascript=…). The door itself has its own stories."""

    def enter(name: str, width: int = DESKTOP, **how: object) -> Page:
        page = page_at(width, **how)
        visitor = Client(site)
        visitor.sign_in(name)
        cookie = visitor.get_cookie(site.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        return page

    return enter
