"""The page that asks once more before words are removed for ever."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import Transaction, transaction
from intranet.decisions import page_queries
from intranet.redaction import policy, queries, service
from intranet.web import messages, signed_in
from intranet.wiki import provenance_queries as provenance

blueprint = Blueprint("redaction", __name__)


@blueprint.get("/decisions/<number>/redaction")
def decision(number: str) -> str:
    """What would be removed of a decision, and what would stay."""
    return _decision(number, {})


def _decision(number: str, errors: dict[str, str]) -> str:
    reader = signed_in.reader_who(policy.may_redact)
    page = page_queries.decision(reader, number)
    pages = provenance.standing_parts(reader, number)
    return render_template("redaction/decision.html", page=page, pages=pages, errors=errors)


@blueprint.post("/decisions/<number>/redaction")
def redact_decision(number: str) -> ResponseReturnValue:
    """Remove the words of a decision."""
    errors = _removed(lambda tx, because: service.redact_decision(tx, number, because))
    if errors:
        return _decision(number, errors), 422
    return redirect(url_for("decisions.show", number=number), 303)


@blueprint.get("/wiki/<slug>/revisions/<int:number>/redaction")
def revision(slug: str, number: int) -> str:
    """What would be removed of an earlier text of a page."""
    return _revision(slug, number, {})


def _revision(slug: str, number: int, errors: dict[str, str]) -> str:
    old = queries.earlier_text(signed_in.reader_who(policy.may_redact), slug, number)
    return render_template("redaction/revision.html", old=old, errors=errors)


@blueprint.post("/wiki/<slug>/revisions/<int:number>/redaction")
def redact_revision(slug: str, number: int) -> ResponseReturnValue:
    """Remove the words of an earlier text of a page."""
    errors = _removed(lambda tx, because: service.redact_revision(tx, slug, number, because))
    if errors:
        return _revision(slug, number, errors), 422
    return redirect(url_for("wiki.revision", slug=slug, number=number), 303)


def _removed(remove: Callable[[Transaction, str], None]) -> dict[str, str]:
    """Remove, when it was confirmed; else what is missing, by field."""
    because = request.form.get("because", "")
    if request.form.get("sure") != "1":
        return {"sure": messages.field_error("removal_unconfirmed")}
    try:
        with transaction(signed_in.actor_id()) as tx:
            remove(tx, because)
    except Invalid as problem:
        return {name: messages.field_error(code) for name, code in problem.errors.items()}
    except Conflict as conflict:
        return {"sure": messages.conflict(conflict)}
    flash(_("The words are removed."), "success")
    return {}
