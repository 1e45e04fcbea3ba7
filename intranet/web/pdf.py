"""Pages as tagged PDF files (PDF/UA), from the same HTML and print style sheet as the browser's.

Needs the extra `pdf` (WeasyPrint) and the library Pango of the system; without them pages print.
"""

from __future__ import annotations

import importlib
import mimetypes
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

from flask import Response, current_app

from intranet.core.policy import NotFound

# An address that exists nowhere: what a page names relative to it is ours, all else is not.
_HERE = "http://intranet.invalid"
# Setting a million signs takes about half a minute of a processor.
LONGEST = 600_000
# One at a time: setting a long register fills a processor and much memory.
_one_at_a_time = threading.Lock()


@cache
def _library() -> ModuleType | None:
    """WeasyPrint, or None when it or Pango is not installed."""
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return None


def is_available() -> bool:
    """Whether this installation can make PDF files."""
    return _library() is not None


Pictures = Mapping[str, tuple[Path, str]]
"""By the path of its address: where a picture lies on the disk, and its kind."""


class _OnlyOurs:
    """Gives WeasyPrint our static files and the pictures that the page was given; nothing else is
    read, from the net or from the disk."""

    # WeasyPrint asks its fetcher for this: a file that is refused is left out of the page.
    _fail_on_errors = False

    def __init__(self, library: ModuleType, root: Path, pictures: Pictures | None = None) -> None:
        self._pictures = pictures or {}
        self._answer = library.urls.URLFetcherResponse
        self._root = root.resolve()

    def __call__(self, url: str) -> object:
        """The file at an address. Raises ValueError for one that is not a static file of ours."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" == _HERE and parts.path in self._pictures:
            picture, known_kind = self._pictures[parts.path]
            return self._answer(url, picture.read_bytes(), {"Content-Type": known_kind})
        below = unquote(parts.path).removeprefix("/static/")
        path = (self._root / below).resolve()
        is_ours = f"{parts.scheme}://{parts.netloc}" == _HERE and parts.path.startswith("/static/")
        if not is_ours or not path.is_relative_to(self._root) or not path.is_file():
            raise ValueError(f"not a file of this page: {url[:200]}")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return self._answer(url, path.read_bytes(), {"Content-Type": kind})


def is_too_long(html: str) -> bool:
    """Whether making this page into a file would keep others waiting."""
    return len(html) > LONGEST


def of_page(html: str, pictures: Pictures | None = None) -> bytes:
    """The whole page as a tagged PDF file. Raises NotFound when this installation makes none."""
    library = _library()
    if library is None:
        raise NotFound
    fetcher = _OnlyOurs(library, Path(current_app.static_folder or ""), pictures)
    with _one_at_a_time:
        page = library.HTML(string=html, base_url=f"{_HERE}/", url_fetcher=fetcher)
        return bytes(page.write_pdf(pdf_variant="pdf/ua-1"))


def download(name: str, html: str, pictures: Pictures | None = None) -> Response:
    """The page as a file to keep. `pictures` are those it shows besides our static files."""
    response = Response(of_page(html, pictures), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
