"""The pages of the way in: the list, one dossier, its forms."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from intranet.core.markdown import render
from intranet.core.markdown_links import NoLinks
from intranet.core.policy import Conflict, Invalid
from intranet.core.text import whole_number
from intranet.core.transaction import Transaction, transaction
from intranet.members import queries as members
from intranet.membership.integration import policy, queries, service
from intranet.membership.integration.forms import DossierForm, day
from intranet.membership.integration.queries import DossierPage
from intranet.web import language, messages, signed_in

blueprint = Blueprint("integration", __name__, url_prefix="/integration")


def usual_steps() -> list[str]:
    """The steps that a new dossier has until the members write their own."""
    return [
        _("Meet the team"),
        _("Take part in a first project"),
        _("Come to the weekly meetings"),
        _("Talk together after six months"),
        _("Ask to become a member"),
    ]


def _messages(wrong: Invalid) -> dict[str, str]:
    return {name: messages.field_error(code) for name, code in wrong.errors.items()}


@blueprint.get("")
def index() -> str:
    """Those on their way in, and the requests that ended; for a sympathiser, their own."""
    reader = signed_in.reader()
    lines = queries.dossiers(reader)
    return render_template(
        "integration/index.html",
        current=[line for line in lines if not line.outcome],
        ended=[line for line in lines if line.outcome],
        candidates=queries.candidates(reader),
        may_change_steps=bool(policy.may_change_steps(reader)),
        is_wide=bool(policy.may_see_dossiers(reader)),
    )


@blueprint.get("/new")
def create() -> str:
    """The form of a new dossier."""
    asked = {"person": request.args.get("person", "")}
    return _new(DossierForm.from_request(asked))


@blueprint.post("")
def begin() -> ResponseReturnValue:
    """Open a dossier."""
    form = DossierForm.from_request(request.form)
    try:
        chosen = whole_number(form.values["person"])
        if chosen is None:
            raise Invalid(person="integration.person_missing")
        with transaction(signed_in.actor_id()) as tx:
            number = service.open_dossier(tx, chosen, form.said(), usual_steps())
    except Invalid as wrong:
        form.errors = _messages(wrong)
        return _new(form), 422
    except Conflict as conflict:
        form.errors = {"person": messages.conflict(conflict)}
        return _new(form), 409
    flash(_("The dossier is open."), "success")
    return redirect(url_for("integration.show", dossier_id=number), 303)


def _new(form: DossierForm) -> str:
    return _form(form, None, queries.candidates(signed_in.reader()))


def _form(
    form: DossierForm, page: DossierPage | None, people: list[tuple[int, str]] | None = None
) -> str:
    wishes = [one for one in service.WISHES if _is_open(one)]
    return render_template(
        "integration/edit.html",
        form=form,
        page=page,
        people=[(str(number), name) for number, name in people or []],
        wishes=[(one.value, messages.label(f"status.{one}").capitalize()) for one in wishes],
    )


def _is_open(status: str) -> bool:
    return status != "member_external" or signed_in.cooperative().external_members


@blueprint.get("/<int:dossier_id>")
def show(dossier_id: int) -> str:
    """One dossier; the discussion is shown to everybody who may see it but its person."""
    return _show(dossier_id, {})


def _show(dossier_id: int, errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    page = queries.dossier(reader, dossier_id)
    return render_template(
        "integration/show.html",
        page=page,
        words_html=_html(page.words),
        outcome_html=_html(page.outcome_words),
        today=members.today(reader),
        errors=errors,
        typed=request.form,
        safe=Markup,
    )


def _html(words: str) -> Markup:
    # The renderer's last step is an allow-list of elements and attributes.
    return Markup(render(words, NoLinks(), language=language.locale(), first_level=3).html)  # noqa: S704


@blueprint.get("/<int:dossier_id>/edit")
def edit(dossier_id: int) -> str:
    """The words of a dossier, to be written anew."""
    page = queries.dossier(signed_in.reader(), dossier_id)
    signed_in.allow(page.write)
    return _form(DossierForm.of(page), page)


@blueprint.post("/<int:dossier_id>/edit")
def update(dossier_id: int) -> ResponseReturnValue:
    """Keep the words of a dossier."""
    form = DossierForm.from_request(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.write_dossier(tx, dossier_id, form.said())
    except Invalid as wrong:
        form.errors = _messages(wrong)
        return _form(form, queries.dossier(signed_in.reader(), dossier_id)), 422
    flash(_("The dossier is saved."), "success")
    return redirect(url_for("integration.show", dossier_id=dossier_id), 303)


def _done(dossier_id: int, act: Callable[[Transaction], object], said: str) -> ResponseReturnValue:
    """Do something with a dossier, then show it; with what is wrong when it is."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            act(tx)
    except Invalid as wrong:
        return _show(dossier_id, _messages(wrong)), 422
    flash(said, "success")
    return redirect(url_for("integration.show", dossier_id=dossier_id), 303)


