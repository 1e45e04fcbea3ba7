"""The application factory: settings, database, pages, errors, reactions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from intranet import config, posting, subscriptions, tables
from intranet.core import stored_files, thumbnails, transaction
from intranet.core.db import db, prepare
from intranet.outbox import post
from intranet.polls import sealing
from intranet.search import extraction, index
from intranet.web import (
    again,
    assets,
    blueprints,
    citations,
    csrf,
    deciding,
    errors,
    formats,
    language,
    procedure_words,
    said,
    security,
    signed_in,
    uploads,
)
from intranet.wiki.imports import parcels

HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """A resource folder: inside the package when installed, beside it in a working copy."""
    inside = HERE / name
    return inside if inside.is_dir() else HERE.parent / name


def create_app(
    instance: Path | None = None, overrides: Mapping[str, object] | None = None
) -> Flask:
    """The application on one instance folder. Raises UnsafeSettings or OSError with a sentence."""
    settings = config.load(instance or config.instance_folder(), overrides)
    app = Flask(
        "intranet",
        root_path=str(HERE),
        template_folder=str(folder("templates")),
        static_folder=str(folder("static")),
        instance_path=str(settings.instance_path),
    )
    _configure(app, settings)
    app.extensions["tables"] = tables.ROOMS
    db.init_app(app)
    serve_with(app)
    for part in (
        language,
        formats,
        deciding,
        procedure_words,
        citations,
        said,
        assets,
        uploads,
        security,
        csrf,
        signed_in,
        errors,
        blueprints,
    ):
        part.install(app)
    again.install(app)
    if settings.proxies:
        # Behind a reverse proxy every request would seem to come from one place.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies
        )
    return app


def serve_with(app: Flask) -> None:
    """Let what a whole process shares (search, ballot keys, reactions) work for this application.

    create_app calls it. A process with several applications calls it for the one that goes on.
    """
    settings: config.Settings = app.extensions["settings"]
    with app.app_context():
        prepare(db.engine)
        index.use(settings.search_backend, settings, db.engine)
    extraction.keep_in(settings.instance_path / "search" / "texts")
    sealing.use_folder(settings.instance_path / "keys")
    stored_files.use_folder(settings.instance_path / "files")
    post.use(posting.post_of(settings))
    parcels.use_folder(settings.instance_path / "imports", settings.max_file_megabytes)
    thumbnails.use_folder(settings.instance_path / "thumbnails")
    transaction.wire(signed_in.load_actor, subscriptions.consumers_of)


def _configure(app: Flask, settings: config.Settings) -> None:
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        TRUSTED_HOSTS=settings.hosts,
        SQLALCHEMY_DATABASE_URI=settings.database,
        # An error of the database must not write what people typed into the log.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        MAX_CONTENT_LENGTH=settings.max_upload_megabytes * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=settings.max_upload_megabytes * 1024 * 1024,
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="fr",
        BABEL_TRANSLATION_DIRECTORIES=str(HERE / "translations"),
        TEMPLATES_AUTO_RELOAD=settings.development,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
