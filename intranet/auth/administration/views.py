"""Pages for those who look after the accounts and the machine."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.auth.administration import queries, service
from intranet.auth.policy import may_administer
from intranet.auth.second_factor import service as second_factor
from intranet.core import deliveries, heartbeat
from intranet.core.durability import durability
from intranet.core.policy import NotFound
from intranet.core.transaction import Transaction, transaction
from intranet.search import queries as search
from intranet.web import signed_in

blueprint = Blueprint("administration", __name__)

ACTS: dict[str, Callable[[Transaction, int], None]] = {
    "disable": service.disable_account,
    "enable": service.enable_account,
    "make-administrator": service.make_administrator,
    "unmake-administrator": service.unmake_administrator,
    "remove-second-factor": second_factor.remove_for,
}


@blueprint.get("/administration")
def index() -> str:
    """The accounts and what may be done with each."""
    reader = signed_in.reader_who(may_administer)
    return render_template("auth/accounts.html", accounts=queries.accounts(reader))


@blueprint.post("/administration/accounts/<int:account_id>/<act>")
def act(account_id: int, act: str) -> ResponseReturnValue:
    """Disable or enable an account, make or unmake an administrator."""
    if act not in ACTS:
        raise NotFound
    with transaction(signed_in.actor_id()) as tx:
        ACTS[act](tx, account_id)
    flash(_("The account is changed."), "success")
    return redirect(url_for("administration.index"), 303)


@blueprint.get("/administration/state")
def state() -> str:
    """How the machine is: worker, waiting work, and how the database keeps what it was given."""
    reader = signed_in.reader_who(may_administer)
    instance = current_app.extensions["settings"].instance_path
    return render_template(
        "auth/state.html",
        backlog=deliveries.backlog(reader.session, reader),
        worker_is_alive=heartbeat.is_alive(instance),
        durability=durability(reader.session),
        index=search.index_state(reader),
    )
