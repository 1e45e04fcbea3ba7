"""The sentences that explain an outcome, one for each code of `voting.lines`."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

LINES = {
    "no_quorum": _l(
        "No decision: %(taken_part)s of %(registered)s took part; the quorum is %(quorum_needed)s."
    ),
    "adopted_more_for": _l("Adopted: %(votes_for)s for, %(votes_against)s against."),
    "rejected_not_more_for": _l("Rejected: %(votes_for)s for, %(votes_against)s against."),
    "rejected_tie": _l(
        "Rejected: %(votes_for)s for and %(votes_against)s against, so nothing changes."
    ),
    "tied_chair": _l("Tied: %(votes_for)s for, %(votes_against)s against. The chair decides."),
    "tied_new_round": _l(
        "Tied: %(votes_for)s for, %(votes_against)s against. There will be a new round."
    ),
    "adopted_by_draw": _l(
        "Adopted by lot: %(votes_for)s for, %(votes_against)s against, and the draw puts “for” first."
    ),
    "rejected_by_draw": _l(
        "Rejected by lot: %(votes_for)s for, %(votes_against)s against, and the draw puts “against” first."
    ),
    "sides_drawn": _l(
        "Seed drawn in public: “%(seed)s”. Of the words for and against, the one with the smaller SHA-256 digest of the seed, a line feed and the word comes first."
    ),
    "tied_draw": _l("Tied: %(votes_for)s for, %(votes_against)s against. A recorded draw decides."),
    "rejected_no_votes_cast": _l("Rejected: nobody voted for or against."),
    "adopted_majority": _l(
        "Adopted: %(votes_for)s for, %(needed)s needed of %(base_size)s (%(base)s)."
    ),
    "rejected_majority": _l(
        "Rejected: %(votes_for)s for, %(needed)s needed of %(base_size)s (%(base)s)."
    ),
    "adopted_consent": _l(
        "Adopted by consent: nobody is opposed. In favour: %(in_favour)s of %(asked)s."
    ),
    "adopted_despite_objections": _l(
        "Adopted: those in favour (%(in_favour)s) override what stays open (objections: %(objection)s, silences counted as opposed: %(silent_against)s)."
    ),
    "rejected_objections": _l("Rejected. Objections still open: %(objection)s."),
    "rejected_silence": _l(
        "Rejected. People who gave no position, which this procedure counts as opposed: %(silent)s."
    ),
    "rejected_nobody_in_favour": _l("Rejected: nobody is in favour."),
    "voices_in_parts": _l(
        "External members hold %(external)s of the %(people)s voices, more than 35 %%. So that "
        "theirs weigh 35 %% together, a voice is counted as %(full)s parts, and each of theirs as "
        "%(part)s: the numbers are parts."
    ),
    "quorum_none": _l("%(taken_part)s of %(registered)s took part. There is no quorum."),
    "quorum_met": _l(
        "%(taken_part)s of %(registered)s took part, whatever their vote; the quorum is %(quorum_needed)s."
    ),
    "quorum_missed": _l(
        "%(taken_part)s of %(registered)s took part; the quorum is %(quorum_needed)s (missing: %(missing)s)."
    ),
    "counts_votes": _l(
        "For: %(votes_for)s. Against: %(votes_against)s. Abstentions: %(abstain)s. Blank: %(blank)s. Spoiled: %(spoiled)s. Did not vote: %(not_voted)s."
    ),
    "base_registered": _l(
        "Counted among all who are registered (%(registered)s): abstaining, voting blank or staying away weighs as a vote against."
    ),
    "base_present_or_represented": _l(
        "Counted among those present or represented (%(present_or_represented)s of %(registered)s): abstaining or voting blank weighs as a vote against."
    ),
    "base_cast": _l(
        "Counted among the votes cast: %(cast)s. Left out: abstentions (%(abstain)s), blank (%(blank)s) and spoiled (%(spoiled)s) ballots."
    ),
    "base_cast_with_blank": _l(
        "Counted among the votes cast: %(cast)s, blank ballots included (%(blank)s). Left out: abstentions (%(abstain)s) and spoiled ballots (%(spoiled)s)."
    ),
    "threshold_more_than": _l("More than %(threshold)s of %(base_size)s (%(base)s) is %(needed)s."),
    "threshold_at_least": _l("At least %(threshold)s of %(base_size)s (%(base)s) is %(needed)s."),
    "counts_positions": _l(
        "Consents: %(consent)s. Reservations: %(reservation)s. Standing aside: %(stand_aside)s. Open objections: %(objection)s. Lifted objections: %(objection_lifted)s. Spoiled: %(spoiled)s. No position: %(not_voted)s."
    ),
    "silence_not_counted": _l("No position given: %(silent)s. This procedure leaves them out."),
    "silence_counts_in_favour": _l(
        "No position given: %(silent)s. This procedure counts them in favour."
    ),
    "silence_counts_against": _l(
        "No position given: %(silent)s. This procedure counts them as opposed."
    ),
    "objections_lifted": _l(
        "Objections lifted by their authors and kept in the record: %(objection_lifted)s."
    ),
    "reservations_kept": _l("Reservations kept in the record: %(reservation)s."),
    "override_met": _l(
        "In favour: %(in_favour)s. This reaches at least %(threshold)s of %(base_size)s (%(base)s), which is %(needed)s."
    ),
    "override_missed": _l(
        "In favour: %(in_favour)s. This does not reach at least %(threshold)s of %(base_size)s (%(base)s), which is %(needed)s."
    ),
}

LABELS = {
    "share.1/2": _l("half"),
    "share.2/3": _l("two thirds"),
    "share.3/4": _l("three quarters"),
}
