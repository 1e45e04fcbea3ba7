"""Words for decisions entered by hand from papers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

FIELD_ERRORS = {
    "papers.page_unknown": _l(
        "No page has this name or this address. Copy the title of the page as it stands there."
    ),
    "papers.page_is_a_rule": _l(
        "This page is a rule already: a rule changes only by an adopted amendment. Leave this empty, and propose a change of the rule instead."
    ),
    "papers.page_is_closed": _l(
        "This page is for a body or for some people only. A rule is for everybody: open it first."
    ),
    "papers.page_is_archived": _l("This page was put away: take it out of the archive first."),
    "papers.page_is_empty": _l("This page has no text: write first what was decided into it."),
    "papers.page_is_voted_on": _l("A vote on this page is under way: wait for its result."),
    "papers.layer_missing": _l("Choose the rank of the rule."),
    "papers.not_adopted": _l("What was not adopted makes no rule: leave this empty."),
    "papers.no_longer_applies": _l(
        "The last day of this decision is over: it makes no rule any more. Leave this empty."
    ),
    "papers.rule_for_workers": _l(
        "Members and employees read this page: they must be able to read the decision that made it a rule."
    ),
    "papers.rule_for_open": _l(
        "Everybody who signs in reads this page: they must be able to read the decision that made it a rule."
    ),
}
