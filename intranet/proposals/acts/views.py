"""The forms of acts: mandates, elections, statuses, repeals, new rules, several rules at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.text import whole_number
from intranet.core.transaction import transaction
from intranet.members.statuses import Audience
from intranet.proposals import queries, service
from intranet.proposals.acts import filling
from intranet.proposals.acts.desk import ActDesk, act_of, new_act
from intranet.proposals.acts.forms import wording
from intranet.proposals.acts.typed import ActForm
from intranet.proposals.models import OF_SEVERAL
from intranet.proposals.queries import ProposalCard
from intranet.proposals.service import NewProposal
from intranet.proposals.typing import queries as typing
from intranet.proposals.typing import service as typing_service
from intranet.proposals.writing.outlining import asked_sections, with_hints
from intranet.search.similar_queries import similar
from intranet.web import messages, reviewed, signed_in
from intranet.web.outlines import shipped

blueprint = Blueprint("acts", __name__, url_prefix="/proposals/acts")
_FEWEST_RULES = {OF_SEVERAL: 2, "reorder": 1}
_ABOUT_ONE_RULE = ("repeal", "reorder")


@blueprint.get("/<kind>/new")
def create(kind: str) -> str:
    """The form of a new act; for rules, after they were chosen."""
    reader = signed_in.reader()
    desk = _asked(new_act(reader, kind, request.args.getlist("page")), request.args)
    if len(desk.rules) < _FEWEST_RULES.get(kind, 0):
        return render_template("acts/rules.html", desk=desk)
    form = ActForm.blank(desk)
    _begin(form, request.args)
    return _form(desk, form, typed=_left(desk, form))


def _begin(form: ActForm, asked: Mapping[str, str]) -> None:
    """What the address says already: a decision to repeal, a place for a rule, a proposal again."""
    for name in ("number", "parent", "person", "status", "mandate", "act"):
        form.values[name] = asked.get(name, form.values[name])
    again = _again_of(asked)
    if again:
        told = again.version
        form.values |= {"title": told.title, "motivation": told.motivation}
        form.values["audience"] = again.audience
    review = reviewed.review_named(asked)
    if review:
        begun = reviewed.begun(review)
        form.values |= {"title": begun["title"], "motivation": begun["motivation"]}
        form.values["number"] = review.number


def _again_of(asked: Mapping[str, str]) -> ProposalCard | None:
    number = whole_number(asked.get("again", ""))
    return None if number is None else queries.proposal(signed_in.reader(), number)


def _asked(desk: ActDesk, asked: Mapping[str, str]) -> ActDesk:
    """The desk with the questions of its outline, or those that its wording answers."""
    reader, again = signed_in.reader(), _again_of(asked)
    written = desk.proposal or again
    if written is not None:
        return replace(desk, sections=with_hints(reader, shipped(), written.version.reasons))
    if "review" in asked:
        return desk
    outline, offered = asked_sections(reader, shipped(), asked)
    sections = outline.sections if outline else ()
    return replace(desk, sections=sections, outline=outline, outlines=offered)


def _place() -> str:
    if "place" in request.form:
        return request.form["place"]
    asked: dict[str, Any] = {
        name: values for name, values in request.args.lists() if name not in ("outline", "again")
    }
    return url_for(request.endpoint or "", **(request.view_args or {}), **asked)


def _left(desk: ActDesk, form: ActForm) -> typing.Typed | None:
    """What the person left in this form, put back into it."""
    typed = typing.typed(signed_in.reader(), _place())
    if typed is None:
        return None
    fields = MultiDict(typed.fields)
    fields.setlist("candidates", typed.fields.get("candidates", "").split("\n"))
    back = ActForm.from_request(fields)
    form.values, form.candidates, form.answers = back.values, back.candidates, back.answers
    form.texts |= back.texts
    if _moved(desk, typed.fields):
        form.errors = {"": messages.conflict(Conflict("proposals.rule_changed"))}
    return typed


def _moved(desk: ActDesk, fields: Mapping[str, str]) -> bool:
    """Whether a rule changed since the form was made."""
    return any(
        fields.get(f"base-{rule.page_id}", "") != str(rule.revision_id) for rule in desk.rules
    )


def _form(desk: ActDesk, form: ActForm, *, typed: typing.Typed | None = None) -> str:
    found = None
    if request.form.get("then") == "look":
        found = similar(signed_in.reader(), form.values["title"])
    return render_template(
        "acts/edit.html",
        desk=desk,
        form=form,
        typed=typed,
        place=_place(),
        similar=found,
        again=_again_of(request.values),
        review=reviewed.review_named(request.values),
        readers=list(Audience),
    )


@blueprint.post("/<kind>")
def draft(kind: str) -> ResponseReturnValue:
    """Keep a draft, or submit it at once when the person asked for that."""
    pages = request.form.getlist("page")
    if (kind in _ABOUT_ONE_RULE and len(pages) > 1) or (kind == "reorder" and not pages):
        raise NotFound
    desk = new_act(signed_in.reader(), kind, pages)
    desk = _asked(desk, request.form if "outline" in request.form else {"outline": "none"})
    form, again = ActForm.from_request(request.form), _again_of(request.form)
    review = reviewed.review_named(request.form)
    if (shown := _shown_again(desk, form)) is not None:
        return shown
    try:
        about = desk.rules[0] if kind in _ABOUT_ONE_RULE and desk.rules else None
        new = NewProposal(
            kind=kind,
            wording=wording(desk, form),
            procedure_key=form.values["procedure"],
            page_id=about.page_id if about else None,
            audience=_audience(form),
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


def _audience(form: ActForm) -> str:
    if form.values["audience"] not in set(Audience):
        raise Invalid(audience="audience_unknown")
    return form.values["audience"]


def _shown_again(desk: ActDesk, form: ActForm) -> ResponseReturnValue | None:
    """The form once more: somebody looks for what resembles it, or a rule changed meanwhile."""
    if request.form.get("then") == "look":
        return _form(desk, form)
    if _moved(desk, request.form):
        form.errors = {"": messages.conflict(Conflict("proposals.rule_changed"))}
        return _form(desk, form), 409
    return None


def _refused(desk: ActDesk, form: ActForm, problem: Invalid) -> ResponseReturnValue:
    shown_at = {"link_number": "number"}
    form.errors = {
        shown_at.get(name, name): messages.field_error(code)
        for name, code in problem.errors.items()
    }
    return _form(desk, form), 422


@blueprint.get("/<int:proposal_id>/edit")
def edit(proposal_id: int) -> str:
    """The form of a new wording."""
    desk = _asked(act_of(signed_in.reader(), proposal_id), {})
    form = filling.filled(desk)
    return _form(desk, form, typed=_left(desk, form))


@blueprint.post("/<int:proposal_id>")
def reword(proposal_id: int) -> ResponseReturnValue:
    """Write a new wording."""
    desk = _asked(act_of(signed_in.reader(), proposal_id), {})
    form = ActForm.from_request(request.form)
    if (shown := _shown_again(desk, form)) is not None:
        return shown
    base = request.form.get("base_number", type=int) or 0
    try:
        said, audience = wording(desk, form), _audience(form)
        with transaction(signed_in.actor_id()) as tx:
            procedure = form.values["procedure"] or None
            service.reword(tx, proposal_id, said, base, procedure, audience)
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
