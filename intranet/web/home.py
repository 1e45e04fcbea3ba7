"""The first page: what waits for me, what changed, what was decided."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> str:
    """The home page of the signed-in person."""
    return render_template("home/show.html")
