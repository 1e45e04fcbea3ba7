"""Words for procedures, polls and ballots."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "polls.closed": _l("Voting has ended: the time was over when your ballot arrived."),
    "polls.not_on_the_roll": _l(
        "You are not on the roll of this vote: it was drawn up when the vote opened."
    ),
    "polls.no_longer_here": _l("Your account no longer gives access to votes."),
    "polls.secret_is_final": _l(
        "You have voted. A secret ballot cannot be changed: nobody can find it again, not even you."
    ),
    "polls.not_open_yet": _l("This vote has not opened yet: look at its opening time."),
    "polls.vote_is_final": _l("You have voted. This procedure does not let a vote be changed."),
    "polls.only_members_define": _l("Only members with a vote can write procedures."),
    "polls.procedures_are_decided": _l(
        "Since the first vote, how you decide is itself decided: propose the change instead."
    ),
}

CONFLICTS = {
    "polls.only_external_voices": _l(
        "Only external members are on the roll, and together they may hold 35 %% of the voices at most."
    ),
    "polls.external_voices_in_secret": _l(
        "External members are more than 35 %% of the roll: their voices cannot be counted for less in a secret vote."
    ),
    "polls.tellers_are_missing": _l("Tellers are still missing for this vote."),
    "polls.nobody_votes": _l("Nobody would be on the roll of this vote today."),
    "polls.already_counted": _l("This vote has already been counted."),
    "polls.already_voted": _l("You have already voted: the first ballot counts."),
    "polls.procedure_changed": _l(
        "Somebody wrote another version of this procedure meanwhile. What you typed is still here: compare it with theirs, then begin again from their version."
    ),
}

FIELD_ERRORS = {
    "choice_missing": _l("Choose an answer."),
    "choice_unknown": _l("This answer is not offered in this vote."),
    "objection_without_reason": _l(
        "Say what harm you see: an objection needs a reason that others can answer."
    ),
    "reason_required": _l("This procedure asks for a reason with each vote: write a few words."),
    "reason_in_a_secret_vote": _l(
        "In a secret vote nobody may be made to write: their words could tell who they are."
    ),
    "tellers_without_more_time": _l(
        "Tellers give their words when a vote ends. If it went on afterwards, the key of a box "
        "still open would be half given: so where tellers open the box, a vote is not made longer "
        "and its ballots are not kept for a second vote. Give up one or the other."
    ),
    "second_needs_tellers": _l(
        "The second vote asks for tellers: the first one must too, so that they are found in time."
    ),
    "tellers_without_secrecy": _l("Tellers open the box of a secret vote: make it secret first."),
    "reason_too_long": _l("This reason is too long: at most 4,000 characters."),
    "consent_is_revotable": _l(
        "In a consent, positions must stay changeable: else no objection could ever be lifted."
    ),
    "too_few_to_be_secret": _l("At least 3 people: of two, each knows how the other voted."),
    "people_unclear": _l("Write a whole number of people, such as 5."),
    "extension_without_quorum": _l(
        "A vote is made longer only when its quorum is missed: set a quorum, or write 0."
    ),
    "escalation_not_above": _l(
        "A text goes on to a body above this one, or to another procedure of the same body. First say on the page of bodies which one is above."
    ),
    "procedure_unknown": _l("Choose another procedure that is in use."),
    "second_of_another_body": _l(
        "The second convocation asks the same body: choose one of its procedures."
    ),
    "second_of_other_ranks": _l(
        "The second convocation must be allowed to change the same ranks of rules."
    ),
    "second_without_quorum": _l(
        "Without a quorum it cannot be missed: choose “not adopted”, or set a quorum."
    ),
    "kept_after_the_count": _l(
        "Votes are kept only when the quorum is missed: otherwise the first result is known."
    ),
    "other_ballots": _l(
        "Votes can be kept only if both procedures offer the same answers, both secret or both open."
    ),
    "name_missing": _l("Give it a name."),
    "name_taken": _l("Another procedure has this name: change that one, or choose another name."),
    "body_unknown": _l("Choose one of the bodies of the cooperative."),
    "method_unknown": _l("Choose one of the methods offered."),
    "hours_out_of_range": _l("A vote lasts at least one hour."),
    "hours_unclear": _l("Write a whole number of hours, such as 48."),
    "hours_too_many": _l("At most one year: 8,760 hours."),
    "tie_not_offered": _l("A casting vote would give one person two voices: choose another rule."),
    "setting_not_a_fraction": _l("Write a fraction such as 2/3."),
    "setting_out_of_range": _l("The fraction must be more than 0 and at most 1."),
    "setting_below_half": _l("Below one half, both sides could win."),
    "setting_unreachable": _l("More than all cannot be reached."),
    "setting_unknown_value": _l("Choose one of the values offered."),
    "setting_unknown_setting": _l("This setting does not exist."),
    "setting_unused": _l(
        "The chosen method does not count with this: leave it empty, or choose the first answer."
    ),
}

LABELS = {
    "custody.server": _l("The server"),
    "custody.tellers": _l("Three tellers, of whom two together"),
    "option.for": _l("For"),
    "option.against": _l("Against"),
    "option.abstain": _l("Abstention"),
    "option.blank": _l("Blank ballot"),
    "option.spoiled": _l("Spoiled ballots"),
    "option.not_voted": _l("Did not vote"),
    "option.consent": _l("I consent"),
    "option.reservation": _l("I consent with a reservation"),
    "option.stand_aside": _l("I stand aside"),
    "option.objection": _l("I object"),
    "option.objection_lifted": _l("Objections lifted"),
    "count.consent": _l("Consent"),
    "count.reservation": _l("Reservations"),
    "count.stand_aside": _l("Standing aside"),
    "count.objection": _l("Objections"),
    "base.registered": _l("all people on the roll"),
    "base.present_or_represented": _l("people present or represented"),
    "base.cast": _l("votes cast for or against"),
    "choosers.proposers": _l("Whoever makes a proposal"),
    "choosers.members": _l("Members with a vote"),
    "choosers.mandated": _l("People who hold a mandate in this body"),
    "second_if.no_quorum": _l("When the quorum is missed"),
    "second_if.not_adopted": _l("Whenever the text is not adopted"),
    "silence.nothing": _l("Nothing: it is not counted"),
    "silence.adopted": _l("Consent"),
    "silence.rejected": _l("An objection"),
    "poll.open": _l("open"),
    "poll.closed": _l("counted"),
    "poll.cancelled": _l("ended without a count"),
    "result.adopted": _l("Adopted"),
    "result.rejected": _l("Rejected"),
    "result.no_quorum": _l("No quorum"),
    "result.tied": _l("Tied"),
    "method.simple_majority": _l("Simple majority"),
    "method.qualified_majority": _l("Qualified majority"),
    "method.consent": _l("Consent"),
}
