"""Words for changes of status."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "membership.only_members_change_status": _l(
        "Employed members write down changes of status: each one follows a decision of the cooperative."
    ),
}

FIELD_ERRORS = {
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
