"""The list of tags, completing one, and renaming one."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Invalid
from intranet.core.transaction import transaction
from intranet.web import messages, signed_in
from intranet.wiki import lists
from intranet.wiki.tags import policy, queries, service
from intranet.wiki.views import refusal

blueprint = Blueprint("tags", __name__, url_prefix="/wiki")


@blueprint.get("/tags")
def index() -> str:
    """Every tag with the number of its pages."""
    found = lists.tags(signed_in.reader())
    return render_template("wiki/tags/index.html", letters=queries.by_letter(found))


@blueprint.get("/tag-completion")
def beginning() -> ResponseReturnValue:
    """The tags that begin with what is being typed, as JSON."""
    found = queries.beginning_with(signed_in.reader(), request.args.get("q", "")[:50])
    return jsonify(tags=found)


@blueprint.get("/tag-renaming")
def edit() -> str:
    """The form that gives a tag another name."""
    return _form(request.args.get("tag", ""), "", {})


def _form(tag: str, name: str, errors: dict[str, str]) -> str:
    reader = signed_in.reader()
    return render_template(
        "wiki/tags/rename.html",
        tag=tag,
        name=name or tag,
        errors=errors,
        pages=lists.tagged(reader, tag),
        others=[other for other, _number in lists.tags(reader) if other != tag],
        rename_refusal=refusal(policy.may_rename_tag(reader)),
    )


@blueprint.post("/tag-renaming")
def rename() -> ResponseReturnValue:
    """Give a tag another name, or make one of two."""
    tag, name = request.form.get("tag", ""), request.form.get("name", "")
    try:
        with transaction(signed_in.actor_id()) as tx:
            named = service.rename_tag(tx, tag, name)
    except Invalid as problem:
        said = {field: messages.field_error(code) for field, code in problem.errors.items()}
        if "tags" in said:
            said = {"name": said["tags"]}
        return _form(tag, name, said), 422
    flash(_("The pages are filed under “%(tag)s” now.", tag=named), "success")
    return redirect(url_for("wiki.tagged", tag=named), 303)
