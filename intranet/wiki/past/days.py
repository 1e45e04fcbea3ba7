"""A text of a past day leads to the texts of that day. Pure."""

from __future__ import annotations

import re
from datetime import date

from intranet.wiki.addresses import RESERVED

_TO_PAGE = re.compile(r'(?<=\shref=")/wiki/([a-z0-9-]+)(?=[#"])(?=[^<>]*>)')


def links_on(html: str, day: date) -> str:
    """The HTML with its links to pages of the wiki leading to their text of a day."""

    def dated(found: re.Match[str]) -> str:
        return found[0] if found[1] in RESERVED else f"{found[0]}?on={day.isoformat()}"

    return _TO_PAGE.sub(dated, html)
