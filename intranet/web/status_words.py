"""The statuses an invitation can give, by every word the product has for them."""

from __future__ import annotations

from flask_babel import force_locale

from intranet.members.statuses import INVITABLE
from intranet.web import messages
from intranet.web.language import LANGUAGES


def status_words() -> dict[str, str]:
    """The code of each status an invitation can give, by its code and its words."""
    said = {str(status): str(status) for status in INVITABLE}
    for language in LANGUAGES:
        with force_locale(language):
            said |= {messages.label(f"status.{one}"): str(one) for one in INVITABLE}
    return said
