"""Words for how a proposal is discussed: rounds, summaries, positions, reactions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "talks.not_in_discussion": _l("The proposal is not under discussion."),
    "talks.author_or_facilitator": _l(
        "The author and the people with a mandate in the body that decides lead the rounds."
    ),
    "talks.author_stands_for_it": _l("It is your own proposal: the others say where they stand."),
}

CONFLICTS = {
    "talks.same_round": _l("Somebody else did that meanwhile: look at the discussion again."),
}

FIELD_ERRORS = {
    "round_unknown": _l("Choose a round."),
    "stance_unknown": _l("Choose a position."),
    "reaction_unknown": _l("Choose a reaction."),
}

LABELS = {
    "round.clarification": _l("Round of clarification"),
    "round.reactions": _l("Round of reactions"),
    "round.amendments": _l("Round of amendments"),
    "round.for.clarification": _l("questions, to understand the text; no opinions yet"),
    "round.for.reactions": _l("what each person thinks of it"),
    "round.for.amendments": _l("other words for its paragraphs"),
    "stance.agree": _l("I agree"),
    "stance.reservation": _l("I have a reservation"),
    "stance.disagree": _l("I disagree"),
    "stance.unclear": _l("It is not clear to me"),
    "reaction.agree": _l("Agreed"),
    "reaction.thanks": _l("Thank you"),
    "reaction.unclear": _l("To be clarified"),
}

EVENTS = {
    "RoundOpened": _l("A round of the discussion on %(what)s began"),
    "RoundClosed": _l("A round of the discussion on %(what)s ended"),
    "DiscussionSummed": _l("The discussion on %(what)s was summed up"),
    "PersonMentioned": _l("Somebody was called by name in the discussion on %(what)s"),
    "StanceTaken": _l("A position on the proposal %(what)s was given or taken back"),
}
