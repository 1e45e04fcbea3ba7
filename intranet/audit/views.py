"""The page that tells what happened."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from intranet.audit import queries
from intranet.audit.queries import Happening, Subject
from intranet.web import links, messages, signed_in

blueprint = Blueprint("audit", __name__)


@blueprint.get("/audit")
def index() -> str:
    """What happened, the newest first, as far as the reader may know of it."""
    found = queries.activity(signed_in.reader(), request.args.get("before", type=int))
    # An event of an earlier version may have no words any more.
    told = [one for one in found.happenings if one.name in messages.EVENTS]
    entries = [_entry(one) for one in told]
    return render_template("audit/index.html", entries=entries, before=found.before)


def _entry(happening: Happening) -> dict[str, object]:
    return {
        "what": messages.happened(
            happening.name, _link(happening.subject), of_advice=happening.of_advice
        ),
        "at": happening.at,
        "who": happening.actor or "",
        "person_id": happening.actor_id,
    }


def _link(subject: Subject | None) -> Markup:
    if subject is None:
        return Markup("")
    return Markup('<a href="{}">{}</a>').format(_address(subject), subject.title)


def _address(subject: Subject) -> str:
    match subject.kind:
        case "page":
            return url_for("wiki.show", slug=subject.key)
        case "decision":
            return links.decision(str(subject.key))
        case "person":
            return url_for("members.show", person_id=subject.key)
        case "body":
            return url_for("members.bodies")
        case "proxy":
            return url_for("proxies.index")
        case "procedure":
            return url_for("polls.procedures")
    return url_for("proposals.show", proposal_id=subject.key)
