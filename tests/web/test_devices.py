"""A session is recognised by its browser and system."""

from __future__ import annotations

import pytest
from flask import Flask

from intranet.web import devices

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/130.0 Safari/537.36 Edg/130.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/130.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (FIREFOX, "Firefox", "Linux"),
        (EDGE, "Edge", "Windows"),
        (PHONE, "Chrome", "Android"),
        (IPHONE, "Safari", "iPhone"),
    ],
)
def test_browser_and_system_are_named(app: Flask, agent: str, browser: str, system: str) -> None:
    with app.test_request_context():
        words = devices.words(agent)
    assert browser in words
    assert system in words


def test_an_unknown_device_is_called_so(app: Flask) -> None:
    with app.test_request_context():
        assert devices.words("")
        assert devices.words("curl/8") == devices.words("")
