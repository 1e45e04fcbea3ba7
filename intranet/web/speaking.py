"""The words of the pages, for a console that has no page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_babel import Babel, force_locale

TRANSLATIONS = Path(__file__).parents[1] / "translations"


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Say things in this language within the block; needs no instance and no database."""
    app = Flask("intranet")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app)
    with app.app_context(), force_locale(locale):
        yield
