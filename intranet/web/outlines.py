"""The outlines of proposals as they are shipped, in the language of the reader."""

from __future__ import annotations

from flask_babel import gettext as _

from intranet.proposals.outlines.queries import Outline, Section

GENERAL = "general"


def shipped() -> tuple[Outline, ...]:
    """A proposal like any other, an expense, and something tried for a time."""
    return (
        Outline(GENERAL, str(_("Any proposal")), _any_proposal()),
        Outline("expense", str(_("An expense")), _expense()),
        Outline("trial", str(_("Something to try for a time")), _trial()),
    )


def _asked(title: str, hint: str) -> Section:
    return Section(str(title), "", str(hint))


def _any_proposal() -> tuple[Section, ...]:
    return (
        _asked(
            _("What we observe"), _("Facts, examples, since when. What happens if nothing is done.")
        ),
        _asked(
            _("What it would change"),
            _("What gets better, what gets harder, and how we shall see it."),
        ),
        _asked(_("What it costs"), _("Money, hours, attention. Nothing is an answer too.")),
        _asked(
            _("Who is concerned"),
            _("The people whose work or rights change, and whether you asked them."),
        ),
    )


def _expense() -> tuple[Section, ...]:
    return (
        _asked(_("What we need"), _("What it is for, and what we do without it today.")),
        _asked(
            _("The amount"), _("Before and after tax, once or every year, and from which budget.")
        ),
        _asked(
            _("What else was looked at"), _("Other offers, second-hand, sharing, doing without.")
        ),
        _asked(
            _("Who is concerned"),
            _("The people whose work or rights change, and whether you asked them."),
        ),
    )


def _trial() -> tuple[Section, ...]:
    return (
        _asked(
            _("What we observe"), _("Facts, examples, since when. What happens if nothing is done.")
        ),
        _asked(
            _("What we try, and until when"),
            _("Give the review a day below: the trial is looked at on it."),
        ),
        _asked(
            _("How we shall know"),
            _("What must have happened for us to keep it, and what makes us stop."),
        ),
        _asked(
            _("Who is concerned"),
            _("The people whose work or rights change, and whether you asked them."),
        ),
    )
