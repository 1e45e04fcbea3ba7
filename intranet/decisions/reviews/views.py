"""Pages of reviews: what is to be looked at again, and the four questions."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from intranet.core.policy import Conflict, Invalid, Refused
from intranet.core.transaction import Reader, transaction
from intranet.decisions import page_queries
from intranet.decisions.page_queries import DecisionPage
from intranet.decisions.reviews import policy, queries, service
from intranet.decisions.reviews.forms import ReviewForm
from intranet.decisions.reviews.models import ReviewOutcome
from intranet.members import queries as members
from intranet.web import again, links, messages, signed_in
from intranet.wiki import provenance_queries as provenance

blueprint = Blueprint("reviews", __name__, url_prefix="/decisions")

A_YEAR = timedelta(days=365)


@blueprint.get("/reviews")
@again.same_all_day
def index() -> str:
    """What is to be looked at again, by date, and what was reviewed lately."""
    reader = signed_in.reader()
    return render_template(
        "reviews/index.html",
        due=queries.due(reader),
        recent=queries.recent(reader),
        may_review=policy.may_review_decisions(reader),
    )


@blueprint.get("/<number>/reviews/new")
def create(number: str) -> str:
    """The four questions about one decision."""
    reader = signed_in.reader()
    page = page_queries.decision(reader, number)
    verdict = policy.may_review(reader, page.state)
    if not verdict:
        raise Refused(verdict)
    return _form(reader, page, ReviewForm.blank(_next_day(members.today(reader), page.ends_on)))


def _next_day(today: date, ends_on: date | None) -> date:
    """A year from today, or the last day of a trial that ends before."""
    return min(today + A_YEAR, ends_on) if ends_on else today + A_YEAR


def _form(reader: Reader, page: DecisionPage, form: ReviewForm) -> str:
    return render_template(
        "reviews/new.html",
        page=page,
        form=form,
        earlier=queries.of_decision(reader, page.number),
        today=members.today(reader),
    )


@blueprint.post("/<number>/reviews")
def review(number: str) -> ResponseReturnValue:
    """Keep a review; one that asks for a change leads on to the proposal."""
    form = ReviewForm.from_request(request.form)
    try:
        with transaction(signed_in.actor_id()) as tx:
            seen = request.form.get("seen", 0, type=int)
            review_id = service.review(tx, number, form.answers(), seen)
    except Invalid as problem:
        form.errors = {name: messages.field_error(code) for name, code in problem.errors.items()}
        reader = signed_in.reader()
        return _form(reader, page_queries.decision(reader, number), form), 422
    except Conflict as conflict:
        form.errors = {"": messages.conflict(conflict)}
        reader = signed_in.reader()
        return _form(reader, page_queries.decision(reader, number), form), 409
    if form.values["outcome"] == ReviewOutcome.KEEP:
        flash(_("The review stands beside the decision."), "success")
        return redirect(url_for("decisions.show", number=number, _anchor="reviews"), 303)
    flash(_("The review stands beside the decision. Now write the proposal."), "success")
    return redirect(_proposal(number, review_id), 303)


def _proposal(number: str, review_id: int) -> str:
    """Where the proposal is written: on the rule when the decision wrote in one, else in words."""
    written = provenance.standing_parts(signed_in.reader(), number)
    parts = [part for part in written if part.block_ids]
    if len(parts) != 1:
        return links.after_review(review_id)
    blocks = parts[0].block_ids
    block = blocks[0] if len(blocks) == 1 else None
    return links.after_review(review_id, parts[0].page.slug, block)
