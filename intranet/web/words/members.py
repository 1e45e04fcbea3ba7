"""Words for people and their statuses."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

LABELS = {
    "status.member_employee": _l("employed member"),
    "status.employee": _l("employee"),
    "status.applicant": _l("applicant"),
    "status.sympathiser": _l("sympathiser"),
    "status.member_external": _l("external member"),
    "status.former": _l("former member"),
    "audience.members": _l("members only"),
    "audience.workers": _l("members and employees"),
    "audience.open": _l("everybody who signs in"),
}
