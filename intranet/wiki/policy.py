"""Who may read, write and arrange the pages of the wiki."""

from __future__ import annotations

from dataclasses import replace

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.members.statuses import Right, of_statuses
from intranet.wiki.models import Page, PageKind
from intranet.wiki.places import has_rules_below
from intranet.wiki.reading import PageView

Subject = Page | PageView


def may_read_page(reader: Reader, page: Subject) -> Verdict:
    """Whoever belongs to the page's audience; for all others the page does not exist."""
    known = reader.actor.is_system or page.audience in reader.actor.audiences
    return YES if known else no("wiki.not_for_you")


def may_write(reader: Reader) -> Verdict:
    """People who work here or are members; sympathisers read and comment."""
    return YES if reader.actor.has(Right.WRITE) else no("wiki.only_workers_write")


def _is_not_in_the_trash(page: Subject) -> Verdict:
    return no("wiki.in_the_trash") if page.trashed_at else YES


def may_write_here(reader: Reader, page: Subject) -> Verdict:
    """Writers among those for whom the page or its branch is to write, and its owner. A protected
    page is changed by its owner and the administrators only."""
    return first_refusal(may_write(reader), _is_writer(reader, page), _is_free(reader, page))


def _owns(reader: Reader, page: Subject) -> bool:
    return page.owner_id is not None and page.owner_id == reader.actor.person_id


def _is_writer(reader: Reader, page: Subject) -> Verdict:
    actor = reader.actor
    named = not page.writers or actor.is_system or page.writers in actor.audiences
    return YES if named or _owns(reader, page) else no("wiki.others_write_here")


def _is_free(reader: Reader, page: Subject) -> Verdict:
    keeps = _owns(reader, page) or reader.actor.has(Right.ADMINISTER)
    if page.protected_because is None or keeps:
        return YES
    return no("wiki.protected", why=page.protected_because)


def is_in_use(page: Subject) -> Verdict:
    """A page is in use unless it is archived or in the trash."""
    archived = no("wiki.archived") if page.archived_at else YES
    return first_refusal(_is_not_in_the_trash(page), archived)


def _is_ordinary(page: Subject) -> Verdict:
    is_rule = page.kind == PageKind.RULE
    return no("wiki.rules_change_by_amendment") if is_rule else YES


def may_create_page(reader: Reader, audience: str, parent: Subject | None = None) -> Verdict:
    """People who work here or are members, for an audience they belong to themselves, below a page
    of whose branch they are writers."""
    above = may_put_below(reader, parent) if parent else YES
    return first_refusal(may_write(reader), above, _belongs(reader, audience))


def may_put_below(reader: Reader, page: Subject) -> Verdict:
    """Writers may put a page below another one where they are among the writers of the branch, but
    below none in the trash."""
    return first_refusal(may_write(reader), _is_writer(reader, page), _is_not_in_the_trash(page))


def _belongs(reader: Reader, audience: str) -> Verdict:
    known = reader.actor.is_system or audience in reader.actor.audiences
    return YES if known else no("wiki.audience_without_you")


def may_revise(reader: Reader, page: Subject) -> Verdict:
    """Writers may revise ordinary pages. A rule page changes only by an adopted amendment."""
    return first_refusal(_is_ordinary(page), may_write_here(reader, page), is_in_use(page))


OWNERS_PASS = frozenset({"wiki.protected", "wiki.others_write_here"})
"""Reasons that do not hold for the owner of a page."""


def may_revise_by_rights(reader: Reader, page: Subject) -> Verdict:
    """As may_revise for somebody with the same rights who owns no page: what is kept for everybody
    with these rights asks this."""
    somebody = replace(reader.actor, person_id=None)
    return may_revise(Reader(reader.session, somebody, reader.now), page)


def revising_shown(reader: Reader, page: PageView) -> tuple[Verdict, bool]:
    """Whether the reader may revise the page, and whether that is for them alone: of a page that
    only its owner revises, the owner sees another page than people with the same rights."""
    by_rights = may_revise_by_rights(reader, page)
    is_personal = page.owner_id is not None and by_rights.reason in OWNERS_PASS
    return (may_revise(reader, page), True) if is_personal else (by_rights, False)


def may_restore(reader: Reader, page: Subject) -> Verdict:
    """Whoever may revise the page: an earlier text comes back as a new revision."""
    return may_revise(reader, page)


def may_rename(reader: Reader, page: Subject) -> Verdict:
    """Whoever may revise the page: the name of a rule belongs to the rule."""
    return may_revise(reader, page)


def may_move(reader: Reader, page: Subject) -> Verdict:
    """Writers may put a page elsewhere, but no rule and nothing above one: places give numbers."""
    free = no("wiki.rules_stand_below") if has_rules_below(reader, page.id) else YES
    return first_refusal(_is_ordinary(page), may_write_here(reader, page), is_in_use(page), free)


def may_tag(reader: Reader, page: Subject) -> Verdict:
    """Writers may file a page under words; words on a rule change nothing in it."""
    return first_refusal(may_write_here(reader, page), is_in_use(page))


def may_archive(reader: Reader, page: Subject) -> Verdict:
    """Whoever may revise the page. A rule leaves only by a decision that repeals it."""
    return first_refusal(
        _is_ordinary(page), may_write_here(reader, page), _is_not_in_the_trash(page)
    )


def may_set_audience(reader: Reader, page: Subject, audience: str) -> Verdict:
    """Members with a vote choose who may read a page, among audiences they belong to; whoever
    wrote a draft chooses too. A rule, and what stands above one, is for everybody of a status."""
    is_own_draft = page.is_draft and _owns(reader, page)
    if not reader.actor.has(Right.VOTE) and not is_own_draft:
        return no("wiki.only_members_set_audience")
    is_rule = page.kind == PageKind.RULE
    is_closed = not of_statuses(audience) and (is_rule or has_rules_below(reader, page.id))
    wide = no("wiki.rules_are_for_everybody") if is_closed else YES
    return first_refusal(is_in_use(page), _belongs(reader, audience), wide)


def may_set_writers(reader: Reader, page: Subject, writers: str) -> Verdict:
    """Members with a vote and the owner choose who writes a branch, among those they belong to."""
    if not reader.actor.has(Right.VOTE) and not _owns(reader, page):
        return no("wiki.only_members_set_audience")
    return first_refusal(is_in_use(page), _belongs(reader, writers) if writers else YES)


def may_keep_page(reader: Reader, page: Subject) -> Verdict:
    """Whoever may write the page names its owner and the day on which it is looked at again."""
    return first_refusal(may_write_here(reader, page), is_in_use(page))


def may_protect(reader: Reader, page: Subject) -> Verdict:
    """The owner of a page and the administrators; of a page without owner, members with a vote."""
    ownerless = page.owner_id is None and reader.actor.has(Right.VOTE)
    keeps = _owns(reader, page) or reader.actor.has(Right.ADMINISTER) or ownerless
    allowed = YES if keeps else no("wiki.only_the_owner_protects")
    return first_refusal(_is_ordinary(page), may_write(reader), allowed)
