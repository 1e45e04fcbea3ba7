"""Words for accounts and sessions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "auth.wrong_credentials": _l("This address and this password do not go together."),
    "auth.only_members_invite": _l("Only members and administrators can invite somebody."),
}
