"""The rich editor of the bundle on a page of its own, without the application around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

from intranet.web.security import POLICY

BUILT = Path(__file__).parent.parent / "static" / "build"
ADDRESS = "http://editor.test/"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Essai</title>
<link rel="stylesheet" href="/css/main.css"><link rel="stylesheet" href="/rich/rich.css">
<link rel="icon" href="data:,"><div id="root"></div></html>"""
OPEN = """async (text) => {
  const { mount } = await (await import("/js/page-editor.js")).rich();
  if (window.editor) await window.editor.destroy();
  const root = document.getElementById("root");
  root.replaceChildren();
  const start = performance.now();
  window.editor = await mount(root, text);
  const took = performance.now() - start;
  return { ...window.editor.save(), took };
}"""


@dataclass(frozen=True)
class Saved:
    """What the editor would save, how many blocks it says it touched, and milliseconds."""

    text: str
    touched: int
    took: float


def is_built() -> bool:
    """Whether the bundle is there."""
    return (BUILT / "js" / "page-editor.js").exists()


def empty_page(browser: Browser) -> Page:
    """A page under the policy of the product, which gets the files of the bundle and no others."""
    page = browser.new_page()
    page.route("**/*", _answer)
    page.goto(ADDRESS)
    return page


def _answer(route: Route) -> None:
    path = route.request.url.removeprefix(ADDRESS)
    if not path:
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body=PAGE, content_type="text/html", headers=headers)
        return
    file = BUILT / path
    if not file.is_file():
        route.fulfill(status=404)
        return
    route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "text/plain"))


def open_text(page: Page, text: str) -> Saved:
    """Open a text in rich mode and save it untouched. The editor stays open on the page."""
    return _saved(page.evaluate(OPEN, text))


def in_editor(page: Page, script: str, value: object = None) -> Saved:
    """Run a function of JavaScript that gives what `editor.save()` gave, and `took`."""
    return _saved(page.evaluate(script, value))


def _saved(found: dict[str, Any]) -> Saved:
    return Saved(found["text"], found["touched"], found.get("took", 0))
