"""Words about questions and answers of the search."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

HINTS = {
    "empty": _l("Write at least one word."),
    "too_long": _l("The question is very long: only its beginning was looked for."),
    "unclosed_quote": _l("A quotation mark is missing: the words were looked for one by one."),
    "unknown_value": _l("“%(value)s” is not a filter we know: it was looked for as a word."),
    "bad_date": _l("“%(value)s” is not a date we can read. Write 2024-03-01 or 01/03/2024."),
    "similar_words": _l("Nothing was found with these words; these results hold “%(value)s”."),
    "some_words": _l("No text holds all these words; these results hold some of them."),
}

LABELS = {
    "found.page": _l("Page"),
    "found.decision": _l("Decision"),
    "found.proposal": _l("Proposal"),
    "found.comment": _l("Comment on a proposal"),
}
