"""The forms by which a proposal is written: a first wording, and the next ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid
from intranet.core.text import whole_number
from intranet.core.transaction import transaction
from intranet.members.status_queries import people_here
from intranet.proposals import editing, queries, service
from intranet.proposals.forms import ProposalForm
from intranet.proposals.outlines.sections import answers_of
from intranet.proposals.queries import ProposalCard
from intranet.proposals.readiness import CHOICE
from intranet.proposals.typing import queries as typing
from intranet.proposals.typing import service as typing_service
from intranet.proposals.views import blueprint
from intranet.proposals.writing.outlining import outlined
from intranet.search.similar_queries import similar
from intranet.web import messages, reviewed, signed_in
from intranet.web.outlines import shipped

__all__ = ["blueprint"]


@blueprint.get("/new")
def create() -> str:
    """The form of a new proposal; on a page to make a rule, on a rule or one of its paragraphs."""
    desk, again = _new_desk(request.args), _again_of(request.args)
    review = reviewed.review_named(request.args)
    if not review:
        desk = outlined(signed_in.reader(), shipped(), desk, request.args, again)
    form = editing.blank(desk)
    if desk.page:
        form.values["title"] = _("Adopt the page “%(title)s” as a rule", title=desk.page.title)
    if desk.outline and not desk.rule and not desk.page:
        form.values["text"] = desk.outline.text
    if again:
        form.values |= editing.taken_up(again)
    if review:
        form.values |= reviewed.begun(review)
    form.answers = tuple(one.text for one in desk.sections)
    return _form(desk, form, typed=_left(form, desk, _place()))


def _place() -> str:
    """The address of the form, under which what is typed in it is kept: without the outline, so
    that another one can be chosen without losing a word."""
    if "place" in request.form:
        return request.form["place"]
    asked: dict[str, Any] = {
        name: value for name, value in request.args.items() if name != "outline"
    }
    return url_for(request.endpoint or "", **(request.view_args or {}), **asked)


def _left(form: ProposalForm, desk: editing.Desk, place: str) -> typing.Typed | None:
    """What the person left in this form, put back into it; told when the rule changed meanwhile."""
    typed = typing.typed(signed_in.reader(), place)
    if typed is None:
        return None
    form.values |= {name: said for name, said in typed.fields.items() if name in form.values}
    form.answers = answers_of(typed.fields)
    base, about = typed.fields.get("base_revision", ""), desk.rule or desk.page
    if about is not None and base != str(about.revision_id):
        form.errors = {"": _changed_meanwhile(desk)}
    return typed


def _form(
    desk: editing.Desk,
    form: ProposalForm,
    *,
    typed: typing.Typed | None = None,
) -> str:
    found = None
    if request.form.get("then") == "look":
        found = similar(signed_in.reader(), form.values["title"])
    return render_template(
        "proposals/edit.html",
        desk=desk,
        people=people_here(signed_in.reader(), desk.today),
        form=form,
        again=_again_of(request.values),
        review=reviewed.review_named(request.values),
        typed=typed,
        place=_place(),
        similar=found,
    )


def _again_of(asked: Mapping[str, str]) -> ProposalCard | None:
    """The ended proposal that a new one takes up, if the address or the form names one."""
    number = whole_number(asked.get("again", ""))
    return None if number is None else queries.proposal(signed_in.reader(), number)


def _new_desk(asked: Mapping[str, str]) -> editing.Desk:
    reader, slug = signed_in.reader(), asked.get("page")
    if asked.get("kind") == CHOICE:
        return editing.choice_desk(reader)
    if slug and asked.get("as") == "rule":
        return editing.adoption_desk(reader, slug)
    return editing.new_desk(reader, slug, asked.get("block"), after=asked.get("place") == "after")


def _posted_desk(again: ProposalCard | None) -> editing.Desk:
    """The desk that the form was made for, with the questions that it asked."""
    asked = request.form if "outline" in request.form else {**request.form, "outline": "none"}
    asked = {**asked, "place": request.form.get("at", "")}
    return outlined(signed_in.reader(), shipped(), _new_desk(asked), asked, again)


@blueprint.post("/")
def draft() -> ResponseReturnValue:
    """Keep a draft, or submit it at once when the person asked for that."""
    form, again = ProposalForm.from_request(request.form), _again_of(request.form)
    desk, review = _posted_desk(again), reviewed.review_named(request.form)
    if request.form.get("then") == "look":
        return _form(desk, form)
    if _is_stale(desk, form):
        return _form(desk, form), 409
    try:
        new = replace(
            editing.new_proposal(desk, form),
            after_id=again.id if again else None,
            review_id=review.id if review else None,
        )
        with transaction(signed_in.actor_id()) as tx:
            proposal_id = service.draft(tx, new)
            typing_service.forget(tx, _place())
            if request.form.get("then") == "submit":
                service.submit(tx, proposal_id)
    except Invalid as problem:
        return _refused(desk, form, problem)
    flash(_("Your proposal is saved."), "success")
    return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)


def _changed_meanwhile(desk: editing.Desk) -> str:
    if desk.page:
        return messages.conflict(Conflict("proposals.page_changed"))
    return messages.conflict(Conflict("proposals.rule_changed"))


def _is_stale(desk: editing.Desk, form: ProposalForm) -> bool:
    """Whether the rule or page changed since the form was opened; the form then says so."""
    base = request.form.get("base_revision", type=int)
    block = request.form.get("block") or None
    about = desk.rule or desk.page
    if about is None or (base == about.revision_id and block == desk.block_id):
        return False
    form.errors = {"": _changed_meanwhile(desk)}
    return True


def _refused(desk: editing.Desk, form: ProposalForm, problem: Invalid) -> ResponseReturnValue:
    form.errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
    return _form(desk, form), 422


@blueprint.get("/<int:proposal_id>/edit")
def edit(proposal_id: int) -> str:
    """The form of a new wording."""
    desk = _desk_of(proposal_id, whole="whole" in request.args)
    form = editing.filled(desk)
    form.answers = tuple(one.text for one in desk.sections)
    return _form(desk, form, typed=_left(form, desk, _place()))


def _desk_of(proposal_id: int, *, whole: bool) -> editing.Desk:
    reader = signed_in.reader()
    return outlined(reader, shipped(), editing.desk_of(reader, proposal_id, whole), {})


@blueprint.post("/<int:proposal_id>/versions")
def reword(proposal_id: int) -> ResponseReturnValue:
    """Write a new wording."""
    form = ProposalForm.from_request(request.form)
    desk = _desk_of(proposal_id, whole="whole" in request.form)
    base = request.form.get("base_number", type=int) or 0
    if request.form.get("then") == "look":
        return _form(desk, form)
    if _is_stale(desk, form):
        return _form(desk, form), 409
    try:
        wording, audience = editing.wording(desk, form), editing.audience_of(form)
        procedure = form.values["procedure"] or None
        with transaction(signed_in.actor_id()) as tx:
            service.reword(tx, proposal_id, wording, base, procedure, audience or None)
            typing_service.forget(tx, _place())
            if request.form.get("then") == "submit":
                service.submit(tx, proposal_id)
    except Invalid as problem:
        return _refused(desk, form, problem)
    except Conflict as conflict:
        form.errors = {"": messages.conflict(conflict)}
        return _form(desk, form), 409
    flash(_("The new wording is saved."), "success")
    return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)
