"""The parts of a procedure's form that lie folded until they say something unusual."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from intranet.voting import registry
from intranet.voting.types import BallotForm, Setting
from intranet.web.course_fields import COURSE_FIELDS, OF_OPTIONS
from intranet.web.election_fields import ELECTION_FIELDS, offered

FOLDS: Mapping[str, tuple[str, ...]] = {
    "voters": ("electorate", "statuses", "people", "proxy_cap", "advisory"),
    "part": ("threshold", "strict", "blank_counts", "lowest_block", "base"),
    "objections": ("silence", "objection_override"),
    "election": ELECTION_FIELDS,
    "ties": ("tie", *OF_OPTIONS),
    "course": (*(name for name in COURSE_FIELDS if name not in OF_OPTIONS), "kinds"),
}
"""The fields of each part. A part beside these, `methods`, is the list of elections."""


def readers(part: str) -> tuple[str, ...]:
    """The methods for which this part matters, so that it opens with them.

    With consent and consensus the base is only that of the override, which few will want.
    """
    if part == "part":
        return tuple(
            one.key
            for one in registry.offered_methods()
            if Setting.BASE in one.settings and Setting.OBJECTION_OVERRIDE not in one.settings
        )
    if part == "objections":
        methods = registry.offered_methods()
        return tuple(one.key for one in methods if Setting.OBJECTION_OVERRIDE in one.settings)
    if part == "methods":
        return tuple(offered())
    if part == "ties":
        needing = (BallotForm.NAME, BallotForm.NONE)
        return tuple(key for key in offered() if registry.ballot_form(key) in needing)
    elections = offered() if part == "election" else []
    return tuple(key for key in elections if registry.settings_read(key) & set(ELECTION_FIELDS))


def unfolded(
    values: Mapping[str, str],
    usual: Mapping[str, str],
    ticked: Mapping[str, Collection[str]],
    errors: Collection[str],
) -> frozenset[str]:
    """The parts to show open: those that matter for the method, with a value that is not the usual
    one, or with an error. A part that stays closed says nothing its reader would not expect.

    `usual` are the values of a new procedure, `ticked` the boxes by field.
    """
    told = {name for name, value in values.items() if value not in ("", usual[name])}
    told |= {name for name, boxes in ticked.items() if boxes}
    parts = {part for part, names in FOLDS.items() if told.union(errors).intersection(names)}
    matter = {part for part in (*FOLDS, "methods") if values["method"] in readers(part)}
    return frozenset(parts | matter)
