"""The state of the outbox, for those who look after the machine, and a test mail to oneself."""

from __future__ import annotations

import secrets

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.auth.policy import may_administer
from intranet.auth.queries import own_account
from intranet.outbox import queries, worker
from intranet.outbox.letters import Letter, Part
from intranet.web import signed_in
from intranet.web.language import locale

blueprint = Blueprint("outbox", __name__, url_prefix="/administration/mail")


@blueprint.get("")
def show() -> str:
    """What waits, what was given up and why, without an address or a subject."""
    reader = signed_in.reader_who(may_administer)
    return render_template("outbox/show.html", state=queries.state(reader))


@blueprint.post("/test")
def test() -> ResponseReturnValue:
    """Send a mail to whoever asks, at once, and say what the server answered."""
    reader = signed_in.reader_who(may_administer)
    letter = Letter(
        to=own_account(reader).email,
        subject=_("A test of the mail of the intranet"),
        language=locale(),
        parts=(Part(_("If you read this, mail leaves the intranet as it should.")),),
        sender=signed_in.cooperative().name,
    )
    trouble = worker.send_now(letter, f"test:{secrets.token_hex(8)}", reader.now)
    if trouble:
        flash(_("The mail was not taken: %(trouble)s", trouble=trouble), "error")
    else:
        flash(_("A mail is on its way to %(address)s.", address=letter.to), "success")
    return redirect(url_for("outbox.show"), 303)
