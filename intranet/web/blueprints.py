"""Every room of the house that has pages."""

from __future__ import annotations

from flask import Flask

from intranet.auth import views as auth
from intranet.web import health, home, language
from intranet.wiki.desk import views as wiki

BLUEPRINTS = (home.blueprint, health.blueprint, language.blueprint, auth.blueprint, wiki.blueprint)


def install(app: Flask) -> None:
    """Open the rooms."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
