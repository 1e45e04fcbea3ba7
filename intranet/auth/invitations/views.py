"""Pages to invite somebody, and to come in by an invitation."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.auth import service as auth_service
from intranet.auth.invitations import queries, service
from intranet.auth.policy import may_give_account, may_invite
from intranet.core.policy import Invalid
from intranet.core.text import whole_number
from intranet.core.transaction import transaction
from intranet.members.statuses import INVITABLE
from intranet.outbox.queries import has_mail
from intranet.web import links, messages, signed_in
from intranet.web.entering import enter
from intranet.web.routes import public

blueprint = Blueprint("invitations", __name__)

FIELDS = ("name", "email", "status", "person_id", "by_hand")
LINK = "invitation_link"


@blueprint.get("/invitations")
def index() -> str:
    """The invitations that wait, the form for a new one, and once the link just made."""
    signed_in.reader_who(may_invite)
    return _page({}, {}, session.pop(LINK, ""))


def _page(typed: dict[str, str], errors: dict[str, str], link: str = "") -> str:
    reader = signed_in.reader()
    known = queries.people_without_account(reader) if may_give_account(reader) else []
    return render_template(
        "auth/invitations.html",
        invitations=queries.waiting(reader),
        known=known,
        statuses=[(status, messages.label(f"status.{status}")) for status in INVITABLE],
        typed=typed,
        errors={name: messages.field_error(code) for name, code in errors.items()},
        link=link,
        has_mail=has_mail(),
    )


def _handed(handed: service.Handed) -> ResponseReturnValue:
    """Back to the list: the link is shown there once, unless it left by mail."""
    if handed.is_mailed:
        flash(_("The invitation is on its way to %(email)s.", email=handed.email), "success")
    else:
        session[LINK] = links.whole("invitations.show", token=handed.token)
    return redirect(url_for("invitations.index"), 303)


@blueprint.post("/invitations")
def invite() -> ResponseReturnValue:
    """Invite somebody new, or give an account to somebody already known; by mail, or by hand."""
    typed = {name: request.form.get(name, "") for name in FIELDS}
    known = whole_number(typed["person_id"])
    guest = service.Guest(typed["email"], typed["name"], typed["status"], known)
    try:
        with transaction(signed_in.actor_id()) as tx:
            handed = service.invite(tx, guest, by_mail=not typed["by_hand"])
    except Invalid as wrong:
        return _page(typed, wrong.errors), 422
    return _handed(handed)


@blueprint.post("/invitations/<int:invitation_id>/renew")
def renew(invitation_id: int) -> ResponseReturnValue:
    """Make a new link for an invitation that waits, in place of the lost one."""
    with transaction(signed_in.actor_id()) as tx:
        handed = service.renew(tx, invitation_id, by_mail="by_hand" not in request.form)
    return _handed(handed)


@blueprint.post("/invitations/<int:invitation_id>/withdraw")
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """Make a link worthless that was not used."""
    with transaction(signed_in.actor_id()) as tx:
        service.withdraw(tx, invitation_id)
    flash(_("The invitation is withdrawn."), "success")
    return redirect(url_for("invitations.index"), 303)


@blueprint.get("/invitations/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """What an invited person sees: who invites, and the form to choose a password."""
    return _welcome(token, None, {})


@blueprint.post("/invitations/<token>")
@public
def accept(token: str) -> ResponseReturnValue:
    """Make the account and open its first session."""
    name = request.form.get("name", "")
    try:
        with transaction(None) as tx:
            account_id = service.accept(tx, token, name, request.form.get("new_password", ""))
            opened = auth_service.open_session(tx, account_id, request.user_agent.string)
    except Invalid as wrong:
        return _welcome(token, name, wrong.errors)
    enter(opened)
    flash(_("Welcome! Your account is open."), "success")
    return redirect(url_for("home.show"), 303)


def _welcome(token: str, name: str | None, errors: dict[str, str]) -> ResponseReturnValue:
    invitation = queries.behind_link(signed_in.reader(), token)
    if invitation is None:
        return render_template("auth/invitation_over.html"), 404
    page = render_template(
        "auth/welcome.html",
        invitation=invitation,
        token=token,
        name=invitation.name if name is None else name,
        errors={field: messages.field_error(code) for field, code in errors.items()},
    )
    return page, 422 if errors else 200
