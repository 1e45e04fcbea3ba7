"""Words for changes of status."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "membership.only_members_change_status": _l(
        "Employed members write down changes of status: each one follows a decision of the cooperative."
    ),
    "membership.only_members_change_bodies": _l(
        "Employed members write down which bodies decide: each change follows a decision of the cooperative."
    ),
    "membership.only_members_change_mandates": _l(
        "Employed members write down mandates: each one is given or ended by a decision of the cooperative."
    ),
    "membership.only_members_change_rights": _l(
        "Employed members write down what each status may do: each change follows a decision of the cooperative."
    ),
}

LABELS = {
    "reads.members": _l("reads everything, what is for members only too"),
    "reads.workers": _l("reads everything but what is for members only"),
    "reads.open": _l("reads the pages that are open to everybody who signs in"),
    "right.read": _l("comes in, and sees what waits for them"),
    "right.comment": _l("takes part in discussions"),
    "right.write": _l("writes ordinary pages and keeps track of what is to be done"),
    "right.propose": _l("makes proposals and suggests amendments"),
    "right.vote": _l("votes, and counts in the quorum"),
    "right.record": _l("enters decisions, statuses and mandates in the records"),
    "right.administer": _l("looks after accounts and the machine"),
}

CONFLICTS = {
    "membership.road_cut": _l(
        "A text of “%(procedures)s” goes on to a body that would no longer be above. First change the procedure."
    ),
}

FIELD_ERRORS = {
    "membership.code_unclear": _l(
        "Give a code of 1 to 8 capital letters or digits that begins with a letter, such as CA."
    ),
    "membership.code_taken": _l("Another body has this code: choose another one."),
    "membership.body_without_people": _l(
        "Tick the statuses of the people who belong to it, or name people: not both."
    ),
    "membership.list_without_people": _l("Name at least one person."),
    "membership.cannot_sit": _l("Name people who work here or are members."),
    "membership.description_too_long": _l("Shorten this text: it may have 2,000 characters."),
    "membership.unknown_body": _l("Choose one of the bodies."),
    "membership.body_above_itself": _l(
        "This body already stands below the one you change: choose another one."
    ),
    "membership.not_here_then": _l("Choose somebody who belongs to the cooperative on that day."),
    "membership.role_missing": _l("Say in a few words what the mandate is: at most 60 characters."),
    "membership.end_before_start": _l("The last day comes after the first one."),
    "membership.mandate_held": _l("This person holds this mandate already on that day."),
    "membership.mandate_day_unclear": _l("Give the day, for example 22/01/2026."),
    "membership.unknown_status": _l("Choose one of the statuses."),
    "membership.same_status": _l("This person has this status already: choose another one."),
    "membership.no_external_members": _l(
        "This cooperative has no external members. An administrator can allow them in the settings."
    ),
    "membership.day_unclear": _l(
        "Give the day on which the status begins, for example 22/01/2026."
    ),
    "membership.unknown_decision": _l(
        "The register holds no decision with this number. Copy the number as it stands there, for example AG-2026-014."
    ),
    "membership.decision_not_adopted": _l(
        "This entry of the register decides nothing: it was not adopted, or it only corrects a wording. Give the number of the decision that says so."
    ),
}
