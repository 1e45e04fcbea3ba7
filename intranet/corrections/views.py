"""The list of corrections of rules, the form to mend a slip, and the one to put the words back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import transaction
from intranet.corrections import service
from intranet.corrections.policy import (
    REVOCABLE_FOR,
    may_correct_rules,
    may_revoke_correction,
)
from intranet.web import messages, signed_in
from intranet.wiki import rules
from intranet.wiki.corrections import queries
from intranet.wiki.corrections.models import Mended

blueprint = Blueprint("corrections", __name__, url_prefix="/corrections")


@blueprint.get("")
def index() -> str:
    """Every correction of a rule that this person may read, with the words before and after."""
    return _list()


def _list(errors: dict[int, str] | None = None) -> str:
    reader = signed_in.reader()
    found = queries.corrections(reader)
    may = {
        one.id: may_revoke_correction(reader, queries.correction_known(reader, one.id))
        for one in found
        if one.revoked_at is None and one.at + REVOCABLE_FOR > reader.now
    }
    return render_template(
        "corrections/index.html",
        corrections=found,
        may=may,
        errors=errors or {},
    )


@blueprint.get("/new")
def create() -> str:
    """The paragraphs of a rule to choose from, or the form for one of them."""
    reader = signed_in.reader_who(may_correct_rules)
    rule = rules.rule_text_of(reader, request.args.get("page", ""))
    return _form(rule, request.args.get("block", ""), {}, "", "")


def _form(
    rule: rules.RuleText, block_id: str, errors: dict[str, str], new_text: str, reason: str
) -> str:
    block = rule.block(block_id)
    if block_id and block is None:
        raise NotFound
    return render_template(
        "corrections/new.html",
        rule=rule,
        block=block,
        new_text=new_text or (block.text if block else ""),
        reason=reason,
        errors=errors,
    )


@blueprint.post("")
def correct() -> ResponseReturnValue:
    """Mend a slip of writing."""
    reader = signed_in.reader_who(may_correct_rules)
    rule = rules.rule_text_of(reader, request.form.get("page", ""))
    block_id, reason = request.form.get("block", ""), request.form.get("reason", "")
    old_text, new_text = (
        request.form.get(name, "").replace("\r\n", "\n") for name in ("old_text", "new_text")
    )
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.correct_rule(tx, Mended(rule.page_id, block_id, old_text, new_text), reason)
    except Invalid as problem:
        errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        return _form(rule, block_id, errors, new_text, reason), 422
    except Conflict as conflict:
        return _form(rule, block_id, {"": messages.conflict(conflict)}, new_text, reason), 409
    flash(_("The slip is mended; the list of corrections tells everybody."), "success")
    return redirect(url_for("wiki.show", slug=rule.slug), 303)


@blueprint.post("/<int:correction_id>/end")
def revoke(correction_id: int) -> ResponseReturnValue:
    """Put the words back."""
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.revoke_correction(tx, correction_id, request.form.get("because", ""))
    except Invalid as problem:
        return _list({correction_id: messages.field_error(problem.errors["because"])}), 422
    except Conflict as conflict:
        return _list({correction_id: messages.conflict(conflict)}), 409
    flash(_("The words are as they were before the correction."), "success")
    return redirect(url_for("corrections.index"), 303)
