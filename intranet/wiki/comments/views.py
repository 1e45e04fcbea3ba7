"""The page on which one talks about a page, beside its paragraphs."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.web import messages, signed_in
from intranet.wiki import queries as pages
from intranet.wiki import reading
from intranet.wiki.comments import policy, queries, service
from intranet.wiki.comments.service import Remark
from intranet.wiki.forms import number_of
from intranet.wiki.views import refusal, today

blueprint = Blueprint("page_comments", __name__, url_prefix="/wiki")


@blueprint.get("/<slug>/comments")
def index(slug: str) -> str:
    """The text of a page with what is said beside each paragraph."""
    return _index(slug, {})


def _index(slug: str, errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    page = reading.page_by_slug(reader, slug, today(reader))
    with_settled = "settled" in request.args
    return render_template(
        "wiki/comments.html",
        page=page,
        found=queries.commented(reader, page, with_settled=with_settled),
        with_settled=with_settled,
        block=request.values.get("block", ""),
        answer_to=number_of(request.values.get("answer")),
        text=request.form.get("text", ""),
        comment_refusal=refusal(policy.may_comment_page(reader, page)),
        errors=errors,
    )


@blueprint.post("/<slug>/comments")
def add(slug: str) -> ResponseReturnValue:
    """Say something about the page, a paragraph, or a comment."""
    page_id = pages.page_card(signed_in.reader(), slug).id
    form = request.form
    remark = Remark(
        form.get("text", "").replace("\r\n", "\n"),
        form.get("block") or None,
        number_of(form.get("answer")),
    )
    try:
        with transaction(signed_in.actor_id()) as tx:
            comment_id = service.comment_page(tx, page_id, remark)
    except Invalid as problem:
        words = {name: messages.field_error(code) for name, code in problem.errors.items()}
        return _index(slug, words), 422
    return redirect(url_for("page_comments.index", slug=slug, _anchor=f"comment-{comment_id}"), 303)


@blueprint.post("/<slug>/comments/<int:comment_id>/settlement")
def settle(slug: str, comment_id: int) -> ResponseReturnValue:
    """Say that a matter is settled."""
    page_id = pages.page_card(signed_in.reader(), slug).id
    with transaction(signed_in.actor_id()) as tx:
        service.settle(tx, page_id, comment_id)
    flash(_("Settled. It stays readable, and can be reopened."), "success")
    return redirect(url_for("page_comments.index", slug=slug), 303)


@blueprint.post("/<slug>/comments/<int:comment_id>/reopening")
def reopen(slug: str, comment_id: int) -> ResponseReturnValue:
    """Say that a matter is not settled after all."""
    page_id = pages.page_card(signed_in.reader(), slug).id
    with transaction(signed_in.actor_id()) as tx:
        service.reopen(tx, page_id, comment_id)
    return redirect(url_for("page_comments.index", slug=slug, _anchor=f"comment-{comment_id}"), 303)
