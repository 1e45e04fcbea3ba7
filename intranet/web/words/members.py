"""Words for people, their statuses and mandates, and the cooperative's settings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "members.former": _l(
        "You are no longer part of the cooperative, so its pages are closed to you. "
        "Your account and what is written about you stay open to you."
    ),
    "members.no_status": _l(
        "You have no status in the cooperative today, so its pages are closed to you. "
        "Ask a member to correct this if it is a mistake."
    ),
    "members.only_workers_see_profiles": _l(
        "Members, employees and applicants see what is written about people; you see the names."
    ),
    "members.kept_to_others": _l("This person shows what they say to a smaller circle."),
    "members.only_own_profile": _l("Everybody writes their own profile only."),
    "members.only_administrators": _l("Only an administrator can do this."),
}

CONFLICTS = {
    "members.mandate_ends_before": _l("This mandate ends on %(day)s already."),
    "members.mandate_starts_later": _l(
        "This mandate begins too late for this: choose %(earliest)s or a later day."
    ),
    "members.status_starts_later": _l(
        "The present status begins too late for this: choose %(earliest)s or a later day."
    ),
}

FIELD_ERRORS = {
    "members.line_too_long": _l("Shorten this text: it may have 300 characters."),
    "members.skills_too_long": _l("Shorten this text: it may have 1,000 characters."),
    "members.unknown_circle": _l("Choose who reads it."),
    "members.no_picture": _l("Choose a picture in one of the formats JPEG, PNG or WebP."),
    "members.picture_too_large": _l(
        "Choose a smaller picture: at most 8 MB and 40 million points."
    ),
    "members.about_too_long": _l("Shorten this text: it may have 5,000 characters."),
    "members.name_length": _l("Give a name of 1 to 120 characters."),
    "members.no_web_address": _l("Give the whole address, beginning with https:// or http://."),
    "members.unknown_accent": _l("Choose one of the colours."),
    "members.unknown_language": _l("Choose one of the languages."),
}

LABELS = {
    "status.member_employee": _l("employed member"),
    "status.employee": _l("employee"),
    "status.applicant": _l("applicant"),
    "status.sympathiser": _l("sympathiser"),
    "status.member_external": _l("external member"),
    "status.former": _l("former member"),
    "statuses.member_employee": _l("Employed members"),
    "statuses.employee": _l("Employees"),
    "statuses.applicant": _l("Applicants"),
    "statuses.sympathiser": _l("Sympathisers"),
    "statuses.member_external": _l("External members"),
    "statuses.former": _l("Former members"),
    "audience.members": _l("members only"),
    "audience.workers": _l("members and employees"),
    "audience.open": _l("everybody who signs in"),
    "role.manager": _l("manager"),
    "role.chair": _l("chair"),
    "role.secretary": _l("secretary"),
    "role.treasurer": _l("treasurer"),
    "role.health_contact": _l("contact for health at work"),
    "role.gardener": _l("gardener of the wiki"),
    "role.facilitator": _l("facilitator"),
    "role.reviewer": _l("cooperative reviewer"),
    "role.teller": _l("teller"),
    "accent.teal": _l("teal"),
    "accent.brick": _l("brick"),
    "accent.plum": _l("plum"),
    "accent.forest": _l("forest"),
    "accent.ocean": _l("ocean"),
    "accent.ochre": _l("ochre"),
}
