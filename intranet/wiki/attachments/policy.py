"""Who may lay files beside a page, replace and remove them."""

from __future__ import annotations

from sqlalchemy import exists, select

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.wiki.addresses import file_key
from intranet.wiki.attachments.models import PageFile
from intranet.wiki.models import Page, PageKind, PageLink
from intranet.wiki.policy import Subject, may_tag


def may_attach_to_page(reader: Reader, page: Subject) -> Verdict:
    """Whoever may file the page under words: a file beside a rule changes nothing in its text."""
    return may_tag(reader, page)


def may_change_file(reader: Reader, page: Subject, file: PageFile) -> Verdict:
    """Whoever may lay files there may replace, remove and put back one, unless the text of a rule
    shows it: what was decided does not change by another file."""
    in_rule = exists().where(
        PageLink.kind == "file",
        PageLink.target_key == file_key(file.id),
        Page.id == PageLink.page_id,
        Page.kind == PageKind.RULE,
    )
    held = no("wiki.file_of_a_rule") if reader.session.scalar(select(in_rule)) else YES
    return first_refusal(may_attach_to_page(reader, page), held)
