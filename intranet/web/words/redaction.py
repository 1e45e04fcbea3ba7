"""Words for removing words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "redaction.mandate_holders_redact": _l(
        "Words are removed for ever by somebody who holds a mandate: ask one of them."
    ),
}

CONFLICTS = {
    "redaction.still_in_use": _l(
        "The page “%(page)s” still says this: change its text first, then remove the earlier one."
    ),
    "redaction.nothing_left": _l("There are no words left to remove."),
    "texts.were_removed": _l(
        "These very words were removed for ever: they cannot be written down again as they were."
    ),
}

FIELD_ERRORS = {
    "removed_without_reason": _l("Say why: the reason stands in the place of the words."),
    "removal_unconfirmed": _l("Say that you are sure: nobody can bring these words back."),
}
