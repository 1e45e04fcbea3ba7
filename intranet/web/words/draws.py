"""Words for draws by lot."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "draws.nothing_to_draw": _l("There is nothing to draw in this vote, or it is already drawn."),
    "draws.only_the_roll": _l("The people on the roll of this vote say which seed was drawn."),
    "proposals.a_draw_is_awaited": _l(
        "The draw is awaited: the vote ends when two people have said the same seed."
    ),
    "polls.nobody_votes_in_a_draw": _l(
        "Nobody votes: lots are drawn from this list, in public, after the end."
    ),
}

FIELD_ERRORS = {
    "seed_missing": _l("Write the seed as it was drawn."),
    "seed_too_long": _l("This seed is too long: at most 200 characters."),
    "draw_source_missing": _l(
        "Say where the seed of a draw comes from, so that everybody can see it drawn."
    ),
    "draw_source_too_long": _l("At most 500 characters."),
    "consent_missing": _l(
        "Choose the procedure of the consent that follows: write that one first if it is missing."
    ),
    "consent_of_this_body": _l("Choose a procedure of this body that decides by consent."),
    "person_missing": _l("Choose one of the people who were named."),
    "runoff_while_eliminating": _l(
        "Where options leave round by round, a tie may be for leaving: choose the draw, or nothing."
    ),
    "default_missing": _l("Write the words of the line “none of these” first."),
    "default_too_long": _l("At most 120 characters, so that it fits on a phone."),
    "ratio_unclear": _l("Write it as 2:1 or 3:1, at least 1:1."),
}

ISSUES = {
    "runoff_for_one_seat": _l(
        "“%(procedure)s” holds a new round among the tied: only one option can be chosen under it."
    ),
    "option_is_default": _l(
        "“%(procedure)s” adds the line “none of these” itself: take it out of the options."
    ),
}

LABELS = {
    "tied.open": _l("Nothing: the tie is shown and decides nothing"),
    "tied.runoff": _l("A new round among the tied options alone, for the same people"),
    "tie.rejected": _l("The text is not adopted"),
    "tie.new_round": _l("A new round on the same text, for the same people"),
    "tie.draw": _l("A draw by lot, from a seed drawn in public and recorded"),
    "tied.draw": _l("A draw by lot, from a seed drawn in public and recorded"),
}

EVENTS = {
    "SeedSaid": _l("A seed drawn in public was said for the vote on %(what)s"),
    "PollSettled": _l("The draw of the vote on %(what)s was done and recorded"),
}
