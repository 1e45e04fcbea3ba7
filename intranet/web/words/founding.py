"""Words for setting an installation up."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "founding.already_set_up": _l("This intranet is set up already."),
    "founding.only_by_the_link": _l(
        "An intranet is set up by the link shown on the console where it was started."
    ),
}
