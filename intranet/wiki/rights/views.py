"""The page on which one chooses who reads and writes a page, who keeps it, and until when."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid
from intranet.core.transaction import Reader, transaction
from intranet.members.audience_queries import LIST
from intranet.web import messages, readers, signed_in
from intranet.wiki import policy, queries, reading
from intranet.wiki.forms import number_of
from intranet.wiki.reading import PageView
from intranet.wiki.rights import service
from intranet.wiki.rights.forms import ABOVE, EVERYBODY, RightsForm
from intranet.wiki.rights.queries import RightsPage, rights_page
from intranet.wiki.rights.service import SOME_PEOPLE
from intranet.wiki.states import service as states
from intranet.wiki.views import refusal, today

blueprint = Blueprint("page_rights", __name__, url_prefix="/wiki")


def _id(slug: str) -> int:
    return queries.page_card(signed_in.reader(), slug).id


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("page_rights.show", slug=slug), 303)


@blueprint.get("/<slug>/rights")
def show(slug: str) -> str:
    """Who reads and writes a page, who looks after it, and what protects it."""
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    found = rights_page(reader, page)
    form = RightsForm(
        ABOVE if not page.has_own_rights and found.above else _chosen(page.audience),
        _chosen(page.writers) or EVERYBODY,
        found.reading,
        found.writing,
    )
    return _shown(reader, page, found, form)


def _chosen(audience: str) -> str:
    return SOME_PEOPLE if audience.startswith(LIST) else audience


def _shown(reader: Reader, page: PageView, found: RightsPage, form: RightsForm) -> str:
    above = found.above
    words = readers.words(reader, above.audience) if above else ""
    some = (SOME_PEOPLE, _("only people ticked below, and me"))
    return render_template(
        "wiki/rights.html",
        page=page,
        found=found,
        form=form,
        above=[(ABOVE, _("as the page above: %(who)s", who=words))] if above else [],
        choices=[*readers.choices(reader), some],
        narrow=[*readers.choices(reader, narrow=True), some],
        everybody=EVERYBODY,
        said=readers.words(reader, page.audience),
        said_writers=readers.words(reader, page.writers),
        read_refusal=refusal(policy.may_set_audience(reader, page, page.audience)),
        keep_refusal=refusal(policy.may_keep_page(reader, page)),
        work_refusal=refusal(policy.may_revise(reader, page)),
        protect_refusal=refusal(policy.may_protect(reader, page)),
    )


def _again(slug: str, problem: Invalid) -> ResponseReturnValue:
    """The same page with what was chosen, and what is wrong with it."""
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    form = RightsForm.from_request(request.form)
    form.errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
    return _shown(reader, page, rights_page(reader, page), form), 422


@blueprint.post("/<slug>/rights")
def choose(slug: str) -> ResponseReturnValue:
    """Choose readers and writers of a page and of what follows it below."""
    page_id, form = _id(slug), RightsForm.from_request(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.set_rights(tx, page_id, form.rights())
    except Invalid as problem:
        return _again(slug, problem)
    flash(_("The choice is saved, for this page and what follows it below."), "success")
    return _back(slug)


@blueprint.post("/<slug>/publication")
def publish(slug: str) -> ResponseReturnValue:
    """Let a draft be read by those it is for."""
    page_id, form = _id(slug), RightsForm.from_request(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            states.publish_page(tx, page_id, form.rights())
    except Invalid as problem:
        return _again(slug, problem)
    flash(_("The page is published."), "success")
    return redirect(url_for("wiki.show", slug=slug), 303)


@blueprint.post("/<slug>/working")
def call_working(slug: str) -> ResponseReturnValue:
    """Say that the text is still being written together, or that it is finished."""
    page_id, is_working = _id(slug), request.form.get("wanted") == "1"
    with transaction(signed_in.actor_id()) as tx:
        states.call_working(tx, page_id, is_working)
    flash(_("The choice is saved."), "success")
    return redirect(url_for("wiki.show", slug=slug), 303)


@blueprint.post("/<slug>/owner")
def name_owner(slug: str) -> ResponseReturnValue:
    """Say who looks after the page."""
    page_id = _id(slug)
    try:
        with transaction(signed_in.actor_id()) as tx:
            states.name_owner(tx, page_id, number_of(request.form.get("owner")))
    except Invalid as problem:
        return _again(slug, problem)
    flash(_("The choice is saved."), "success")
    return _back(slug)


@blueprint.post("/<slug>/review")
def plan_review(slug: str) -> ResponseReturnValue:
    """Say when the page is to be looked at again."""
    page_id, typed = _id(slug), request.form.get("review_on", "")
    day = parse_date(typed) if typed else None
    try:
        if typed and day is None:
            raise Invalid(review_on="wiki.review_in_the_past")
        with transaction(signed_in.actor_id()) as tx:
            states.plan_review(tx, page_id, day)
    except Invalid as problem:
        return _again(slug, problem)
    flash(_("The choice is saved."), "success")
    return _back(slug)


@blueprint.post("/<slug>/protection")
def protect(slug: str) -> ResponseReturnValue:
    """Protect the page for a reason, or no longer."""
    page_id, reason = _id(slug), request.form.get("protection", "")
    try:
        if not reason.strip() and "end" not in request.form:
            raise Invalid(protection="wiki.reason_missing")
        with transaction(signed_in.actor_id()) as tx:
            states.protect_page(tx, page_id, "" if "end" in request.form else reason)
    except Invalid as problem:
        return _again(slug, problem)
    flash(_("The choice is saved."), "success")
    return _back(slug)
