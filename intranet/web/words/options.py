"""Words for choosing among several options: how they are written, marked and counted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

LABELS = {
    "kind.choice": _l("Choice among options"),
    "unmarked.last": _l("It comes after all those that are marked"),
    "unmarked.reject": _l("A ballot must mark them all, or it is spoiled"),
    "unmarked.uncompared": _l("The ballot says nothing about it"),
    "more_than_half_of.": _l("Nobody: the most is enough"),
}

ISSUES = {
    "names_come_from_the_roll": _l(
        "Everybody on the roll may be named: leave the list of options empty."
    ),
    "options_missing": _l("Write at least two options to choose among."),
    "seats_for_all": _l(
        "There are %(options)s options: keep fewer of them than that, or there is nothing to choose."
    ),
    "method_fills_one_seat": _l(
        "“%(procedure)s” chooses a single option: keep one, or take another procedure."
    ),
    "procedure_for_texts": _l(
        "“%(procedure)s” adopts or rejects a text: take one that chooses among options."
    ),
    "procedure_for_options": _l(
        "“%(procedure)s” chooses among options: take one that adopts or rejects a text."
    ),
}

CONFLICTS = {
    "polls.other_sort_of_vote": _l(
        "This procedure is for another sort of vote. Choose another one."
    ),
}

FIELD_ERRORS = {
    "options_too_many": _l("At most 30 options. Put those that are alike together."),
    "option_too_long": _l("At most 120 characters for each option: say the rest in the text."),
    "option_twice": _l("Two options say the same, but for capitals: keep one of them."),
    "seats_unclear": _l("Write a whole number, from 1 to 29."),
    "of_a_vote": _l("This belongs to each vote, not to the procedure."),
    "grades_too_many": _l("At most 10 words, of at most 60 characters each."),
    "number_out_of_range": _l("Write a whole number from 1 to 1,000, or leave it empty."),
    "number_unclear": _l("Write a whole number, or leave it empty."),
    "no_grades": _l("Write at least two different grades, the best first, one a line."),
    "no_highest_score": _l("Say how high a score may go, such as 5."),
    "no_points_to_share": _l("Say how many points each ballot shares out, such as 10."),
    "unmarked_cannot_be_left_out": _l(
        "This method cannot leave an option out: choose another answer."
    ),
    "second_of_another_sort": _l(
        "Both votes must be on a text, or both among options: choose another procedure."
    ),
}
