"""The sentences of a count among options that are no people: nothing is elected, and no seat filled.

Each takes the place of the sentence of the same code that speaks of candidates and seats.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

OF_OPTIONS = {
    "decided_elected": _l("Chosen: %(elected)s. Options to choose: %(seats)s."),
    "decided_seats_empty": _l(
        "Chosen: %(elected)s. Options to choose: %(seats)s; still to be chosen: %(empty)s."
    ),
    "tied_for_seats": _l(
        "Tied: %(tied)s. Nothing in the ballots separates them for what is left to choose (%(left)s): the rule of ties decides."
    ),
    "tied_after_elected": _l(
        "Chosen: %(elected)s. Tied for what is left to choose (%(left)s): %(tied)s. Nothing in the ballots separates them: the rule of ties decides."
    ),
    "tied_count_stops": _l(
        "The count stops, with nothing chosen yet: nothing in the ballots separates %(tied)s. The rule of ties decides, then the ballots are counted again."
    ),
    "tied_count_stops_after_elected": _l(
        "Chosen so far: %(elected)s. The count stops: nothing in the ballots separates %(tied)s. The rule of ties decides, then the ballots are counted again."
    ),
    "nobody_no_ballots": _l("Nothing is chosen: no ballot says anything."),
    "nobody_default": _l("Nothing is chosen: no option comes before “%(default)s”."),
    "nobody_has_majority": _l(
        "Nothing is chosen: %(needed)s ballots are needed of %(base_size)s (%(base)s), and no option has them. In front, for a second round: %(names)s."
    ),
    "nobody_has_points": _l("Nothing is chosen: no option got anything."),
    "unmarked_uncompared": _l("A ballot says nothing about an option it leaves out."),
    "unmarked_last": _l(
        "Options left out of a ballot come after all others on it, equal among themselves."
    ),
    "unmarked_reject": _l("A ballot that leaves out an option is spoiled."),
    "unmarked_ends": _l("A ballot counts for nothing once all the options it ranks are settled."),
    "unmarked_is_zero": _l("An option without a score gets 0 from that ballot."),
    "unmarked_is_worst": _l("An option without a grade gets the worst grade from that ballot."),
    "beats_each_other": _l("%(candidate)s is preferred to each other option, one against one."),
    "nobody_beats_each_other": _l(
        "No option is preferred to each other one: the strongest chains of wins decide."
    ),
    "place": _l(
        "Place %(place)s: %(names)s. Options with a stronger chain of wins: %(beaten_by)s."
    ),
    "points_rule": _l(
        "A ballot gives an option one point for each option placed below, half a point for each placed equal: %(most)s at most."
    ),
    "quota": _l(
        "The quota is %(quota)s: %(valid)s valid ballots divided by one more than the options to choose (%(seats)s), rounded down, plus one."
    ),
    "round_quota": _l(
        "Round %(round)s: %(candidate)s is chosen. Votes: %(score)s; quota: %(quota)s."
    ),
    "round_seats_left": _l(
        "Round %(round)s: no more options are left than there are to choose, so they are chosen: %(names)s."
    ),
    "crosses_one": _l("Each ballot names one option. A ballot that names several is spoiled."),
    "crosses_at_most": _l(
        "A ballot names up to %(most)s options; with more it is spoiled. %(crosses)s crosses on %(valid)s valid ballots: shares are parts of the ballots, so they add up to more than the whole."
    ),
    "crosses_any": _l(
        "A ballot approves as many options as it likes. %(crosses)s crosses on %(valid)s valid ballots: shares are parts of the ballots."
    ),
    "seat_needs_majority": _l(
        "More than %(threshold)s of %(base_size)s (%(base)s) is %(needed)s: without it, an option is not chosen."
    ),
}
