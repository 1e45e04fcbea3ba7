"""Words for choosing by crosses, scores, points, grades, names and lots."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

LINES = {
    "nobody_has_majority": _l(
        "Nobody is chosen: %(needed)s ballots are needed of %(base_size)s (%(base)s), and nobody has them. In front, for a second round: %(names)s."
    ),
    "nobody_has_points": _l("Nobody is chosen: no candidate got anything."),
    "named_round": _l(
        "Names gathered: %(people)s. Counting them chooses nobody: one of them is proposed, and chosen by consent."
    ),
    "decided_by_consent": _l("Chosen by consent: %(candidate)s."),
    "nobody_without_consent": _l(
        "Nobody is chosen: there is no consent on %(candidate)s. Another person can be proposed."
    ),
    "decided_drawn": _l("Drawn by lot: %(elected)s. On the list: %(people)s."),
    "crosses_one": _l("Each ballot names one candidate. A ballot that names several is spoiled."),
    "crosses_at_most": _l(
        "A ballot names up to %(most)s candidates; with more it is spoiled. %(crosses)s crosses on %(valid)s valid ballots: shares are parts of the ballots, so they add up to more than the whole."
    ),
    "crosses_any": _l(
        "A ballot approves as many candidates as it likes. %(crosses)s crosses on %(valid)s valid ballots: shares are parts of the ballots."
    ),
    "votes": _l("Place %(place)s: %(names)s. Named on %(votes)s of %(valid)s valid ballots."),
    "seat_needs_majority": _l(
        "More than %(threshold)s of %(base_size)s (%(base)s) is %(needed)s: without it, no seat."
    ),
    "unmarked_is_zero": _l("A candidate without a score gets 0 from that ballot."),
    "unmarked_is_worst": _l("A candidate without a grade gets the worst grade from that ballot."),
    "scores_rule": _l(
        "Scores from 0 to %(highest)s are added up; the most that can be reached is %(possible)s."
    ),
    "points_shared": _l(
        "Each ballot shares out up to %(budget)s points. Given: %(given)s of %(possible)s."
    ),
    "total": _l(
        "Place %(place)s: %(candidate)s. Points: %(total)s, given by %(votes)s of %(valid)s valid ballots."
    ),
    "judged": _l(
        "Place %(place)s: %(candidate)s. Majority grade: %(grade)s. Better grades: %(above)s, worse grades: %(below)s, of %(valid)s."
    ),
    "medians_removed": _l(
        "%(candidate)s before %(other)s: same majority grade. Medians taken away from each before they differ: %(removed)s; then “%(grade)s” comes before “%(other_grade)s”."
    ),
    "named": _l("%(names)s: named on %(votes)s ballots."),
    "named_change": _l("%(candidate)s: %(first)s in the first round, %(second)s in the second."),
    "drawn_rule": _l(
        "Seed drawn in public: “%(seed)s”. Each name gets the SHA-256 digest of the seed, a line feed and the name; the smallest digests are drawn."
    ),
    "drawn": _l("Place %(place)s: %(candidate)s (%(digest)s…)."),
}

LABELS = {
    "method.single_choice": _l("Single choice"),
    "method.multiple_choice": _l("Multiple choice"),
    "method.approval": _l("Approval"),
    "method.score": _l("Score"),
    "method.dot_allocation": _l("Points to share out"),
    "method.majority_judgment": _l("Majority judgment"),
    "method.majority_gauge": _l("Majority judgment (by shares)"),
    "method.election_without_candidate": _l("Election without candidate"),
    "method.sortition": _l("Drawing lots"),
}

FIELD_ERRORS = {
    "choice_too_many_marks": _l("There are more crosses than this vote allows. Take some away."),
    "choice_too_many_points": _l("There are more points than you have to give. Take some away."),
}
