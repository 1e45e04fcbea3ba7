"""Pages of the register: the list, one decision, and what may be written beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import groupby

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.citations import queries as citations
from intranet.core.citations import in_full
from intranet.core.policy import Invalid, NotFound, Refused
from intranet.core.transaction import Reader, transaction
from intranet.decisions import citing_queries as citing
from intranet.decisions import errata, forms, page_queries, pages, policy, queries, service
from intranet.decisions.attachments import queries as attachments
from intranet.decisions.errata import Erratum
from intranet.decisions.minutes.queries import MinutesCard
from intranet.decisions.page_queries import DecisionPage
from intranet.decisions.pages import Beside
from intranet.members import queries as members
from intranet.proposals import origin_queries as origins
from intranet.proposals.advised.queries import adopting_answer
from intranet.voting.methods.advice_process import METHOD
from intranet.web import again, differences, links, messages, signed_in, spreadsheets
from intranet.web.differences import Change
from intranet.wiki import provenance_queries as provenance
from intranet.wiki import queries as wiki
from intranet.wiki.queries import PageCard
from intranet.wiki.spent_queries import spent

blueprint = Blueprint("decisions", __name__, url_prefix="/decisions")


def _to(number: str) -> ResponseReturnValue:
    return redirect(url_for("decisions.show", number=number), 303)


@blueprint.get("")
@again.same_all_day
def index() -> str:
    """The register, the newest first, by year."""
    reader = signed_in.reader()
    chosen = forms.filters(request.args)
    found = queries.register(reader, chosen, request.args.get("page", 1, type=int))
    years = groupby(found.rows, key=lambda row: row.decided_on.year if row.decided_on else None)
    return render_template(
        "decisions/index.html",
        found=found,
        years=[(year, list(rows)) for year, rows in years],
        spent=spent(reader, queries.applying(found.rows)),
        filters=chosen,
        address=_address(chosen),
        bodies={body.code: body.name for body in members.bodies(reader)},
        may_record=policy.may_record(reader),
    )


def _address(chosen: queries.Filters) -> dict[str, object]:
    """The filters as they stand in an address."""
    return {name: value for name, value in asdict(chosen).items() if value}


@blueprint.get("/export.csv")
def export() -> Response:
    """The list with its filters, as a table to take away."""
    header = (
        _("Decision number"),
        _("Title"),
        _("Decided by"),
        _("Decided on"),
        _("In force from"),
        _("To review on"),
        _("Last day"),
        _("Result"),
        _("State"),
        _("Subjects"),
    )
    rows = queries.everything(signed_in.reader(), forms.filters(request.args))
    return spreadsheets.download("decisions.csv", header, map(_cells, rows))


def _cells(row: queries.DecisionRow) -> tuple[object, ...]:
    return (
        row.number,
        row.title,
        row.body_code,
        row.decided_on,
        row.effective_on or (row.decided_on if row.result == "adopted" else None),
        row.review_on,
        row.ends_on,
        messages.label(f"decision_result.{row.result}"),
        messages.label(f"decision_state.{row.state}"),
        ", ".join(row.tags),
    )


@blueprint.get("/<number>")
@again.same_all_day
def show(number: str) -> ResponseReturnValue:
    """One decision: its words, how it was decided, what became of it."""
    reader = signed_in.reader()
    meant = citing.candidates(reader, in_full(number))
    if len(meant) == 1:
        return redirect(url_for("decisions.show", number=meant[0]), 302)
    if meant:
        return redirect(url_for("decisions.index", words=in_full(number)), 302)
    return _page(page_queries.decision(reader, number))


def _page(page: DecisionPage, **typed: object) -> str:
    reader = signed_in.reader()
    beside = pages.beside(reader, page)
    own = origins.submitted(reader, _named(page, beside))
    return render_template(
        "decisions/show.html",
        page=page,
        parts=provenance.decided_parts(reader, page.number),
        is_spent=bool(spent(reader, queries.applying([page]))),
        origin=links.origin(page.origin_kind, page.origin_id),
        readers=policy.audiences(reader),
        origins=own,
        answer=adopting_answer(reader, page.origin_id) if _may_be_advised(page, own) else None,
        minutes_page=_minutes_page(reader, beside.minutes),
        beside=beside,
        cited_by=citations.cited_by(reader, page.number),
        errata=_errata(reader, page),
        files=attachments.beside(reader, page.id),
        **typed,
    )


def _may_be_advised(page: DecisionPage, own: Mapping[int, object]) -> bool:
    """Whether one person decided after advice, on a proposal that the reader may read."""
    asked = page.procedure.get("method") == METHOD.key
    return asked and page.origin_kind == "proposal" and page.origin_id in own


def _named(page: DecisionPage, beside: Beside) -> list[int]:
    """The proposals that the page names: the one it came from, and those its reviews led to."""
    own = [page.origin_id] if page.origin_kind == "proposal" and page.origin_id else []
    return [*own, *beside.follow_ups]


def _minutes_page(reader: Reader, minutes: Sequence[MinutesCard]) -> PageCard | None:
    """The page where the minutes stand, for those who may read it."""
    slug = minutes[0].page_slug if minutes else ""
    if not slug:
        return None
    try:
        return wiki.page_card(reader, slug)
    except NotFound:
        return None


def _errata(reader: Reader, page: DecisionPage) -> list[tuple[Erratum, list[Change]]]:
    """Each correction with what it changes in the original; nothing where words were removed."""
    original = page_queries.wording(reader, page.number) if page.corrections else ""
    return [
        (one, differences.between(original, one.text) if original and one.text else [])
        for one in errata.errata(reader, page.number)
    ]


@blueprint.get("/<number>/rectifications/new")
def correct(number: str) -> str:
    """The form to correct the wording of a decision."""
    reader = signed_in.reader()
    page = page_queries.decision(reader, number)
    if not page.may_rectify:
        raise Refused(page.may_rectify)
    text = page_queries.wording(reader, number)
    return render_template("decisions/rectify.html", page=page, text=text, because="", errors={})


@blueprint.post("/<number>/rectifications")
def rectify(number: str) -> ResponseReturnValue:
    """Correct a wording by an entry of its own."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    because = request.form.get("because", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            entered = service.rectify(tx, number, text, because)
    except Invalid as problem:
        page = page_queries.decision(signed_in.reader(), number)
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        typed = {"page": page, "text": text, "because": because, "errors": errors}
        return render_template("decisions/rectify.html", **typed), 422
    flash(_("The correction stands in the register, beside the original."), "success")
    return _to(entered.number)


@blueprint.post("/<number>/tags")
def tag(number: str) -> ResponseReturnValue:
    """File a decision under other words."""
    typed = request.form.get("tags", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.tag(tx, number, forms.tags(typed))
    except Invalid as problem:
        page = page_queries.decision(signed_in.reader(), number)
        said = messages.field_error(problem.errors["tags"])
        return _page(page, typed_tags=typed, tags_error=said), 422
    return _to(number)


@blueprint.post("/<number>/audience")
def choose_readers(number: str) -> ResponseReturnValue:
    """Choose who may read a decision."""
    with transaction(signed_in.actor_id()) as tx:
        service.set_audience(tx, number, request.form.get("audience", ""))
    flash(_("The readers of this decision are chosen."), "success")
    return _to(number)
