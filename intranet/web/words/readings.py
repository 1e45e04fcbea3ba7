"""Words for the reading of rules."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "readings.only_rules": _l(
        "Only rules are to be read by everybody: this page is an ordinary one."
    ),
    "readings.only_members_ask": _l("Members with a vote choose which rules everybody reads."),
    "readings.not_asked": _l("This rule is to be read by those who work here and by members."),
}
CONFLICTS = {
    "readings.no_longer_asked": _l("Nobody is asked to read this rule any more."),
    "readings.another_text": _l(
        "Another text came into force meanwhile. Read it, then confirm again."
    ),
}
EVENTS = {
    "ReadingAsked": _l("Everybody is asked to read the rule %(what)s"),
    "ReadingNoLongerAsked": _l("Nobody is asked to read the rule %(what)s any more"),
    "RuleRead": _l("The rule %(what)s was read"),
}
