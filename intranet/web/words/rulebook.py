"""Words for the rulebook."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "rulebook.only_members_note": _l("Those who keep the register say what is left to be written."),
}

FIELD_ERRORS = {
    "rulebook.no_such_decision": _l(
        "The register holds no adopted decision under this number that you may read."
    ),
    "rulebook.no_such_rule": _l("No rule has this name. Copy it as it stands in the rulebook."),
    "rulebook.reason_missing": _l("Say in a few words what is left to be written, or why nothing."),
    "rulebook.reason_long": _l("500 characters are enough here."),
}

LABELS = {
    "paragraph_act.created": _l("paragraph created"),
    "paragraph_act.changed": _l("paragraph changed"),
    "paragraph_act.removed": _l("paragraph removed"),
}
