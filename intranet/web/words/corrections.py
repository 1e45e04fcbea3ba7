"""Words for corrections of the writing of rules."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "corrections.members_revoke": _l(
        "Members with a vote, and whoever made a correction, put the words back."
    ),
    "corrections.too_late": _l(
        "The time to put these words back is over. Now they change by a proposal."
    ),
}

CONFLICTS = {
    "corrections.paragraph_is_under_vote": _l(
        "A vote is under way on this paragraph: its words stand still until the vote has ended."
    ),
    "corrections.paragraph_changed": _l(
        "This paragraph changed meanwhile. Look at the rule as it reads now."
    ),
    "corrections.revoked_already": _l("This correction was taken back already."),
    "corrections.rule_is_repealed": _l("This rule is repealed: its words stay as they were."),
    "corrections.later_text_is_pending": _l(
        "A text adopted already applies from %(day)s. Slips can be mended from that day on."
    ),
}

FIELD_ERRORS = {
    "correction_changes_nothing": _l("Nothing differs from the present words."),
    "correction_changes_the_structure": _l(
        "A correction stays within one paragraph. For anything else, make a proposal."
    ),
    "correction_changes_numbers": _l(
        "A correction changes no number and no link. Make a proposal."
    ),
    "correction_changes_the_meaning": _l(
        "A correction changes no word for another one, and none that allows, asks or refuses. "
        "Make a proposal."
    ),
    "correction_touches_too_much": _l(
        "A correction touches at most six words. Make several, or a proposal."
    ),
    "correction_reason_missing": _l("Say in a few words what is wrong: 5 to 500 characters."),
}
