"""Words for objections."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "objections.only_its_author": _l("Only the person who raised this objection can lift it."),
    "objections.already_lifted": _l("This objection is already lifted."),
    "objections.vote_has_ended": _l(
        "The vote has ended: the objection stays in the record as it stood then."
    ),
}

LABELS = {
    "objection.open": _l("Open"),
    "objection.answered": _l("Being answered"),
    "objection.lifted": _l("Lifted"),
    "objection.overcome": _l("Overcome, as the procedure says"),
    "objection.upheld": _l("Upheld: the text was not adopted"),
    "objection.undecided": _l("The round ended before it was lifted"),
}