@blueprint.post("/<int:dossier_id>/sponsor")
def sponsor(dossier_id: int) -> ResponseReturnValue:
    """Name the member who goes along."""
    chosen = whole_number(request.form.get("sponsor", ""))
    return _done(
        dossier_id, lambda tx: service.name_sponsor(tx, dossier_id, chosen), _("It is saved.")
    )


@blueprint.post("/<int:dossier_id>/steps")
def add_step(dossier_id: int) -> ResponseReturnValue:
    """Add a step to one person's way."""
    what = request.form.get("what", "")

    def add(tx: Transaction) -> None:
        service.add_step(tx, dossier_id, what, day(request.form.get("due_on", ""), "due_on"))

    return _done(dossier_id, add, _("The step is added."))


@blueprint.post("/<int:dossier_id>/steps/<int:step_id>")
def date_step(dossier_id: int, step_id: int) -> ResponseReturnValue:
    """Say when a step is planned and was made, or take it out."""

    def change(tx: Transaction) -> None:
        if "remove" in request.form:
            service.remove_step(tx, dossier_id, step_id)
            return
        due, done = (day(request.form.get(name, ""), name) for name in ("due_on", "done_on"))
        service.date_step(tx, dossier_id, step_id, due, done)

    return _done(dossier_id, change, _("The steps are saved."))


@blueprint.post("/<int:dossier_id>/comments")
def discuss(dossier_id: int) -> ResponseReturnValue:
    """Say something that the person never reads."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    return _done(
        dossier_id,
        lambda tx: service.discuss(tx, dossier_id, text, language.locale()),
        _("Your comment is published."),
    )


@blueprint.post("/<int:dossier_id>/withdrawal")
def withdraw(dossier_id: int) -> ResponseReturnValue:
    """End one's own request."""
    return _done(
        dossier_id, lambda tx: service.withdraw(tx, dossier_id), _("Your request is withdrawn.")
    )


@blueprint.post("/<int:dossier_id>/refusal")
def refuse(dossier_id: int) -> ResponseReturnValue:
    """Write down a refusal, in words and with its decision."""
    words, number = request.form.get("words", ""), request.form.get("decision_number", "")
    return _done(
        dossier_id,
        lambda tx: service.refuse(tx, dossier_id, words.replace("\r\n", "\n"), number),
        _("The refusal is written down. The request may be made again."),
    )


@blueprint.get("/steps")
def steps() -> str:
    """The steps with which new dossiers begin."""
    written = queries.template(signed_in.reader())
    return render_template(
        "integration/steps.html",
        steps="\n".join(usual_steps()) if written is None else written,
        errors={},
    )


@blueprint.post("/steps")
def write_steps() -> ResponseReturnValue:
    """Keep the steps with which new dossiers begin."""
    typed = request.form.get("steps", "").replace("\r\n", "\n")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.write_template(tx, typed)
    except Invalid as wrong:
        return render_template("integration/steps.html", steps=typed, errors=_messages(wrong)), 422
    flash(_("The steps are saved."), "success")
    return redirect(url_for("integration.index"), 303)
