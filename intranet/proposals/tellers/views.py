"""Tellers: taking words, giving them back, opening the box."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.proposals import queries
from intranet.proposals.tellers import service
from intranet.proposals.tellers.policy import may_give_words
from intranet.web import messages, signed_in

blueprint = Blueprint("tellers", __name__, url_prefix="/proposals/<int:proposal_id>/tellers")


def _to(proposal_id: int, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor=anchor), 303)


@blueprint.post("")
def become(proposal_id: int) -> ResponseReturnValue:
    """Become a teller, or take new words. The answer is the only place that ever shows them."""
    with transaction(signed_in.actor_id()) as tx:
        words = service.become_teller(tx, proposal_id)
    card = queries.proposal(signed_in.reader(), proposal_id)
    answer = make_response(render_template("tellers/words.html", proposal=card, words=words))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/leaving")
def leave(proposal_id: int) -> ResponseReturnValue:
    """Leave the place to somebody else."""
    with transaction(signed_in.actor_id()) as tx:
        service.stop_being_teller(tx, proposal_id)
    flash(_("You are no longer a teller of this vote."), "success")
    return _to(proposal_id, "tellers")


@blueprint.get("/words")
def give(proposal_id: int) -> str:
    """The form where a teller gives their words."""
    return _form(proposal_id, "", {})


def _form(proposal_id: int, typed: str, errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    card = queries.proposal(reader, proposal_id)
    verdict = may_give_words(reader, queries.known(reader, proposal_id))
    return render_template(
        "tellers/give.html", proposal=card, typed=typed, errors=errors, verdict=verdict
    )


@blueprint.post("/words")
def take(proposal_id: int) -> ResponseReturnValue:
    """Take a teller's words; the second teller's open the box."""
    typed = request.form.get("words", "")
    with transaction(signed_in.actor_id()) as tx:
        service.try_words(tx, proposal_id)
    try:
        with transaction(signed_in.actor_id()) as tx:
            is_counted = service.give_words(tx, proposal_id, typed)
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        answer = make_response(_form(proposal_id, typed, errors), 422)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    if is_counted:
        flash(_("The box is open and counted."), "success")
    else:
        flash(_("Your words are right. The box opens when another teller gives theirs."), "success")
    return _to(proposal_id, "vote")
