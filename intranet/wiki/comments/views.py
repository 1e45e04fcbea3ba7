"""The page on which one talks about a page, beside its paragraphs."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.discussions import queries as discussions
from intranet.discussions.queries import Subject
from intranet.web import messages, signed_in
from intranet.wiki import queries as pages
from intranet.wiki import reading
from intranet.wiki.comments import policy, queries, service
from intranet.wiki.comments.models import KIND
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
        return _index(slug, _said(problem)), 422
    return redirect(url_for("page_comments.index", slug=slug, _anchor=f"comment-{comment_id}"), 303)


def _said(problem: Invalid) -> dict[str, str]:
    return {name: messages.field_error(code) for name, code in problem.errors.items()}


def _mend(slug: str, comment_id: int, errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    page = pages.page_card(reader, slug)
    here = url_for("page_comments.index", slug=slug, settled=1)
    return render_template(
        "discussions/mend.html",
        mending=discussions.mending(reader, Subject(KIND, page.id), comment_id),
        trail=[(page.title, url_for("wiki.show", slug=slug)), (_("Comments"), here)],
        back=f"{here}#comment-{comment_id}",
        correct_at=url_for("page_comments.correct", slug=slug, comment_id=comment_id),
        hide_at=url_for("page_comments.hide", slug=slug, comment_id=comment_id),
        errors=errors,
    )


@blueprint.get("/<slug>/comments/<int:comment_id>")
def mend(slug: str, comment_id: int) -> str:
    """What one may do about a comment: other words for one's own, or out of sight."""
    return _mend(slug, comment_id, {})


@blueprint.post("/<slug>/comments/<int:comment_id>/corrections")
def correct(slug: str, comment_id: int) -> ResponseReturnValue:
    """Give one's own comment other words."""
    page_id = pages.page_card(signed_in.reader(), slug).id
    text = request.form.get("text", "").replace("\r\n", "\n")
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.correct_comment(tx, page_id, comment_id, text)
    except Invalid as problem:
        return _mend(slug, comment_id, _said(problem)), 422
    flash(_("Your comment is corrected, and says so."), "success")
    return redirect(_place(slug, comment_id), 303)


@blueprint.post("/<slug>/comments/<int:comment_id>/hiding")
def hide(slug: str, comment_id: int) -> ResponseReturnValue:
    """Take a comment out of sight."""
    page_id = pages.page_card(signed_in.reader(), slug).id
    try:
        with transaction(signed_in.actor_id()) as tx:
            service.hide_comment(tx, page_id, comment_id, request.form.get("because", ""))
    except Invalid as problem:
        return _mend(slug, comment_id, _said(problem)), 422
    flash(_("The comment is out of sight. The reason stands in its place."), "success")
    return redirect(_place(slug, comment_id), 303)


def _place(slug: str, comment_id: int) -> str:
    return url_for("page_comments.index", slug=slug, settled=1, _anchor=f"comment-{comment_id}")


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
