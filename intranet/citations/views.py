"""The page of texts that still cite what no longer applies."""

from __future__ import annotations

from flask import Blueprint, render_template

from intranet.citations import queries
from intranet.web import signed_in

blueprint = Blueprint("citations", __name__, url_prefix="/decisions/citations")


@blueprint.get("")
def index() -> str:
    """Decisions that no longer apply, each with the living texts that cite it."""
    found = queries.outdated(signed_in.reader())
    return render_template("citations/index.html", found=found)
