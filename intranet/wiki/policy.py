"""Who may read, write and arrange the pages of the wiki."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right
from intranet.wiki.models import Page, PageKind
from intranet.wiki.places import has_rules_below
from intranet.wiki.reading import PageView
from intranet.wiki.visibility import audiences

Subject = Page | PageView


def may_read_page(reader: Reader, page: Subject) -> Verdict:
    """Whoever belongs to the page's audience; for all others the page does not exist."""
    return YES if page.audience in audiences(reader) else no("wiki.not_for_you")


def may_write(reader: Reader) -> Verdict:
    """People who work here or are members; sympathisers read and comment."""
    return YES if reader.actor.has(Right.WRITE) else no("wiki.only_workers_write")


def _is_not_in_the_trash(page: Subject) -> Verdict:
    return no("wiki.in_the_trash") if page.trashed_at else YES


def _is_in_use(page: Subject) -> Verdict:
    archived = no("wiki.archived") if page.archived_at else YES
    return first_refusal(_is_not_in_the_trash(page), archived)


def _is_ordinary(page: Subject) -> Verdict:
    is_rule = page.kind == PageKind.RULE
    return no("wiki.rules_change_by_amendment") if is_rule else YES


def may_create_page(reader: Reader, audience: str) -> Verdict:
    """People who work here or are members, for an audience they belong to themselves."""
    outside = no("wiki.audience_without_you")
    return first_refusal(may_write(reader), YES if audience in audiences(reader) else outside)


def may_revise(reader: Reader, page: Subject) -> Verdict:
    """Writers may revise ordinary pages. A rule page changes only by an adopted amendment."""
    return first_refusal(may_write(reader), _is_ordinary(page), _is_in_use(page))


def may_restore(reader: Reader, page: Subject) -> Verdict:
    """Whoever may revise the page: an earlier text comes back as a new revision."""
    return may_revise(reader, page)


def may_rename(reader: Reader, page: Subject) -> Verdict:
    """Whoever may revise the page: the name of a rule belongs to the rule."""
    return may_revise(reader, page)


def may_move(reader: Reader, page: Subject) -> Verdict:
    """Writers may put a page elsewhere, but no rule and nothing above one: places give numbers."""
    free = no("wiki.rules_stand_below") if has_rules_below(reader, page.id) else YES
    return first_refusal(may_write(reader), _is_ordinary(page), _is_in_use(page), free)


def may_tag(reader: Reader, page: Subject) -> Verdict:
    """Writers may file a page under words; words on a rule change nothing in it."""
    return first_refusal(may_write(reader), _is_in_use(page))


def may_archive(reader: Reader, page: Subject) -> Verdict:
    """Whoever may revise the page. A rule leaves only by a decision that repeals it."""
    return first_refusal(may_write(reader), _is_ordinary(page), _is_not_in_the_trash(page))


def may_set_audience(reader: Reader, page: Subject, audience: str) -> Verdict:
    """Members with a vote choose who may read a page, among audiences they belong to."""
    if not reader.actor.has(Right.VOTE):
        return no("wiki.only_members_set_audience")
    outside = no("wiki.audience_without_you")
    return first_refusal(_is_in_use(page), YES if audience in audiences(reader) else outside)
