"""Words for tellers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "tellers.too_late": _l("Tellers are found before the vote opens."),
    "tellers.not_asked_for": _l("The procedure of this proposal asks for no tellers."),
    "tellers.only_members": _l("A teller is a member with a vote."),
    "tellers.all_found": _l("The three tellers of this vote are found."),
    "tellers.not_a_teller": _l("You are not a teller of this vote."),
    "tellers.vote_still_open": _l("Keep your words until the vote has ended."),
    "tellers.words_already_given": _l("You have given your words: the other tellers come next."),
}

FIELD_ERRORS = {
    "words_unknown": _l(
        "One of these words is not in the list: read them again, letter by letter."
    ),
    "words_not_sixteen": _l("There are sixteen words: count them again."),
    "words_wrong": _l(
        "These are not the words you were given for this vote. Are they those of another vote, or "
        "did you take new ones since?"
    ),
}
