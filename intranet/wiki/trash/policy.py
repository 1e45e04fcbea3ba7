"""Who puts a page in the trash, and who takes it out."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.wiki.models import PageKind
from intranet.wiki.places import has_rules_below
from intranet.wiki.policy import Subject, may_write, may_write_here


def may_trash(reader: Reader, page: Subject) -> Verdict:
    """Whoever may write the page: nothing adopted, and nothing above a rule."""
    is_rule = page.kind == PageKind.RULE
    below = no("wiki.rules_stand_below") if has_rules_below(reader, page.id) else YES
    rule = no("wiki.rules_leave_by_decision") if is_rule else YES
    return first_refusal(may_write_here(reader, page), rule, below)


def may_take_from_trash(reader: Reader, _page: Subject) -> Verdict:
    """Any writer may take a page out of the trash, whoever put it there and however long ago."""
    return may_write(reader)
