"""Words for decisions of one person after advice."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "advised.nothing_to_answer": _l("No advice waits for an answer on this proposal."),
    "advised.only_the_author": _l("Whoever asked for the advice decides, and nobody else."),
    "advised.too_late": _l("The time to decide is over: the proposal lapses."),
    "advised.answer_is_awaited": _l(
        "The advice is given: whoever asked for it now decides and answers it."
    ),
}

FIELD_ERRORS = {
    "advised_choice_missing": _l("Choose what you decide."),
    "advised_answer_missing": _l("Say in words how you took the advice into account."),
    "advised_answer_too_long": _l("At most 20,000 characters."),
    "advice_is_open": _l("Advice is given openly, with a name: untick the secret vote."),
    "advice_changes_no_rule": _l(
        "One person alone changes no rule: untick every rank with this method."
    ),
    "advice_decides_resolutions": _l(
        "One person alone decides resolutions only: tick “Resolution” and nothing else."
    ),
    "advice_can_change": _l("Advice can be changed until the end: answer yes with this method."),
    "advice_is_given_oneself": _l("Advice is given in person: write 0 with this method."),
    "advice_is_no_vote": _l(
        "A text that was voted on is not handed to one person who decides alone, nor the other way "
        "round."
    ),
}

ISSUES = {
    "advice_not_for_this": _l(
        "Under “%(procedure)s” one person decides alone: only resolutions, never a rule, a "
        "procedure, a status or a mandate. Choose a procedure by vote."
    ),
}

LINES = {
    "advised_decided": _l(
        "Decided by %(person)s alone, after advice. Asked: %(asked)s. Advised: %(given)s (go ahead: "
        "%(go_ahead)s, change something first: %(change_first)s, advise against: "
        "%(advise_against)s)."
    ),
}

LABELS = {
    "count.no_answer": _l("Have not answered"),
    "count.spoiled_answers": _l("Spoiled answers"),
    "advised.adopt": _l("decided alone: adopted"),
    "advised.revise": _l("decided alone: to be reworded"),
    "advised.give_up": _l("decided alone: given up"),
}

EVENTS = {
    "AdviceAnswered": _l("The advice on %(what)s was answered by whoever asked for it"),
}
