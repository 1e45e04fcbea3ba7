"""Addresses of things known by kind and number, so that no room needs to import another."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for

ORIGINS = {
    "proposal": ("proposals.show", "proposal_id"),
    "suggestion": ("proposals.show", "proposal_id"),
}


def whole(endpoint: str, **values: Any) -> str:
    """The whole address of a page, to be passed on, mailed or kept by another program.

    It begins with the setting BASE_URL. Only while that is empty is it the address that was asked,
    which whoever sends the request can choose.
    """
    base: str = current_app.extensions["settings"].base_url.rstrip("/")
    return (
        base + url_for(endpoint, **values) if base else url_for(endpoint, **values, _external=True)
    )


def origin(kind: str, number: int | None) -> str | None:
    """The address of what a poll or a decision came from, or None when it has no page."""
    if kind not in ORIGINS or number is None:
        return None
    endpoint, name = ORIGINS[kind]
    values: dict[str, Any] = {name: number}
    return url_for(endpoint, **values)


def suggestions_vote(proposal_id: int, ballot_id: int) -> str:
    """The address of a vote among changes suggested to a proposal."""
    where = url_for("suggestions.ballot", proposal_id=proposal_id, ballot_id=ballot_id)
    return f"{where}#vote"


def decision(number: str) -> str:
    """The address of a decision."""
    return url_for("decisions.show", number=number)


def adoption(slug: str) -> str | None:
    """Where a page is proposed as a rule, if anywhere; proposals give the value `as` its sense."""
    if "proposals.create" not in current_app.view_functions:
        return None
    values: dict[str, Any] = {"page": slug, "as": "rule"}
    return url_for("proposals.create", **values)


def amendment(slug: str, block_id: str | None = None) -> str | None:
    """Where a change of a rule, or of one of its paragraphs, is proposed, if anywhere."""
    if "proposals.create" not in current_app.view_functions:
        return None
    return url_for("proposals.create", page=slug, block=block_id)


def after_review(review_id: int, slug: str | None = None, block_id: str | None = None) -> str:
    """Where the proposal is written that a review asks for: on a rule, or in words."""
    return url_for("proposals.create", review=review_id, page=slug, block=block_id)


def repeal_after_review(review_id: int) -> str:
    """Where the repeal is proposed that a review asks for."""
    return url_for("acts.create", kind="repeal", review=review_id)
