"""Pages on which one suggests a change, and on which it is answered."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from intranet.core.policy import Conflict, Invalid, Refused
from intranet.core.transaction import transaction
from intranet.web import differences, messages, signed_in
from intranet.wiki import history, reading
from intranet.wiki.forms import TextForm
from intranet.wiki.offers import policy, queries, service
from intranet.wiki.rendering import render_text
from intranet.wiki.views import refusal, today

blueprint = Blueprint("page_offers", __name__, url_prefix="/wiki")


def _words(problem: Invalid) -> dict[str, str]:
    return {name: messages.field_error(code) for name, code in problem.errors.items()}


@blueprint.get("/<slug>/suggestions")
def index(slug: str) -> str:
    """The changes suggested to a page, and what became of them."""
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    return render_template(
        "wiki/offers/index.html",
        page=page,
        offers=queries.offers_on(reader, page.id),
        offer_refusal=refusal(policy.may_offer(reader, page)),
        label=messages.label,
    )


@blueprint.get("/<slug>/suggestions/new")
def create(slug: str) -> str:
    """The form that suggests another text."""
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    verdict = policy.may_offer(reader, page)
    if not verdict:
        raise Refused(verdict)
    base = history.edit_base(reader, slug)
    return _form(slug, TextForm(base.source, base.revision_id))


def _form(slug: str, form: TextForm) -> str:
    reader = signed_in.reader()
    base = history.edit_base(reader, slug, form.base or None)
    shown = render_text(reader, form.text) if form.wish == "preview" else ""
    return render_template(
        "wiki/offers/edit.html",
        page=base.page,
        form=form,
        preview=Markup(shown),  # noqa: S704
        changes=differences.between(base.source, form.text) if form.wish == "changes" else None,
    )


@blueprint.post("/<slug>/suggestions")
def add(slug: str) -> ResponseReturnValue:
    """Suggest a text, or show it first: as it will look, or what it changes."""
    form = TextForm.from_request(request.form)
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    if form.wish != "save":
        return _form(slug, form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            offer_id = service.offer_change(tx, page.id, form.change(form.text))
    except Invalid as problem:
        form.errors = _words(problem)
        return _form(slug, form), 422
    flash(_("Thank you: those who write this page will answer your suggestion."), "success")
    return _to(offer_id)


def _to(offer_id: int) -> ResponseReturnValue:
    return redirect(url_for("page_offers.show", offer_id=offer_id), 303)


@blueprint.get("/suggestions/<int:offer_id>")
def show(offer_id: int) -> str:
    """A suggestion: what it changes, and the answer."""
    return _show(offer_id, {})


def _show(offer_id: int, errors: dict[str, str]) -> str:
    found = queries.offer_page(signed_in.reader(), offer_id)
    return render_template(
        "wiki/offers/show.html",
        found=found,
        changes=differences.between(found.before, found.after),
        answer_refusal=refusal(found.answer),
        errors=errors,
        label=messages.label,
    )


@blueprint.post("/suggestions/<int:offer_id>/acceptance")
def accept(offer_id: int) -> ResponseReturnValue:
    """Put the change into the page."""
    slug = queries.offer_page(signed_in.reader(), offer_id).card.slug
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.accept_offer(tx, offer_id)
    except Conflict as conflict:
        flash(messages.conflict(conflict), "error")
        return _to(offer_id)
    flash(_("The change is in the page, under the name of whoever suggested it."), "success")
    return redirect(url_for("wiki.show", slug=slug), 303)


@blueprint.post("/suggestions/<int:offer_id>/refusal")
def decline(offer_id: int) -> ResponseReturnValue:
    """Decline the change, for a reason."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.decline_offer(tx, offer_id, request.form.get("reason", ""))
    except Invalid as problem:
        return _show(offer_id, _words(problem)), 422
    flash(_("Your answer is written down beside the suggestion."), "success")
    return _to(offer_id)


@blueprint.post("/suggestions/<int:offer_id>/withdrawal")
def withdraw(offer_id: int) -> ResponseReturnValue:
    """Take one's own suggestion back."""
    with transaction(signed_in.actor_id()) as tx:
        service.withdraw_offer(tx, offer_id)
    flash(_("Your suggestion is taken back; it stays readable."), "success")
    return _to(offer_id)
