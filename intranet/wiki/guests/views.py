"""Links for people outside: those who make them, and those who follow them."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.web import links, messages, signed_in, uploads
from intranet.web.routes import public
from intranet.wiki import queries as pages
from intranet.wiki import reading
from intranet.wiki.guests import policy, queries, service
from intranet.wiki.guests.shown import for_guest
from intranet.wiki.views import refusal, today

blueprint = Blueprint("page_guests", __name__)


@blueprint.get("/wiki/<slug>/guests")
def index(slug: str) -> str:
    """The links by which somebody outside reads a page, and the form that makes one."""
    return _index(slug, {})


def _index(slug: str, errors: dict[str, str], made: str = "") -> str:
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    return render_template(
        "wiki/guests/index.html",
        page=page,
        lines=queries.links_of(reader, page),
        invite_refusal=refusal(policy.may_invite_guests(reader, page)),
        errors=errors,
        made=made,
        typed=asked.form,
    )


@blueprint.post("/wiki/<slug>/guests")
def invite(slug: str) -> ResponseReturnValue:
    """Make a link; it is shown on this answer only."""
    page_id, form = pages.page_card(signed_in.reader(), slug).id, asked.form
    try:
        with transaction(signed_in.actor_id()) as tx:
            until = parse_date(form.get("ends_on", ""))
            made = service.invite_guest(tx, page_id, form.get("guest", ""), until)
    except Invalid as problem:
        words = {name: messages.field_error(code) for name, code in problem.errors.items()}
        return _index(slug, words), 422
    address = links.whole("page_guests.show", token=made.token)
    answer = make_response(_index(slug, {}, address), 201)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/wiki/<slug>/guests/<int:link_id>/end")
def send_away(slug: str, link_id: int) -> ResponseReturnValue:
    """End a link at once."""
    page_id = pages.page_card(signed_in.reader(), slug).id
    with transaction(signed_in.actor_id()) as tx:
        service.send_guest_away(tx, page_id, link_id)
    flash(_("The link no longer leads anywhere."), "success")
    return redirect(url_for("page_guests.index", slug=slug), 303)


@blueprint.get("/shared/<token>")
@public
def show(token: str) -> Response:
    """One page, for whoever has the link, and nothing else."""
    found = queries.guest_page(signed_in.reader(), token)

    def address(number: int) -> str | None:
        known = number in found.files
        return url_for("page_guests.download", token=token, number=number) if known else None

    shown = for_guest(found.page.html, address)
    body = render_template("wiki/guests/show.html", page=found.page, html=shown, found=found)
    return _unlisted(make_response(body))


@blueprint.get("/shared/<token>/files/<int:number>")
@public
def download(token: str, number: int) -> Response:
    """A file of that page."""
    card = queries.guest_file(signed_in.reader(), token, number)
    return _unlisted(uploads.hand_out(card, inline=True))


def _unlisted(response: Response) -> Response:
    """An answer that no search engine lists and no browser keeps."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
