"""Links that lead further for some readers of a page than for others.

A stored text is the same for all its readers, so a link to a page that some of them may not see is
kept as one to a missing page. As the text is read, whoever may see that page is led to it.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.wiki.addresses import page_address
from intranet.wiki.directory import title_key
from intranet.wiki.models import Page, PageLink
from intranet.wiki.visibility import listed

_MISSING = re.compile(r'<a class="red-link" href="/wiki/new\?title=([^"]*)" title="[^"]*">')


def opened_links(reader: Reader, page_id: int, html: str) -> str:
    """The text of a page with its links to pages that this reader may see, and not all may.

    One statement, and none for a text without a link to a missing page.
    """
    if 'class="red-link"' not in html:
        return html
    rows = reader.session.execute(
        select(PageLink.target_key, Page.slug, Page.title)
        .join(Page, Page.id == PageLink.target_page_id)
        .where(PageLink.page_id == page_id, PageLink.kind == "page", listed(reader))
    )
    there = {row.target_key: (row.slug, row.title) for row in rows}

    def lead(link: re.Match[str]) -> str:
        found = there.get(title_key(unquote(unescape(link[1]))))
        if found is None:
            return link[0]
        slug, title = found
        return f'<a href="{page_address(slug)}" title="{escape(title)}">'

    return _MISSING.sub(lead, html)
