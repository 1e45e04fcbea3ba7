"""Words for conversations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "discussions.only_the_author": _l("Only the person who wrote this can do that."),
    "discussions.too_late_to_edit": _l(
        "A comment can be corrected for half an hour; later, add another one."
    ),
}

FIELD_ERRORS = {
    "comment_empty": _l("Write something before you send it."),
    "comment_too_long": _l("This is too long for a comment: at most 20,000 characters."),
    "hiding_reason_too_long": _l("Say why in a few words: at most 500 characters."),
    "reason_missing": _l("Say why, in a few words: the reason stays visible."),
}
