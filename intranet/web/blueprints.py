"""Every room of the house that has pages."""

from __future__ import annotations

from flask import Flask

from intranet.auth import views as auth
from intranet.web import health, home, language

BLUEPRINTS = (home.blueprint, health.blueprint, language.blueprint, auth.blueprint)


def install(app: Flask) -> None:
    """Open the rooms."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
