"""The fields of a procedure's form that say how its votes run."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from intranet.polls.procedure_models import Choosers, Course, Custody, SecondIf, Tied
from intranet.web import messages

COURSE_FIELDS = (
    "revotable",
    "early_close",
    "extension_hours",
    "smallest_secret",
    "second",
    "second_if",
    "second_after_hours",
    "keeps_votes",
    "escalation",
    "choosers",
    "reason_required",
    "custody",
    "tied",
    "drawn_from",
    "consent",
)
OF_OPTIONS = ("tied", "drawn_from", "consent")
"""The fields that a form shows with those on how options are chosen."""
YES_OR_NO = ("revotable", "early_close", "keeps_votes", "reason_required")
NUMBERS = ("extension_hours", "smallest_secret", "second_after_hours")
_WHOLE = re.compile(r"[0-9]{1,9}")


YES, NO = "yes", "no"


def kinds() -> list[str]:
    """The kinds of proposal that have a word, in the order of their words."""
    return [code.removeprefix("kind.") for code in messages.LABELS if code.startswith("kind.")]


def typed_course(course: Course) -> dict[str, str]:
    """A course as the fields of the form show it."""
    return {
        "revotable": YES if course.revotable else NO,
        "early_close": YES if course.early_close else NO,
        "extension_hours": str(course.extension_hours),
        "smallest_secret": str(course.smallest_secret),
        "second": course.second,
        "second_if": course.second_if.value,
        "second_after_hours": str(course.second_after_hours),
        "keeps_votes": YES if course.keeps_votes else NO,
        "escalation": course.escalation,
        "choosers": course.choosers.value,
        "reason_required": YES if course.reason_required else NO,
        "custody": course.custody.value,
        "tied": course.tied.value,
        "drawn_from": course.drawn_from,
        "consent": course.consent,
    }


def course_of(values: Mapping[str, str], ticked: Collection[str], errors: dict[str, str]) -> Course:
    """The course that the fields mean; what means nothing is added to the errors by field.

    A field that was left out or is empty keeps its default.
    """
    plain = typed_course(Course())
    given = {name: values[name].strip() or plain[name] for name in COURSE_FIELDS}
    for name in NUMBERS:
        if not _WHOLE.fullmatch(given[name]):
            errors[name] = "people_unclear" if name == "smallest_secret" else "hours_unclear"
    allowed = {name: {YES, NO} for name in YES_OR_NO}
    allowed |= {"second_if": set(SecondIf), "choosers": set(Choosers), "custody": set(Custody)}
    allowed["tied"] = set(Tied)
    wrong = [name for name, known in allowed.items() if given[name] not in known]
    if not set(ticked) <= set(kinds()):
        wrong.append("kinds")
    errors |= dict.fromkeys(wrong, "setting_unknown_value")
    return Course() if errors else _course(given, ticked)


def _course(given: Mapping[str, str], ticked: Collection[str]) -> Course:
    return Course(
        revotable=given["revotable"] == YES,
        early_close=given["early_close"] == YES,
        extension_hours=int(given["extension_hours"]),
        smallest_secret=int(given["smallest_secret"]),
        second=given["second"],
        second_if=SecondIf(given["second_if"]),
        second_after_hours=int(given["second_after_hours"]),
        keeps_votes=given["keeps_votes"] == YES and bool(given["second"]),
        escalation=given["escalation"],
        kinds=tuple(kind for kind in kinds() if kind in ticked),
        choosers=Choosers(given["choosers"]),
        reason_required=given["reason_required"] == YES,
        custody=Custody(given["custody"]),
        tied=Tied(given["tied"]),
        drawn_from=" ".join(given["drawn_from"].split()),
        consent=given["consent"],
    )
