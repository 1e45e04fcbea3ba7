"""Words about questions and answers of the search."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

HINTS = {
    "empty": _l("Write at least one word."),
    "too_long": _l("The question is very long: only its beginning was looked for."),
    "unclosed_quote": _l("A quotation mark is missing: the words were looked for one by one."),
    "unknown_value": _l("“%(value)s” is not a filter we know: it was looked for as a word."),
    "bad_date": _l("“%(value)s” is not a date we can read. Write 2024-03-01 or 01/03/2024."),
    "similar_words": _l("Little was found with these words; these results hold similar ones."),
    "some_words": _l("No text holds all these words; these results hold some of them."),
}

LABELS = {
    "found.page": _l("Page"),
    "found.decision": _l("Decision"),
    "found.proposal": _l("Proposal"),
    "found.suggestion": _l("Amendment"),
    "found.comment": _l("Comment on a proposal"),
    "found.minutes": _l("Minutes"),
    "found.file": _l("File"),
    "found.person": _l("Person"),
    "found.wording": _l("Earlier wordings of a rule"),
    "finds.page": _l("Pages"),
    "finds.decision": _l("Decisions"),
    "finds.proposal": _l("Proposals"),
    "finds.suggestion": _l("Amendments"),
    "finds.comment": _l("Comments"),
    "finds.minutes": _l("Minutes"),
    "finds.file": _l("Files"),
    "finds.person": _l("People"),
    "finds.wording": _l("Earlier wordings"),
    "facet.state": _l("State"),
    "facet.body": _l("Decided by"),
    "facet.tag": _l("Subject"),
    "facet.author": _l("Written by"),
    "facet.year": _l("Year"),
}

REASONS = {
    "search.only_writers_name": _l("Whoever writes the wiki may change this list."),
    "export.only_own_data": _l("Sign in: what is kept about somebody is handed to them alone."),
    "search.only_own_searches": _l("Searches are kept for the person who kept them."),
}

CONFLICTS = {
    "search.newer_names": _l(
        "Somebody changed this list in the meantime. Compare yours with it, and save again."
    ),
}

FIELD_ERRORS = {
    "search.too_many_names": _l("The list is too long: 200 lines of at most 8 names."),
    "search.line_without_names": _l("Each line needs two different names with = between them."),
    "search.name_too_long": _l("A name may have 80 characters."),
    "search.question_length": _l("Keep a search of 1 to 500 characters."),
    "search.too_many_saved": _l("You keep 50 searches: forget one first."),
}
