"""The register as a line of time, and as a drawing of what follows from what."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby

from flask import Blueprint, render_template, request

from intranet.decisions import forms, page_queries
from intranet.decisions import queries as register
from intranet.decisions.kinship import queries
from intranet.decisions.statuses import State
from intranet.members import queries as members
from intranet.web import again, signed_in
from intranet.wiki.spent_queries import spent

blueprint = Blueprint("kinship", __name__, url_prefix="/decisions")

PER_PAGE = 100
TONES = {
    State.COMING: "accent",
    State.TO_REVIEW: "warn",
    State.IN_FORCE: "good",
    State.REPEALED: "bad",
    State.REJECTED: "bad",
}


@blueprint.get("/timeline")
@again.same_all_day
def timeline() -> str:
    """The decisions of a body or on a subject, year by year, the newest first."""
    reader = signed_in.reader()
    chosen = forms.filters(request.args)
    found = register.register(reader, chosen, request.args.get("page", 1, type=int), PER_PAGE)
    years = groupby(found.rows, key=lambda row: row.decided_on.year if row.decided_on else None)
    return render_template(
        "kinship/timeline.html",
        found=found,
        years=[(year, list(rows)) for year, rows in years],
        spent=spent(reader, register.applying(found.rows)),
        filters=chosen,
        address={name: value for name, value in asdict(chosen).items() if value},
        bodies={body.code: body.name for body in members.bodies(reader)},
        tones=TONES,
    )


@blueprint.get("/graph")
@again.same_all_day
def graph() -> str:
    """What the decisions of a year do to others, as a drawing and in words."""
    reader = signed_in.reader()
    years = queries.years_with_links(reader)
    year = request.args.get("year", years[0] if years else 0, type=int)
    kinship = queries.of_year(reader, year) if years else None
    return render_template("kinship/graph.html", kinship=kinship, years=years, year=year)


@blueprint.get("/<number>/family")
@again.same_all_day
def family(number: str) -> str:
    """One decision with all that led to it and all that followed."""
    reader = signed_in.reader()
    page = page_queries.decision(reader, number)
    kinship = queries.family(reader, number)
    return render_template("kinship/family.html", page=page, kinship=kinship)
