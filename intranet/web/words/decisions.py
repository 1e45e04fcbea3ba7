"""Words for the register of decisions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "decisions.not_for_you": _l("This decision is not open to you."),
    "decisions.only_members_record": _l("Only employed members write in the register by hand."),
    "decisions.rectify_the_original": _l(
        "This entry corrects another one: correct the original again instead."
    ),
    "decisions.only_workers_tag": _l(
        "Only members, employees and applicants choose the subjects of a decision."
    ),
    "decisions.review_what_applies": _l(
        "Only a decision that applies today is reviewed: this one does not."
    ),
    "actions.only_workers": _l(
        "Only members, employees and applicants say what is to be done and what is done."
    ),
    "actions.only_what_was_adopted": _l("What was not adopted asks for nothing to be done."),
    "decisions.audience_without_you": _l("You can only choose readers among whom you are."),
    "decisions.only_the_adopted_act": _l(
        "What was not adopted changes nothing in other decisions."
    ),
    "decisions.voted_links_stand": _l(
        "What this decision does to others was voted with it: nobody adds to it by hand. To change another decision, make a proposal."
    ),
}

CONFLICTS = {
    "decisions.reviewed_meanwhile": _l(
        "Somebody reviewed %(number)s meanwhile. Read their answers below; yours are kept here."
    ),
    "actions.moved_meanwhile": _l(
        "Somebody else took a step on this action of %(number)s meanwhile. Here is where it stands."
    ),
    "decisions.link_in_a_circle": _l(
        "%(other)s already takes the place of %(number)s: a decision cannot end up replacing itself."
    ),
    "decisions.link_both_ways": _l(
        "%(other)s is already linked in this way to %(number)s: such a link never leads back."
    ),
    "decisions.source_taken": _l("This source already stands in the register as %(number)s."),
    "decisions.said_otherwise_now": _l(
        "The register holds it with another %(field)s, and a record is never rewritten."
    ),
    "decisions.recorded_otherwise": _l(
        "The register holds this decision with other words: a record is never rewritten."
    ),
}

FIELD_ERRORS = {
    "review_answer_missing": _l("Write a few words on what it helped, or that it helped nothing."),
    "review_answer_too_long": _l("This answer is too long: at most 10,000 characters."),
    "review_outcome_missing": _l("Choose what should become of the decision."),
    "review_reason_missing": _l("Say why it should be dropped: the proposal will begin with it."),
    "review_change_missing": _l("Say what should change: the proposal will begin with it."),
    "review_day_missing": _l("Write the day of the next review."),
    "review_day_past": _l("The next review comes after today."),
    "review_day_after_the_end": _l("The review comes before the end of the trial, or on that day."),
    "action_missing": _l("Write what is to be done, in one line."),
    "action_too_long": _l("This is too long: at most 255 characters."),
    "action_owner_unknown": _l("Choose somebody who is here and may read the decision."),
    "action_day_past": _l("This day is past: choose a later one, or leave it empty."),
    "action_state_unknown": _l("Choose where it stands."),
    "action_note_too_long": _l("This note is too long: at most 2,000 characters."),
    "action_dropped_without_reason": _l("Say why it will not be done."),
    "minutes_words_or_a_page": _l("Write the minutes here, or name the page: one of the two."),
    "minutes_page_unknown": _l("You know no page with this title or address."),
    "body_missing": _l("Choose who decided."),
    "decision_title_missing": _l("Write a title: what was decided, in one line."),
    "decision_title_too_long": _l("This title is too long: at most 255 characters."),
    "decision_text_missing": _l("Write down what was decided, word for word."),
    "decision_text_too_long": _l(
        "This text is too long for the register: at most 300,000 characters."
    ),
    "decision_result_unknown": _l("Choose whether it was adopted or not."),
    "decision_audience_unknown": _l("Choose readers among whom you are."),
    "decision_date_unclear": _l("Write the day like 12/03/2019."),
    "decision_day_missing": _l("Write the day on which it was decided."),
    "decided_in_the_future": _l("This day has not come yet: only what was decided is entered."),
    "retroactive_without_reason": _l(
        "It would apply before it was decided: say why, or change the day."
    ),
    "ends_before_it_starts": _l("The last day is before the first one."),
    "review_before_it_starts": _l("The review is before the first day."),
    "decision_count_unclear": _l("Write whole numbers."),
    "decision_count_negative": _l("There is no number below zero here."),
    "decision_more_votes_than_people": _l("These are more votes than people on the roll."),
    "number_of_another_kind": _l(
        "Write the number like AG-2019-004: the code of who decided, the year of the decision, and at least three digits. Or leave it empty."
    ),
    "number_given_by_the_register": _l(
        "For this year the register gives the number by itself: leave it empty."
    ),
    "number_taken": _l("Another decision already has this number."),
    "decision_tags_too_many": _l("At most 12 subjects, of at most 60 characters each."),
    "no_file_chosen": _l("Choose at least one file."),
    "file_too_large": _l("This is more than may be sent at once: nothing was kept."),
    "link_kind_unknown": _l("Choose what it does to the other decision."),
    "linked_decision_unknown": _l("The register holds no decision with this number."),
    "rectified_without_reason": _l("Say what was wrong: the reason stays beside the correction."),
}

LABELS = {
    "review_outcome.keep": _l("Keep it as it is"),
    "review_outcome.amend": _l("Change it"),
    "review_outcome.repeal": _l("Drop it"),
    "reviewed.keep": _l("kept as it is"),
    "reviewed.amend": _l("to be changed"),
    "reviewed.repeal": _l("to be dropped"),
    "action_state.open": _l("To do"),
    "action_state.done": _l("Done"),
    "action_state.dropped": _l("Given up"),
    "action_step.open": _l("to do"),
    "action_step.done": _l("done"),
    "action_step.dropped": _l("given up"),
    "decision_result.adopted": _l("adopted"),
    "decision_result.rejected": _l("not adopted"),
    "decision_result.lapsed": _l("lapsed"),
    "decision_result.withdrawn": _l("withdrawn"),
    "decision_result.deferred": _l("put off"),
    "decision_result.undecided": _l("not decided"),
    "decision_state.applies": _l("Applies today"),
    "decision_state.coming": _l("Not yet in force"),
    "decision_state.in_force": _l("In force"),
    "decision_state.to_review": _l("To review"),
    "decision_state.superseded": _l("Superseded"),
    "decision_state.repealed": _l("Repealed"),
    "decision_state.annulled": _l("Annulled"),
    "decision_state.suspended": _l("Suspended"),
    "decision_state.expired": _l("Expired"),
    "decision_state.rectification": _l("Correction"),
    "decision_state.rejected": _l("Rejected"),
    "decision_state.lapsed": _l("Lapsed"),
    "decision_state.withdrawn": _l("Withdrawn"),
    "decision_state.deferred": _l("Put off"),
    "decision_state.undecided": _l("Not decided"),
    "link.supersedes": _l("Replaces"),
    "link.supersedes.by": _l("Replaced by"),
    "link.supersedes.coming": _l("Will replace"),
    "link.supersedes.by.coming": _l("Will be replaced by"),
    "link.supersedes.void": _l("Would have replaced"),
    "link.supersedes.by.void": _l("Would have been replaced by"),
    "link.repeals": _l("Repeals"),
    "link.repeals.by": _l("Repealed by"),
    "link.repeals.coming": _l("Will repeal"),
    "link.repeals.by.coming": _l("Will be repealed by"),
    "link.repeals.void": _l("Would have repealed"),
    "link.repeals.by.void": _l("Would have been repealed by"),
    "link.annuls": _l("Annuls"),
    "link.annuls.by": _l("Annulled by"),
    "link.annuls.coming": _l("Will annul"),
    "link.annuls.by.coming": _l("Will be annulled by"),
    "link.annuls.void": _l("Would have annulled"),
    "link.annuls.by.void": _l("Would have been annulled by"),
    "link.suspends": _l("Suspends"),
    "link.suspends.by": _l("Suspended by"),
    "link.suspends.coming": _l("Will suspend"),
    "link.suspends.by.coming": _l("Will be suspended by"),
    "link.suspends.void": _l("Would have suspended"),
    "link.suspends.by.void": _l("Would have been suspended by"),
    "link.suspends.over": _l("Suspended for a time"),
    "link.suspends.by.over": _l("Was suspended by"),
    "link.implements": _l("Carries out"),
    "link.implements.by": _l("Carried out by"),
    "link.amends": _l("Amends"),
    "link.amends.by": _l("Amended by"),
    "link.amends.coming": _l("Will amend"),
    "link.amends.by.coming": _l("Will be amended by"),
    "link.amends.void": _l("Would have amended"),
    "link.amends.by.void": _l("Would have been amended by"),
    "link.rectifies": _l("Corrects the wording of"),
    "link.rectifies.by": _l("Wording corrected by"),
    "link.requires": _l("Needs"),
    "link.requires.by": _l("Needed by"),
    "decision_origin.proposal": _l("Proposal decided here"),
    "decision_origin.meeting": _l("Decided in a meeting"),
    "decision_origin.by_hand": _l("Entered by hand from a paper"),
    "decision_origin.import": _l("Brought in from another register"),
    "decision_origin.rectification": _l("Correction of a wording"),
}
