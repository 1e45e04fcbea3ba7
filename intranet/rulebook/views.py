"""The rulebook on a day, two days compared, one paragraph, and what is not in the rules yet."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core import clock
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Reader, transaction
from intranet.decisions.reviews import queries as reviews
from intranet.rulebook import (
    comparison_queries,
    outstanding_queries,
    paragraph_queries,
    policy,
    queries,
    service,
)
from intranet.rulebook.forms import day_of
from intranet.web import again, citations, differences, links, messages, pdf, signed_in, trials
from intranet.wiki import queries as wiki
from intranet.wiki.corrections import queries as corrections

blueprint = Blueprint("rulebook", __name__)


def today(reader: Reader) -> date:
    """The day it is for the cooperative, without asking the database."""
    return clock.local_day(reader.now, signed_in.cooperative().zone)


@blueprint.get("/rulebook")
@again.same_all_day
def show() -> str:
    """All rules on a day, by default today, as one document."""
    return _book(paper=False)


@blueprint.get("/rulebook.pdf")
def as_pdf() -> ResponseReturnValue:
    """The same document as a PDF file that bears its day."""
    document = _book(paper=True)
    asked = day_of(request.args.get("on")) or today(signed_in.reader())
    if pdf.is_too_long(document):
        words = _("This is too long for a PDF file: print the document.")
        flash(words, "warning")
        return redirect(url_for("rulebook.show", on=asked.isoformat()), 303)
    return pdf.download(f"rulebook-{asked.isoformat()}.pdf", document)


def _book(*, paper: bool) -> str:
    reader = signed_in.reader()
    typed, day = request.args.get("on", ""), today(reader)
    asked = day_of(typed)
    book = queries.rulebook(reader, asked or day)
    citations.prepare(reader, book.texts)
    return render_template(
        "rulebook/show.html",
        book=book,
        today=day,
        trials=reviews.trials(reader, book.decision_numbers, asked or day),
        trial_words=trials.words,
        misread=typed if typed and not asked else "",
        label=messages.label,
        amend=links.amendment,
        paper=paper,
        has_pdf=pdf.is_available(),
    )


@blueprint.get("/rulebook/digests.txt")
def digests() -> Response:
    """The digests of the texts of a day, one a line, from which the digest of the whole is made."""
    reader = signed_in.reader()
    book = queries.rulebook(reader, day_of(request.args.get("on")) or today(reader))
    return Response(book.manifest, mimetype="text/plain")


@blueprint.get("/rulebook/comparison")
@again.same_all_day
def comparison() -> str:
    """What changed in the rules between two days; by default, in the year before today."""
    reader = signed_in.reader()
    day = today(reader)
    until = day_of(request.args.get("to")) or day
    since = day_of(request.args.get("from")) or _a_year_before(until)
    found = comparison_queries.comparison(reader, since, until)
    return render_template(
        "rulebook/comparison.html",
        found=found,
        shown=lambda paragraph: differences.of_changes([paragraph.change]),
        label=messages.label,
    )


def _a_year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


@blueprint.get("/wiki/<slug>/paragraphs/<block_id>")
@again.same_all_day
def paragraph(slug: str, block_id: str) -> ResponseReturnValue:
    """One paragraph of a rule: where it comes from, all its wordings, and what was refused."""
    reader = signed_in.reader()
    try:
        found = paragraph_queries.paragraph(reader, slug, block_id)
    except NotFound:
        present = paragraph_queries.present_address(reader, slug)
        if present is None:
            raise
        return redirect(url_for("rulebook.paragraph", slug=present, block_id=block_id), 301)
    return render_template(
        "rulebook/paragraph.html",
        found=found,
        corrected=corrections.of_blocks(reader, found.page.id, [block_id]),
        between=differences.between,
        of_changes=differences.of_changes,
        amend_url=links.amendment(found.page.slug, block_id),
        label=messages.label,
    )


@blueprint.get("/rulebook/outstanding")
@again.same_all_day
def outstanding() -> str:
    """What was adopted and is not in the rules yet."""
    return _outstanding({}, {})


def _outstanding(typed: dict[str, str], errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    return render_template(
        "rulebook/outstanding.html",
        found=outstanding_queries.outstanding(reader),
        rules=wiki.rules(reader),
        may_note=policy.may_note_debt(reader),
        typed=typed,
        errors=errors,
    )


@blueprint.post("/rulebook/outstanding")
def note() -> ResponseReturnValue:
    """Note that a decision is not in the rules yet, or that nothing of it is left to write."""
    names = ("number", "rule", "because")
    typed = {name: request.form.get(name, "").strip() for name in names}
    settles = request.form.get("wish") == "settle"
    try:
        with transaction(signed_in.actor_id()) as tx:
            if settles:
                service.settle_debt(tx, typed["number"], typed["because"])
            else:
                service.note_debt(tx, typed["number"], typed["rule"], typed["because"])
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        return _outstanding({**typed, "wish": "settle" if settles else "note"}, errors), 422
    said = _("Noted: it leaves the list.") if settles else _("Noted: it stands in the list.")
    flash(said, "success")
    return redirect(url_for("rulebook.outstanding"), 303)
