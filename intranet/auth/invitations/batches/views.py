"""The page to invite a list of people: first what would happen, then one confirmation."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from intranet.auth.invitations import examination, lists, service
from intranet.auth.policy import may_invite
from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.members.statuses import INVITABLE
from intranet.outbox.queries import has_mail
from intranet.web import links, messages, signed_in
from intranet.web.status_words import status_words

blueprint = Blueprint("batches", __name__, url_prefix="/invitations/list")


@blueprint.get("")
def show() -> str:
    """The form for a pasted list or a table."""
    signed_in.reader_who(may_invite)
    return _form("", "", {})


def _form(text: str, status: str, errors: dict[str, str]) -> str:
    return render_template(
        "auth/invitation_list.html",
        text=text,
        status=status,
        statuses=[(one, messages.label(f"status.{one}")) for one in INVITABLE],
        errors={name: messages.field_error(code) for name, code in errors.items()},
    )


def _typed() -> str:
    """The list: the file when one was chosen, else the text. Raises Invalid."""
    sent = request.files.get("table")
    text = request.form.get("people", "")
    if sent and sent.filename:
        try:
            text = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise Invalid(table="auth.list_not_text") from problem
    if "\x00" in text:
        raise Invalid(table="auth.list_not_text")
    return text


@blueprint.post("/check")
def check() -> ResponseReturnValue:
    """Show what would become of each line. Nothing is done yet."""
    reader = signed_in.reader_who(may_invite)
    status, text = request.form.get("status", ""), ""
    try:
        text = _typed()
        found = lists.rows(text, status, status_words())
        if not found:
            raise Invalid(people="auth.empty_list")
    except Invalid as wrong:
        return _form(text, status, wrong.errors), 422
    fates = examination.examine(reader, found)
    return render_template(
        "auth/invitation_list_checked.html",
        fates=[(fate, _why(fate)) for fate in fates],
        statuses={str(one): messages.label(f"status.{one}") for one in INVITABLE},
        invited=sum(fate.outcome != "refused" for fate in fates),
        text=text,
        status=status,
        has_mail=has_mail(),
    )


def _why(fate: examination.Fate) -> str:
    return messages.field_error(fate.refusal) if fate.refusal else ""


@blueprint.post("")
def invite() -> ResponseReturnValue:
    """Invite everybody whose line is right: by mail, or by links shown this once."""
    found = lists.rows(
        request.form.get("people", ""), request.form.get("status", ""), status_words()
    )
    with transaction(signed_in.actor_id()) as tx:
        done = service.invite_all(tx, found, by_mail="by_hand" not in request.form)
    answer = make_response(
        render_template(
            "auth/invitation_links.html",
            handed=[
                (one, links.whole("invitations.show", token=one.token))
                for _fate, one in done
                if one and not one.is_mailed
            ],
            mailed=[one for _fate, one in done if one and one.is_mailed],
            refused=[(fate, _why(fate)) for fate, one in done if one is None],
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
