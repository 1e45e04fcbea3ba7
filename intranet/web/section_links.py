"""Beside each heading of a page, the way to edit that part alone."""

from __future__ import annotations

import re

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

_HEADING = re.compile(
    r'(<div class="block" data-kind="heading" id="b-([\w-]+)"><div class="block__text">'
    r"<(h[1-6])\b[^<>]*>)(.*?)(</\3>)",
    re.DOTALL,
)

_LINK = Markup('<a class="section-edit no-print quiet" href="{}" aria-label="{}">{}</a>')


def with_section_links(html: str, slug: str) -> str:
    """The stored text of a page with a link after each heading; nothing else changes."""

    def linked(found: re.Match[str]) -> str:
        address = url_for("wiki.edit", slug=slug, section=found[2])
        title = Markup(found[4]).striptags()  # noqa: S704 - cleaned when stored
        words = Markup(
            '<a class="section-edit no-print quiet" href="{}" aria-label="{}">{}</a>'
        ).format(address, _("Edit the part “%(title)s”", title=title), _("Edit"))
        return f"{found[1]}{found[4]}{found[5]}{words}"

    return _HEADING.sub(linked, html)
