"""Words for forgetting somebody who has left."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "erasure.only_administrators_or_oneself": _l(
        "Administrators and the person themselves can take away what is kept about somebody."
    ),
    "erasure.done_already": _l("What was kept about this person is gone already."),
    "erasure.still_here": _l("This person still belongs to the cooperative: first they leave."),
}

CONFLICTS = {
    "erasure.administrator": _l("An administrator first hands this task over to somebody else."),
}

EVENTS = {"PersonErased": _l("What was kept about %(what)s was taken away")}
