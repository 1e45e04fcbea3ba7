"""What a procedure by which one person decides after advice says of its secrecy and times."""

from __future__ import annotations

from flask_babel import gettext as _

from intranet.polls.procedure_queries import ProcedureCard


def said_openly() -> str:
    """Who reads the advice."""
    return _("Open: whoever reads the proposal reads the advice, with its name.")


def changeable() -> str:
    """Until when advice may be changed."""
    return _("Advice can be changed until the end; the last one counts.")


def times(card: ProcedureCard, discussion: str, advising: str) -> list[str]:
    """How long is talked, advised and decided, given the words of these two lengths of time."""
    return [
        _("At least %(time)s of discussion.", time=discussion)
        if card.min_discussion_hours
        else _("Advice may be asked without a time of discussion."),
        _("At least %(time)s to advise, then two weeks to decide.", time=advising),
        _("Once everybody has answered, another member than the author may end it early.")
        if card.course.early_close
        else _("The author never decides before the end."),
    ]
