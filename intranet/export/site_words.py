"""What a site of pages that were taken away says of itself."""

from __future__ import annotations

from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from intranet.core import clock
from intranet.core.transaction import Reader
from intranet.export.site import SiteWords
from intranet.members.queries import CooperativeCard


def site_words(reader: Reader, cooperative: CooperativeCard, home: str) -> SiteWords:
    """The words in the language at hand; `home` is the address of the intranet, or empty."""
    day = clock.local_day(reader.now, cooperative.zone)
    said = {"name": cooperative.name, "day": format_date(day, "long")}
    return SiteWords(
        language=str(get_locale() or "fr"),
        name=cooperative.name,
        contents=_("Table of contents"),
        below=_("Below this page"),
        footer=_("%(name)s, as it stood on %(day)s.", **said),
        home=home,
    )
