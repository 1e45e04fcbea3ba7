"""The sentences that explain an election, one for each code of `voting.election_lines`."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

LINES = {
    "decided_elected": _l("Elected: %(elected)s. Seats: %(seats)s."),
    "decided_seats_empty": _l("Elected: %(elected)s. Of %(seats)s seats, %(empty)s stay empty."),
    "tied_for_seats": _l(
        "Tied: %(tied)s. Nothing in the ballots separates them for the last seats (%(left)s): the rule of ties decides."
    ),
    "tied_after_elected": _l(
        "Elected: %(elected)s. Tied for the last seats (%(left)s): %(tied)s. Nothing in the ballots separates them: the rule of ties decides."
    ),
    "tied_count_stops": _l(
        "The count stops, with nobody elected yet: nothing in the ballots separates %(tied)s. The rule of ties decides, then the ballots are counted again."
    ),
    "tied_count_stops_after_elected": _l(
        "Elected so far: %(elected)s. The count stops: nothing in the ballots separates %(tied)s. The rule of ties decides, then the ballots are counted again."
    ),
    "tied_before_the_draw": _l(
        "Nothing is drawn yet: %(people)s options are in the list, %(left)s to be drawn. The seed is drawn in public first."
    ),
    "nobody_no_ballots": _l("Nobody is chosen: no ballot says anything."),
    "nobody_default": _l("Nobody is chosen: no candidate comes before “%(default)s”."),
    "counts_papers": _l(
        "Valid ballots: %(valid)s. Blank: %(blank)s. Spoiled: %(spoiled)s. Did not vote: %(not_voted)s."
    ),
    "unmarked_uncompared": _l("A ballot says nothing about a candidate it leaves out."),
    "unmarked_last": _l(
        "Candidates left out of a ballot come after all others on it, equal among themselves."
    ),
    "unmarked_reject": _l("A ballot that leaves out a candidate is spoiled."),
    "draw_separates": _l("They are tied; the recorded draw puts them in this order: %(names)s."),
    "withdrawn": _l("Withdrawn before the count: %(names)s."),
    "unmarked_ends": _l("A ballot counts for nobody once all the candidates it ranks are settled."),
    "dropped_above_default": _l(
        "%(candidate)s is dropped: placed above “%(default)s” by %(above)s ballots, and more than %(more_than)s are needed."
    ),
    "dropped_majority": _l(
        "%(candidate)s is dropped: %(above)s ballots above “%(default)s” and %(below)s below, and at least %(ratio)s times as many are needed."
    ),
    "dropped_not_above": _l(
        "%(candidate)s is dropped: %(above)s ballots above “%(default)s” and %(below)s below, and more are needed above."
    ),
    "kept_over_default": _l(
        "%(candidate)s stays in the count: %(above)s ballots above “%(default)s”, %(below)s below."
    ),
    "beats_each_other": _l("%(candidate)s is preferred to each other candidate, one against one."),
    "nobody_beats_each_other": _l(
        "Nobody is preferred to each other candidate: the strongest chains of wins decide."
    ),
    "defeat": _l(
        "%(candidate)s before %(other)s: %(votes_for)s ballots against %(votes_against)s."
    ),
    "pair_tied": _l(
        "%(candidate)s and %(other)s: as many ballots for each, %(votes_for)s against %(votes_against)s."
    ),
    "chain": _l(
        "%(candidate)s passes before %(other)s by a chain of wins: its weakest win has %(strength)s ballots, against %(strength_back)s the other way."
    ),
    "chains_tied": _l(
        "%(candidate)s and %(other)s: the strongest chains of wins are equal both ways (%(strength)s ballots), so nothing separates them directly."
    ),
    "place": _l(
        "Place %(place)s: %(names)s. Candidates with a stronger chain of wins: %(beaten_by)s."
    ),
    "points_rule": _l(
        "A ballot gives a candidate one point for each candidate placed below, half a point for each placed equal: %(most)s at most."
    ),
    "points": _l("Place %(place)s: %(names)s. Points: %(score)s."),
    "quota": _l(
        "The quota is %(quota)s: %(valid)s valid ballots divided by one more than the seats (%(seats)s), rounded down, plus one."
    ),
    "round_majority": _l(
        "Round %(round)s: %(candidate)s has %(score)s of the %(in_play)s ballots in play, more than half."
    ),
    "round_placed": _l(
        "Round %(round)s: %(candidate)s is preferred to each other one left, and gets place %(place)s."
    ),
    "round_quota": _l(
        "Round %(round)s: %(candidate)s is elected. Votes: %(score)s; quota: %(quota)s."
    ),
    "round_seats_left": _l(
        "Round %(round)s: no more candidates than seats are left, so they are elected: %(names)s."
    ),
    "round_surplus": _l(
        "Round %(round)s: %(candidate)s is over the quota by %(score)s. These votes go on to the next choices; a whole ballot moves with %(value)s of its value."
    ),
    "round_eliminated": _l(
        "Round %(round)s: %(candidate)s has the fewest votes (%(score)s) and leaves the count; the ballots go on to their next choices."
    ),
    "round_eliminated_together": _l(
        "Round %(round)s: %(names)s have the fewest votes (%(score)s each) and leave together, since their order could change nothing."
    ),
    "round_earlier": _l(
        "Round %(round)s: %(names)s have as many votes; the most recent round where they differ picks %(candidate)s."
    ),
    "round_draw": _l(
        "Round %(round)s: %(names)s had as many votes in each round; the recorded draw picks %(candidate)s."
    ),
    "round_stops": _l(
        "Round %(round)s: %(names)s had as many votes in each round, and no draw is recorded. The count stops."
    ),
}

FIELD_ERRORS = {
    "choice_blank_with_marks": _l(
        "A blank ballot ranks or grades nobody. Untick “blank” or empty the ranks."
    ),
    "choice_incomplete": _l(
        "This vote asks for every candidate. Fill in the ones that are missing."
    ),
    "choice_rank_repeated": _l("Each rank can be given once in this vote."),
    "choice_says_nothing": _l(
        "This ranking prefers nobody to anybody. Change a rank, or vote blank."
    ),
}

LABELS = {
    "method.schulze": _l("Condorcet (Schulze)"),
    "method.instant_runoff": _l("Instant run-off"),
    "method.condorcet_instant_runoff": _l("Condorcet, then instant run-off"),
    "method.single_transferable_vote": _l("Single transferable vote"),
    "method.borda": _l("Points by rank (Borda)"),
}
