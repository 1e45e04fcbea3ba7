"""What makes a procedure among options impossible to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from intranet.polls.procedure_models import (
    Course,
    NewProcedure,
    Tied,
    draws_lots,
    gathers_names,
)
from intranet.polls.procedure_queries import ProcedureCard
from intranet.voting import registry
from intranet.voting.default_option import with_default
from intranet.voting.election import ElectionSettings
from intranet.voting.papers import Paper
from intranet.voting.types import BallotForm, InvalidCount, TieRule

OF_OPTIONS = ("tied", "consent")
"""The fields of a course that only votes among options read."""
BY_ELIMINATION = ("condorcet_instant_runoff", "instant_runoff", "single_transferable_vote")
"""Methods that may stop at a tie for leaving the count, which no vote among the tied settles."""
MOST_GRADES, LONGEST_GRADE = 10, 60
HIGHEST = 1000
LONGEST_DEFAULT, LONGEST_SOURCE = 120, 500
_FIELDS = {
    "no_grades": "grades",
    "unmarked_cannot_be_left_out": "unmarked",
    "no_highest_score": "highest",
    "no_points_to_share": "highest",
}


def wrong_election(method: str, settings: ElectionSettings) -> dict[str, str]:
    """What is wrong with how options would be chosen; seats belong to each proposal."""
    unused = registry.unused_election_settings(method, settings)
    errors = dict.fromkeys(unused, "setting_unused")
    errors |= dict.fromkeys({"seats", "tie_break", "seed"} & _told(settings), "of_a_vote")
    errors |= _wrong_default(settings)
    if any(len(grade) > LONGEST_GRADE for grade in settings.grades) or (
        len(settings.grades) > MOST_GRADES
    ):
        errors["grades"] = "grades_too_many"
    for name in ("most_marks", "highest"):
        value = getattr(settings, name)
        if value is not None and not 1 <= value <= HIGHEST:
            errors[name] = "number_out_of_range"
    if errors:
        return errors
    if draws_lots(method):
        return {}
    one = registry.election(method)
    try:
        listed = with_default(_ANY_TWO, settings)
        marks = dict(zip(_ANY_TWO, (1, 2 if _is_ranked(method) else 1), strict=True))
        one.count([one.read({"blank": "1"}, listed, settings)], listed, 1, settings)
        one.count([Paper(marks)], listed, 1, settings)
    except InvalidCount as problem:
        return {_FIELDS.get(problem.code, "method"): problem.code}
    return {}


_ANY_TWO = ("\n1", "\n2")
"""Two options that nobody can type, to try a count."""


def _wrong_default(settings: ElectionSettings) -> dict[str, str]:
    """What is wrong with the option that stands for none of the others."""
    if len(settings.default_option) > LONGEST_DEFAULT:
        return {"default_option": "default_too_long"}
    if not settings.default_option and (settings.majority != 1 or settings.above_default):
        return {"default_option": "default_missing"}
    return {}


def _is_ranked(method: str) -> bool:
    return registry.ballot_form(method) is BallotForm.RANK


def _told(settings: ElectionSettings) -> set[str]:
    """The settings that differ from their defaults."""
    usual = ElectionSettings()
    return {
        one.name
        for one in fields(settings)
        if getattr(settings, one.name) != getattr(usual, one.name)
    }


def _wrong_source(new: NewProcedure, is_drawn: bool) -> dict[str, str]:
    """A draw says where its seed comes from, and nothing else does."""
    if is_drawn is not bool(new.course.drawn_from):
        return {"drawn_from": "draw_source_missing" if is_drawn else "setting_unused"}
    too_long = len(new.course.drawn_from) > LONGEST_SOURCE
    return {"drawn_from": "draw_source_too_long"} if too_long else {}


def _wrong_names(new: NewProcedure) -> dict[str, str]:
    """What is wrong with names that are gathered: they are said openly, and a consent follows."""
    if not gathers_names(new.method):
        return {"consent": "setting_unused"} if new.course.consent else {}
    errors = {} if new.course.consent else {"consent": "consent_missing"}
    return errors | ({"secret": "setting_unused"} if new.secret else {})


def wrong_consent(new: NewProcedure, named: Mapping[str, ProcedureCard]) -> dict[str, str]:
    """What is wrong with the procedure by which a person who was named is chosen."""
    found = named.get(new.course.consent)
    if not new.course.consent or "consent" in wrong_draw(new):
        return {}
    if found is None:
        return {"consent": "procedure_unknown"}
    is_consent = registry.ballot_form(found.method) is BallotForm.CONSENT
    if not is_consent or found.body_id != new.body_id:
        return {"consent": "consent_of_this_body"}
    return {}


def wrong_draw(new: NewProcedure) -> dict[str, str]:
    """What is wrong with how ties are separated, and with a vote in which lots are drawn."""
    if new.method not in {one.key for one in registry.offered_elections()}:
        told = {name: getattr(new.course, name) != getattr(Course(), name) for name in OF_OPTIONS}
        errors = {name: "setting_unused" for name, is_told in told.items() if is_told}
        return errors | _wrong_source(new, new.settings.tie is TieRule.DRAW)
    errors, by_lot = _wrong_names(new), draws_lots(new.method)
    if new.course.tied is not Tied.OPEN and "tie_break" not in registry.settings_read(new.method):
        errors["tied"] = "setting_unused"
    if new.course.tied is Tied.RUNOFF and new.method in BY_ELIMINATION:
        errors["tied"] = "runoff_while_eliminating"
    errors |= _wrong_source(new, by_lot or new.course.tied is Tied.DRAW)
    # Where nobody votes there is no ballot to hide, and none to give a reason with.
    told = {"secret": new.secret, "reason_required": new.course.reason_required}
    return errors | {name: "setting_unused" for name, is_told in told.items() if is_told and by_lot}
