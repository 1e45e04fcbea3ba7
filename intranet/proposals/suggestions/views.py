"""Pages of suggested changes: writing one, answering it, voting on those that compete."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid, Refused, Verdict
from intranet.core.transaction import transaction
from intranet.proposals import queries as proposals
from intranet.proposals.forms import instant
from intranet.proposals.suggestions import desks, queries, service
from intranet.proposals.suggestions.ballots import queries as ballot_queries
from intranet.proposals.suggestions.ballots import service as ballots
from intranet.proposals.suggestions.desks import SuggestionDesk
from intranet.proposals.suggestions.forms import SuggestionForm
from intranet.web import messages, signed_in

blueprint = Blueprint("suggestions", __name__, url_prefix="/proposals/<int:proposal_id>/amendments")


def _to(proposal_id: int, anchor: str = "amendments") -> ResponseReturnValue:
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor=anchor), 303)


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict)


def _in_words(problem: Invalid) -> dict[str, str]:
    return {name: messages.field_error(code) for name, code in problem.errors.items()}


@blueprint.get("/new")
def create(proposal_id: int) -> str:
    """The form of a new suggestion; first the choice of a paragraph, when there are several."""
    reader = signed_in.reader()
    _require(queries.suggested(reader, proposal_id).may_suggest)
    block = request.args.get("block", "")
    if not block:
        return render_template(
            "suggestions/choose.html",
            proposal_id=proposal_id,
            title=proposals.known(reader, proposal_id).title,
            desks=desks.desks(reader, proposal_id),
        )
    desk = desks.desk(reader, proposal_id, request.args.get("rule", type=int))
    return _form(desk, SuggestionForm.begun(desk, block))


def _form(desk: SuggestionDesk, form: SuggestionForm, number: int = 0) -> str:
    return render_template("suggestions/edit.html", desk=desk, form=form, number=number)


@blueprint.post("/")
def suggest(proposal_id: int) -> ResponseReturnValue:
    """Suggest a change."""
    return _written(proposal_id, 0)


@blueprint.get("/<int:number>/edit")
def edit(proposal_id: int, number: int) -> str:
    """The form to write a suggestion anew."""
    reader = signed_in.reader()
    card = queries.suggested(reader, proposal_id).card(number)
    _require(card.may.rewrite)
    desk = desks.desk(reader, proposal_id, card.page_id)
    return _form(desk, SuggestionForm.again(desk, card), number)


@blueprint.post("/<int:number>")
def rewrite(proposal_id: int, number: int) -> ResponseReturnValue:
    """Write a suggestion anew."""
    return _written(proposal_id, number)


def _written(proposal_id: int, number: int) -> ResponseReturnValue:
    """Write a new suggestion, or this one anew; what was typed is never lost."""
    form = SuggestionForm.from_request(request.form)
    page_id = request.form.get("rule", type=int)
    desk = desks.desk(signed_in.reader(), proposal_id, page_id)
    base = request.form.get("base_number", type=int) or 0
    try:
        suggested = form.suggested(desk, base)
        with transaction(signed_in.actor_id()) as tx:
            if number:
                service.rewrite(tx, proposal_id, number, suggested)
            else:
                number = service.suggest(tx, proposal_id, suggested)
    except Invalid as problem:
        form.errors = _in_words(problem)
        return _form(desk, form, number), 422
    except Conflict as conflict:
        form.errors = {"": messages.conflict(conflict)}
        return _form(desks.desk(signed_in.reader(), proposal_id, page_id), form, number), 409
    flash(_("Your amendment is there for all to read."), "success")
    return _to(proposal_id, f"amendment-{number}")


@blueprint.post("/<int:number>/acceptance")
def accept(proposal_id: int, number: int) -> ResponseReturnValue:
    """Take a suggestion into the text."""
    with transaction(signed_in.actor_id()) as tx:
        version = service.accept(tx, proposal_id, number)
    flash(_("The amendment is in the text: version %(number)s.", number=version), "success")
    return _to(proposal_id, f"amendment-{number}")


@blueprint.post("/<int:number>/refusal")
def decline(proposal_id: int, number: int) -> ResponseReturnValue:
    """Say why one does not take a suggestion up."""
    because = request.form.get("because", "").replace("\r\n", "\n")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.decline(tx, proposal_id, number, because)
    except Invalid as problem:
        card = queries.suggested(signed_in.reader(), proposal_id).card(number)
        page = render_template(
            "suggestions/decline.html",
            proposal_id=proposal_id,
            title=proposals.known(signed_in.reader(), proposal_id).title,
            card=card,
            error=_in_words(problem)["because"],
        )
        return page, 422
    flash(_("Your answer is there for all to read."), "success")
    return _to(proposal_id, f"amendment-{number}")


@blueprint.post("/<int:number>/withdrawal")
def withdraw(proposal_id: int, number: int) -> ResponseReturnValue:
    """Take one's suggestion back."""
    with transaction(signed_in.actor_id()) as tx:
        service.withdraw(tx, proposal_id, number)
    flash(_("Your amendment is withdrawn."), "success")
    return _to(proposal_id, f"amendment-{number}")


