"""Words for an election without candidate."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "naming.no_names": _l("No names are gathered under this procedure."),
    "naming.two_rounds_first": _l(
        "Names are gathered twice before anybody is proposed: open the next round first."
    ),
}

CONFLICTS = {
    "proposals.consent_out_of_use": _l(
        "The procedure of the consent is out of use or has become secret: choose another way to decide for this proposal."
    ),
}
