"""Words for what people are told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "notices.link_unknown": _l(
        "This link is not known here. Sign in to choose which mails you receive."
    ),
    "notices.not_yours_to_follow": _l("You can follow what you may read."),
}

FIELD_ERRORS = {
    "notices.no_day_left": _l("Leave at least one day of the week without quiet."),
}
