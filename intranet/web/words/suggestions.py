"""Words for changes suggested to the text of a proposal: for members, amendments."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "suggestions.not_in_discussion": _l(
        "Amendments are made and answered while the proposal is under discussion."
    ),
    "suggestions.other_kind": _l(
        "This kind of proposal has no paragraphs to amend: say in the discussion what you would "
        "change."
    ),
    "suggestions.author_rewords": _l("It is your own proposal: reword it."),
    "suggestions.opening_is_planned": _l(
        "The opening of the vote is planned: the time for amendments is over."
    ),
    "suggestions.no_round_for_them": _l(
        "This discussion goes in rounds: amendments are taken while the round for them is open."
    ),
    "suggestions.already_settled": _l("This amendment is under vote or settled."),
    "suggestions.has_a_rival": _l(
        "Amendment %(other)s changes the same paragraph: put both to the vote, or answer the other "
        "one first."
    ),
    "suggestions.only_who_suggested": _l("Only the person who made this amendment can do that."),
    "suggestions.others_put_to_vote": _l(
        "The author of the proposal, the author of the amendment and the people with a mandate in "
        "the body that decides can put it to the vote."
    ),
    "suggestions.author_answers_first": _l(
        "The author of the proposal answers first; if they do not take your amendment up, you can "
        "put it to the vote."
    ),
    "suggestions.already_counted": _l("This vote is over and counted."),
    "suggestions.under_vote": _l(
        "A vote on amendments is under way: wait for its result, or end it first."
    ),
}

CONFLICTS = {
    "suggestions.rule_changed": _l(
        "The rule changed since this proposal was written: its author has to reword it first."
    ),
    "suggestions.base_changed": _l(
        "The paragraph has other words by now: the amendment is to be written anew."
    ),
    "suggestions.illegal_step": _l("This is not possible any more: look at the amendment again."),
    "suggestions.rival_is_voted": _l(
        "Amendment %(other)s on the same paragraph is being voted on. Wait for the result."
    ),
    "suggestions.rival_is_stale": _l(
        "The paragraph of amendment %(other)s has other words by now: it is to be written anew, or "
        "withdrawn, before the vote."
    ),
}

FIELD_ERRORS = {
    "nothing_changed": _l("These are the present words: change something."),
    "suggestion_reason_too_long": _l("This is too long for a reason: at most 5,000 characters."),
    "amendments_and_page_differ": _l(
        "Amendments and page say different things in one paragraph: mend the page first, or give "
        "the amendments up."
    ),
    "no_way_to_choose": _l("Choose a procedure of the group that decides this proposal."),
    "ballot_too_small": _l("Too few people are on the roll for a secret vote."),
}

ISSUES = {
    "suggestions_under_vote": _l("A vote on amendments is under way: wait for its result."),
    "suggestions_waiting": _l(
        "Amendments that wait for the author’s answer: %(waiting)s. Take each into the text, say "
        "why not, or put it to the vote."
    ),
}

LABELS = {
    "suggestion.proposed": _l("Waits for an answer"),
    "suggestion.declined": _l("Not taken up by the author"),
    "suggestion.accepted": _l("Taken into the text by the author"),
    "suggestion.voting": _l("Being voted"),
    "suggestion.adopted": _l("Adopted by the vote"),
    "suggestion.refused": _l("Not kept"),
    "suggestion.withdrawn": _l("Withdrawn by its author"),
    "suggestion.moot": _l("Without object"),
}

EVENTS = {
    "ChangeSuggested": _l("An amendment to the proposal %(what)s was made"),
    "SuggestionMoved": _l("An amendment to the proposal %(what)s went on"),
    "SuggestionsPutToVote": _l("Amendments to the proposal %(what)s were put to the vote"),
    "SuggestionsDecided": _l("The vote on amendments to the proposal %(what)s is over"),
}
