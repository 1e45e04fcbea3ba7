"""Addresses that leave the site begin with the setting, never with what a request said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from intranet.web import links
from tests.house.source import ROOT, modules


@pytest.fixture
def with_base(app: Flask) -> Iterator[Flask]:
    """The application with an address in its settings."""
    settings = app.extensions["settings"]
    object.__setattr__(settings, "base_url", "https://intranet.example.org/")
    yield app
    object.__setattr__(settings, "base_url", "")


def test_a_whole_address_begins_with_the_setting(with_base: Flask) -> None:
    with with_base.test_request_context(headers={"Host": "evil.example"}):
        assert links.whole("resets.show", token="x") == "https://intranet.example.org/password/x"
        assert links.whole("home.show") == "https://intranet.example.org/"


def test_without_the_setting_it_is_the_address_that_was_asked(app: Flask) -> None:
    with app.test_request_context(headers={"Host": "192.0.2.7:5000"}):
        assert links.whole("resets.show", token="x") == "http://192.0.2.7:5000/password/x"


def test_nobody_else_makes_whole_addresses() -> None:
    ways = ("_external=True", "request.url_root", "request.host_url", "request.base_url")
    texts = {module.name: module.text for module in modules()}
    texts |= {path.name: path.read_text() for path in (ROOT / "templates").rglob("*.*ml")}
    found = {name for name, text in texts.items() if any(way in text for way in ways)}
    # A passkey belongs to the host name alone, and asks the setting first.
    assert found == {"intranet.web.links", "intranet.auth.passkeys.views"}
