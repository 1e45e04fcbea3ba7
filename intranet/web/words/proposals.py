"""Words for proposals: states, refusals, and what is missing before a vote."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "proposals.unknown": _l("There is no such proposal, or you may not read it."),
    "proposals.may_not_propose": _l("Your status lets you read and comment, not propose."),
    "proposals.may_not_comment": _l("Your status lets you read, not comment."),
    "proposals.only_the_author": _l("Only the person who made this proposal can do that."),
    "proposals.author_has_left": _l(
        "The person who made this proposal is no longer here: a member with a vote can do that in "
        "their place."
    ),
    "proposals.text_is_frozen": _l(
        "The text is under vote or decided: it can no longer be changed. Make a new proposal."
    ),
    "proposals.members_choose": _l("Only members with a vote may choose this procedure."),
    "proposals.mandated_choose": _l(
        "Only people who hold a mandate in its body may choose this procedure."
    ),
    "proposals.already_submitted": _l("This proposal is already under discussion."),
    "proposals.discussion_is_over": _l("The discussion of this proposal is over."),
    "proposals.not_in_discussion": _l("Only a proposal under discussion can be put to the vote."),
    "proposals.too_late_to_withdraw": _l(
        "The vote has begun: a proposal under vote cannot be withdrawn."
    ),
    "proposals.not_voting": _l("No vote is under way on this proposal."),
    "proposals.time_is_over": _l("The time of the vote is over: it will be counted."),
    "proposals.never_early": _l("This procedure never lets a vote be counted before its end."),
    "proposals.votes_are_missing": _l(
        "The vote can be counted early only when everybody on the roll has voted."
    ),
    "proposals.tellers_count": _l(
        "Tellers keep the key of this vote: it is counted when two of them have given their words."
    ),
    "proposals.objections_are_open": _l(
        "An objection is open: until the vote ends, only its author can lift it."
    ),
    "proposals.another_member_closes": _l(
        "Counting early is for another member than the one who proposed."
    ),
}

CONFLICTS = {
    "proposals.newer_version": _l(
        "Version %(number)s was written meanwhile. Look at it before you write another one."
    ),
    "proposals.rule_changed": _l(
        "The rule changed since you opened this form. Compare your words with the present ones, "
        "then send the form again."
    ),
    "proposals.illegal_step": _l("This is not possible any more: look at the proposal again."),
    "proposals.not_ready": _l("Something is still missing before members can vote."),
    "proposals.paragraph_is_held": _l(
        "Another vote is under way on the same paragraph. Wait for its result."
    ),
    "proposals.page_changed": _l(
        "The page changed since you opened this form. Read its present text below, then send the "
        "form again."
    ),
    "proposals.procedure_is_held": _l(
        "Another vote is under way on this procedure. Wait for its result."
    ),
    "proposals.no_plan": _l("No opening is planned for this vote."),
    "proposals.not_ended": _l("Only a proposal that found its end can be taken up again."),
    "proposals.deciders_are_held": _l(
        "Another vote is under way on who may change this rule. Wait for its result."
    ),
    "proposals.page_is_held": _l("Another vote is under way on this page. Wait for its result."),
}

FIELD_ERRORS = {
    "passage_unknown": _l(
        "The present wording no longer holds this paragraph. Send your comment again: it will be "
        "about the whole proposal."
    ),
    "kind_unknown": _l("Choose a kind of proposal."),
    "title_missing": _l("Give the proposal a title."),
    "title_too_long": _l("This title is too long: at most 255 characters."),
    "text_too_long": _l("This text is too long: at most 200,000 characters."),
    "trial_ends_before_effect": _l("The trial ends after the day of effect."),
    "past_reason_too_long": _l("500 characters are enough here."),
    "review_before_effect": _l("The review comes after the day of effect."),
    "vote_too_long": _l("A vote lasts at most a year: choose an earlier closing time."),
    "link_unknown": _l("Choose what the proposal does to the earlier decision."),
    "vote_too_short": _l("This procedure asks for a longer vote: choose a later closing time."),
    "date_unclear": _l("Write the date as day/month/year."),
    "moment_unclear": _l("Choose a day and a time."),
    "moment_skipped": _l(
        "This hour does not exist on that day: the clocks go forward. Choose another one."
    ),
    "moment_twice": _l(
        "This hour comes twice on that day: the clocks go back. Choose another one."
    ),
    "opening_in_the_past": _l("This time is past: choose a later one, or open the vote now."),
    "opening_too_late": _l("An opening is planned at most a year ahead."),
    "changes_unclear": _l(
        "This change would alter another paragraph too, for instance by an unclosed block of code."
    ),
    "layer_missing": _l("Choose the rank that the rule would have."),
    "procedure_too_weak_for_the_rank": _l(
        "This procedure may not make a rule of the rank you chose. Choose another one."
    ),
    "decider_missing": _l("Choose the procedure under which the change is decided."),
    "deciders_unfit": _l("Tick procedures that may change rules of this rank."),
    "procedure_retired": _l("This procedure is out of use: choose another one."),
    "audience_unknown": _l("Choose who may read the proposal."),
    "number_unknown": _l("The register holds no decision with this number."),
}

ISSUES = {
    "tellers_missing": _l(
        "Three tellers open the box of this vote together. Tellers still to be found: %(missing)s."
    ),
    "text_missing": _l("Write the text that will be voted on."),
    "changes_missing": _l("Change at least one paragraph of the rule."),
    "base_changed": _l(
        "The rule “%(page)s” changed since this proposal was written. Write the change again on "
        "the text in force."
    ),
    "rule_too_long": _l(
        "With this change the rule “%(page)s” would be longer than a page may be. Shorten it, or "
        "write a part of it in another rule."
    ),
    "procedure_too_weak": _l(
        "The procedure “%(procedure)s” may not change a rule of this rank. Choose another one."
    ),
    "procedure_not_named": _l(
        "The procedure “%(procedure)s” may not change this rule: the rule names those that may "
        "(%(named)s). Choose one of them."
    ),
    "deciders_unchanged": _l("These are already the procedures that may change this rule."),
    "decider_unfit": _l(
        "“%(procedure)s” is out of use, or may not change rules of this rank. Choose “Reword” to "
        "name others."
    ),
    "rule_could_never_change": _l(
        "None of the procedures named is meant for changing rules. Choose “Reword” to name another."
    ),
    "another_vote_on_the_rule_itself": _l(
        "Another vote is under way on who may change this rule. Wait for its result."
    ),
    "rules_left_alone": _l(
        "A rule names “%(procedure)s” alone: without it, that rule could never be changed again. "
        "First let the rule name another procedure."
    ),
    "procedure_of_a_named_rule": _l(
        "A rule may be changed by “%(procedure)s” and not by “%(decider)s”: so the second one may "
        "not decide on the first."
    ),
    "procedure_out_of_use": _l(
        "The procedure “%(procedure)s” was taken out of use. Choose another one."
    ),
    "procedure_not_for_this": _l(
        "The procedure “%(procedure)s” is not meant for this kind of proposal. Choose another one."
    ),
    "procedure_missing": _l("Say which procedure would be written."),
    "procedure_changed": _l(
        "The procedure “%(procedure)s” changed since this proposal was written. Choose “Reword” and "
        "begin again from its present version."
    ),
    "procedure_already_retired": _l("The procedure “%(procedure)s” is already out of use."),
    "procedure_senseless": _l("The procedure no longer makes sense. Choose “Reword” to mend it."),
    "procedure_too_weak_for_procedures": _l(
        "The procedure “%(procedure)s” may not decide on this one: it must be allowed to change the "
        "same ranks of rules, and be of the same body or be allowed to change the statutes."
    ),
    "ranks_left_alone": _l(
        "Without “%(procedure)s”, some rank of rules could never be changed again. First give "
        "another procedure that right."
    ),
    "procedure_is_named": _l(
        "It is the second vote or the next step of “%(procedure)s”. Change that first."
    ),
    "another_vote_on_the_procedure": _l(
        "Another vote is under way on this procedure. Wait for its result."
    ),
    "another_vote_on_the_paragraph": _l(
        "Another vote is under way on the same paragraph. Wait for its result."
    ),
    "page_is_a_rule": _l("The page has become a rule meanwhile: propose a change to it instead."),
    "page_is_closed": _l(
        "The page is for a body or for some people only. A rule is for everybody: open it first."
    ),
    "page_is_archived": _l("The page is archived. Bring it back into use first."),
    "page_is_empty": _l("The page “%(page)s” is empty: write it before it is voted on."),
    "page_changed": _l(
        "The page “%(page)s” changed since this proposal was written. Choose “Reword” and save: "
        "the proposal then takes the present text."
    ),
    "another_vote_on_the_page": _l("Another vote is under way on this page. Wait for its result."),
    "earlier_than_pending": _l(
        "A change already adopted comes into force on %(day)s: choose the same day or a later one."
    ),
    "trial_ends_before_the_count": _l(
        "The trial would be over on %(day)s, before the vote is counted. Choose a later day."
    ),
    "effective_in_the_past": _l(
        "The day of effect, %(day)s, is past. Choose another one, or say why it applies earlier."
    ),
    "effect_never_past": _l(
        "The day of effect, %(day)s, is past, and votes relied on what was in force then. Choose "
        "another one."
    ),
    "earlier_than_present_text": _l(
        "The present text of the rule applies from %(day)s: choose the same day or a later one."
    ),
    "review_before_the_count": _l(
        "The review would come on %(day)s, before the vote is counted. Choose a later day."
    ),
    "discussion_too_short": _l("The discussion must last until %(moment)s."),
    "too_long_to_enter": _l(
        "The text to vote on is too long to enter the register. Split it into several proposals."
    ),
    "voters_cannot_read": _l(
        "Some people on the roll of “%(body)s” may not read this proposal. Widen who may read it, "
        "or choose another procedure."
    ),
    "nobody_votes": _l("Nobody is on the roll of “%(body)s” today."),
    "only_external_voices": _l(
        "Only external members are on the roll, and together they may hold 35 %% of the voices at "
        "most. Choose a procedure that asks the other members too."
    ),
    "external_voices_in_secret": _l(
        "External members are more than 35 %% of the roll, so their voices must be counted for "
        "less, and a secret ballot may not say whose it is. Choose an open vote."
    ),
    "too_few_for_secrecy": _l(
        "A secret vote needs at least %(fewest)s people on the roll: with fewer, one could guess."
    ),
}

LABELS = {
    "kind.resolution": _l("Resolution"),
    "kind.several": _l("Change to several rules"),
    "kind.new_rule": _l("New rule"),
    "kind.repeal": _l("Repeal"),
    "kind.reorder": _l("Another place for a rule"),
    "kind.status": _l("Admission or change of status"),
    "kind.mandate": _l("Mandate"),
    "kind.election": _l("Election"),
    "kind.amendment": _l("Change to a rule"),
    "kind.procedure": _l("Change of how we decide"),
    "kind.deciders": _l("Who may change a rule"),
    "kind.adoption": _l("Adoption of a page as a rule"),
    "proposal.draft": _l("Draft"),
    "proposal.discussion": _l("In discussion"),
    "proposal.voting": _l("Under vote"),
    "proposal.adopted": _l("Adopted"),
    "proposal.rejected": _l("Rejected"),
    "proposal.lapsed": _l("Lapsed: no quorum"),
    "proposal.withdrawn": _l("Withdrawn"),
    "proposal.annulled": _l("Annulled"),
}
