"""A real browser at the two widths people use, which reports what goes wrong behind the page."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)
from werkzeug.serving import make_server

from tests.environment import require_chromium

DESKTOP = 1280
PHONE = 390
HEIGHTS = {DESKTOP: 900, PHONE: 844}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
RUN_AXE = """async ([context, options]) => {
  const { violations } = await axe.run(context ?? document, options);
  const said = (one) => one.nodes.map((node) => `${one.id}: ${one.help} at ${node.target}`);
  return violations.flatMap(said);
}"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = Path(__file__).parent.parent / "screenshots"
LOOKS = 0.05
"""Seconds between two looks of a server at whether it is to end: its test waits for as long."""
PATIENCE = 30_000
"""Milliseconds in which a thing has to appear, also on a busy machine; nothing waits for less."""

expect.set_options(timeout=PATIENCE)

PageAt = Callable[..., Page]
LiveServer = Callable[[Flask], str]


@dataclass
class Watch:
    """What the console said of one page: script errors, refused content, missing files."""

    said: list[tuple[str, str]] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    expected: set[str] = field(default_factory=set)

    def expect(self, words: str) -> None:
        """Let a message with these words pass: the test itself brings it about."""
        self.expected.add(words)

    def listen(self, page: Page) -> None:
        """Hear this page from now on."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.said.append((str(error), page.url)))
        page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.said.append((message.text, message.location["url"]))

    def _on_response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.documents.add(response.url)

    @property
    def problems(self) -> list[str]:
        """Everything said, but for the status of a page itself: refusals are pages too."""
        return [
            f"{text} ({url})"
            for text, url in self.said
            if not (text.startswith("Failed to load resource") and url in self.documents)
            and not any(words in f"{text} ({url})" for words in self.expected)
        ]


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium, which ends with the block: even at rest it takes time from the other tests."""
    path = require_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=4 * PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, started once for a file."""
    with launched() as browser:
        yield browser


@pytest.fixture
def watch() -> Watch:
    """What is heard of all pages of a test."""
    return Watch()


@pytest.fixture
def page_at(chromium: Browser, watch: Watch) -> Iterator[PageAt]:
    """A function that opens an empty page: page_at(width, theme="light", javascript=True).

    Each call is another visitor. The test fails at its end when a page had a script error, content
    refused by the security policy or a missing file.
    """
    contexts: list[BrowserContext] = []

    def open_page(width: int = DESKTOP, theme: str = "light", javascript: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            is_mobile=width == PHONE,
            has_touch=width == PHONE,
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
            locale="fr-FR",
            timezone_id="Europe/Paris",
            java_script_enabled=javascript,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watch.listen(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.problems == []


@pytest.fixture
def live_server() -> Iterator[LiveServer]:
    """A function that serves an application on a free port here and gives its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = []

    def start(app: Flask) -> str:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=[LOOKS], daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


def arrived(page: Page) -> None:
    """Wait until the page that a click led to is whole: a click only waits for its first byte.

    Whoever clicked says with `expect` which page it is; only then is it looked at.
    """
    page.wait_for_load_state("load")


def assert_no_axe_violations(page: Page, context: str | None = None) -> None:
    """Fail with axe's findings on this page, or on the part that the selector `context` names."""
    arrived(page)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    # Without preload: axe would fetch style sheets again, at addresses that do not exist.
    options = {"runOnly": TAGS, "resultTypes": ["violations"], "preload": False}
    assert page.evaluate(RUN_AXE, [context, options]) == []


def assert_fits(page: Page) -> None:
    """Fail when the page is wider than the window, so that one would scroll sideways."""
    arrived(page)
    root = "document.documentElement"
    wide, window = page.evaluate(f"[{root}.scrollWidth, {root}.clientWidth]")
    assert wide <= window, f"{page.url} is {wide} pixels wide in a window of {window}"


def at_each_width(page: Page) -> Iterator[int]:
    """The two widths, one after the other, of a page that is opened once: first the one it has.

    What only a real telephone does is in the stories of somebody who holds one.
    """
    opened = page.viewport_size
    assert opened is not None
    arrived(page)
    yield opened["width"]
    other = PHONE if opened["width"] == DESKTOP else DESKTOP
    page.set_viewport_size({"width": other, "height": HEIGHTS[other]})
    yield other
    page.set_viewport_size(opened)


def photograph(page: Page, name: str) -> None:
    """Keep a picture of the whole page in screenshots/, for people to look at.

    Only when the environment variable SCREENSHOTS asks for them: no test compares pictures, and
    making them takes as long as examining the pages.
    """
    if os.environ.get("SCREENSHOTS"):
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