@blueprint.get("/<int:number>/vote")
def ask(proposal_id: int, number: int) -> str:
    """The form that puts a suggestion, and those that compete with it, to the vote."""
    reader = signed_in.reader()
    _require(queries.suggested(reader, proposal_id).card(number).may.put_to_vote)
    return _asking(proposal_id, number, {}, {})


def _asking(
    proposal_id: int, number: int, typed: Mapping[str, str], errors: Mapping[str, str]
) -> str:
    reader = signed_in.reader()
    told = queries.suggested(reader, proposal_id)
    return render_template(
        "suggestions/ask.html",
        proposal_id=proposal_id,
        title=proposals.known(reader, proposal_id).title,
        card=told.card(number),
        together=[told.card(one) for one in told.together(number)],
        asking=ballot_queries.asking(reader, proposal_id),
        typed=typed,
        errors=errors,
    )


@blueprint.post("/<int:number>/vote")
def put_to_vote(proposal_id: int, number: int) -> ResponseReturnValue:
    """Put suggestions to the vote."""
    cooperative = signed_in.cooperative()
    with force_locale(cooperative.locale):
        # The words are frozen with the ballot, in the language of the cooperative.
        words = _("Amendment %(number)s (%(name)s)", number="%(number)s", name="%(name)s")
        present = _("Keep the present text")
    try:
        asked = ballots.Asked(
            request.form.get("procedure", ""),
            instant(request.form, "closes_at", cooperative.zone),
            words,
            present,
        )
        with transaction(signed_in.actor_id()) as tx:
            ballot_id = ballots.put_to_vote(tx, proposal_id, number, asked)
    except Invalid as problem:
        return _asking(proposal_id, number, request.form, _in_words(problem)), 422
    except Conflict as conflict:
        return _asking(proposal_id, number, request.form, {"": messages.conflict(conflict)}), 409
    flash(_("The vote on the amendments is open."), "success")
    return _to_ballot(proposal_id, ballot_id)


@blueprint.get("/votes/<int:ballot_id>")
def ballot(proposal_id: int, ballot_id: int) -> str:
    """A vote among suggestions: the texts, the ballot or the result."""
    return _ballot(proposal_id, ballot_id, "")


def _ballot(proposal_id: int, ballot_id: int, error: str) -> str:
    reader = signed_in.reader()
    page = ballot_queries.ballot_page(reader, proposal_id, ballot_id)
    return render_template("suggestions/ballot.html", page=page, now=reader.now, error=error)


@blueprint.post("/votes/<int:ballot_id>/count")
def count(proposal_id: int, ballot_id: int) -> ResponseReturnValue:
    """Count now: the time is over, or everybody has voted."""
    with transaction(signed_in.actor_id()) as tx:
        ballot_queries.require(tx, proposal_id, ballot_id)
        ballots.count(tx, ballot_id)
    return _to_ballot(proposal_id, ballot_id)


@blueprint.post("/votes/<int:ballot_id>/end")
def call_off(proposal_id: int, ballot_id: int) -> ResponseReturnValue:
    """End a vote among suggestions without counting it."""
    because = request.form.get("because", "").replace("\r\n", "\n")
    try:
        with transaction(signed_in.actor_id()) as tx:
            ballot_queries.require(tx, proposal_id, ballot_id)
            ballots.call_off(tx, ballot_id, because)
    except Invalid as problem:
        return _ballot(proposal_id, ballot_id, _in_words(problem)["because"]), 422
    flash(_("The vote has ended without a result: the amendments wait again."), "success")
    return _to(proposal_id)


def _to_ballot(proposal_id: int, ballot_id: int) -> ResponseReturnValue:
    where = url_for("suggestions.ballot", proposal_id=proposal_id, ballot_id=ballot_id)
    return redirect(where, 303)
