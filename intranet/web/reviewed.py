"""A proposal that a review of a decision asks for: which review, and the words to begin with."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from intranet.core.text import whole_number
from intranet.decisions.reviews import queries as reviews
from intranet.decisions.reviews.models import ReviewOutcome
from intranet.decisions.reviews.queries import ReviewCard
from intranet.web import signed_in


def review_named(asked: Mapping[str, str]) -> ReviewCard | None:
    """The review that an address or a form names, if any. Raises NotFound."""
    number = whole_number(asked.get("review", ""))
    return None if number is None else reviews.review_card(signed_in.reader(), number)


def begun(review: ReviewCard) -> dict[str, str]:
    """The first words of the proposal: what it is about, and what the review found."""
    repeals = review.outcome == ReviewOutcome.REPEAL
    about = {"number": review.number, "title": review.title}
    words = _("Repeal %(number)s: %(title)s", **about) if repeals else ""
    found = [
        (_("What it helped"), review.helped),
        (_("Reasons to drop it"), review.against),
        (_("How to improve it"), review.better),
    ]
    return {
        "title": (words or _("Change %(number)s: %(title)s", **about))[:255],
        "motivation": "\n\n".join(f"**{what}**\n\n{said}" for what, said in found if said),
        "link_kind": "repeals" if repeals else "amends",
        "link_number": review.number,
    }
