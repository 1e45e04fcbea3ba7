"""Whether web, database and worker are well, for whoever watches the machine."""

from __future__ import annotations

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from intranet.core import heartbeat
from intranet.core.db import db
from intranet.outbox import queries as outbox
from intranet.web.routes import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def show() -> ResponseReturnValue:
    """200 when all is well, else 503; each part by name, nothing else."""
    settings = current_app.extensions["settings"]
    try:
        db.session.execute(text("SELECT 1"))
        database = True
    except SQLAlchemyError:
        database = False
    parts = {
        "web": True,
        "database": database,
        "worker": heartbeat.is_alive(settings.instance_path),
    }
    is_well = all(parts.values())
    if database:
        # A mail that nobody takes is to be looked at, and no reason to start the machine again.
        parts["mail"] = not outbox.has_given_up(db.session())
    return parts, 200 if is_well else 503
