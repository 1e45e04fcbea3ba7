"""« For you »: what somebody was told, and how they want to be told; and the end of mails."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from intranet.core.policy import Invalid
from intranet.core.text import whole_number
from intranet.core.transaction import transaction
from intranet.notices import queries, service
from intranet.notices.kinds import Kind, Way
from intranet.notices.quiet import Quiet
from intranet.notices.words import KINDS, WAYS
from intranet.outbox.queries import has_mail
from intranet.web import messages, signed_in
from intranet.web.csrf import protection
from intranet.web.routes import public

blueprint = Blueprint("notices", __name__)


@blueprint.get("/for-you")
def index() -> str:
    """What was told lately. Looking at it changes nothing: a button puts things aside."""
    return render_template("notices/index.html", told=queries.for_me(signed_in.reader()))


@blueprint.post("/for-you/read")
def read() -> ResponseReturnValue:
    """Put one notice aside, or all."""
    wanted = whole_number(request.form.get("notice", ""))
    chosen = None if wanted is None else [wanted]
    with transaction(signed_in.actor_id()) as tx:
        service.put_aside(tx, chosen)
    return redirect(url_for("notices.index"), 303)


def _choices_page(quiet: Quiet, wrong: dict[str, str]) -> str:
    reader = signed_in.reader()
    known = queries.my_choices(reader)
    rows = [(kind, KINDS[kind], known.way(signed_in.actor_id(), kind)) for kind in Kind]
    return render_template(
        "notices/choices.html",
        rows=rows,
        ways=[(way.value, words) for way, words in WAYS.items()],
        quiet=quiet,
        errors={field: messages.field_error(code) for field, code in wrong.items()},
        has_mail=has_mail(),
    )


@blueprint.get("/for-you/choices")
def choices() -> str:
    """How the person who asks is told of each kind of thing."""
    known = queries.my_choices(signed_in.reader())
    return _choices_page(known.quiet_of(signed_in.actor_id()), {})


def _hour(typed: MultiDict[str, str], name: str) -> int:
    hour = whole_number(typed.get(name, ""))
    return 0 if hour is None or hour > 23 else hour


@blueprint.post("/for-you/choices")
def choose() -> ResponseReturnValue:
    """Keep what was chosen."""
    typed = request.form
    ways = {kind: Way(typed[kind]) for kind in Kind if typed.get(kind) in set(Way)}
    days = frozenset(int(day) for day in typed.getlist("days") if day in set("0123456"))
    quiet = Quiet(days, _hour(typed, "from_hour"), _hour(typed, "to_hour"))
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.choose(tx, ways, quiet)
    except Invalid as wrong:
        return _choices_page(quiet, wrong.errors), 422
    flash(_("Your choices are kept."), "success")
    return redirect(url_for("notices.choices"), 303)


@blueprint.get("/stop-mail/<token>")
@public
def stop(token: str) -> ResponseReturnValue:
    """A page with a button. Programs that look at the links of mails change nothing here."""
    is_known, kind = queries.kind_behind(signed_in.reader(), token)
    said = KINDS[kind] if kind else None
    page = render_template(
        "notices/stop.html", is_known=is_known, kind=said, token=token, done=False
    )
    return page, 200 if is_known else 404


@blueprint.post("/stop-mail/<token>")
@public
@protection.exempt
def stop_now(token: str) -> ResponseReturnValue:
    """End mails of one kind (RFC 8058). The link itself is the proof, so no form token is asked:
    the program that reads the mail sends this without ever seeing a page."""
    with transaction(None) as tx:
        service.stop_mail(tx, token)
    return render_template("notices/stop.html", is_known=True, kind=None, token=token, done=True)
