"""Words for the way in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "integration.only_workers": _l("Members, employees and applicants see who is on the way in."),
    "integration.not_about_oneself": _l(
        "This is about yourself: the others talk it over among themselves."
    ),
    "integration.members_or_oneself": _l(
        "Members with a vote and the person themselves write a dossier."
    ),
    "integration.only_members_lead": _l("Members with a vote lead the way in."),
    "integration.is_over": _l("This dossier is closed. Open another one to ask again."),
    "integration.only_oneself_withdraws": _l("Only the person themselves withdraws a request."),
    "integration.only_members_refuse": _l(
        "Employed members write down a refusal: it follows a decision of the cooperative."
    ),
}

CONFLICTS = {
    "integration.open_already": _l("This person has an open dossier already."),
}

FIELD_ERRORS = {
    "integration.person_missing": _l("Choose the person whose dossier it is."),
    "integration.wish_missing": _l("Choose the place that is wished for."),
    "integration.words_too_long": _l("Shorten this text: it may have 20,000 characters."),
    "integration.sponsor_unsuited": _l("Choose a member with a vote, other than the person."),
    "integration.step_length": _l("Say in a few words what the step is: at most 200 characters."),
    "integration.too_many_steps": _l("Keep to 30 steps of 200 characters each."),
    "integration.refusal_without_words": _l(
        "Say why, in words that the person will read: at most 20,000 characters."
    ),
}

LABELS = {
    "outcome.accepted": _l("accepted"),
    "outcome.refused": _l("refused"),
    "outcome.withdrawn": _l("withdrawn"),
}
