"""Words for the acts that have a form of their own, for those who write together, and for outlines."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "support.authors_do_not_second": _l(
        "Those who write a proposal do not second it: others say that it is worth a vote."
    ),
    "outlines.only_members_write": _l("Only members with a vote write the outlines."),
}

CONFLICTS = {
    "outlines.newer_version": _l(
        "Somebody wrote another version of this outline meanwhile. What you typed is still here: "
        "compare it with theirs, then begin again from their version."
    ),
}

FIELD_ERRORS = {
    "co_author_unsuited": _l("Choose somebody who may propose and may read this proposal."),
    "co_author_is_author": _l("This person is the author already."),
    "co_authors_too_many": _l("Twenty co-authors are the most."),
    "outlines.name_length": _l("Give a name of 1 to 80 characters."),
    "outlines.sections_missing": _l("Ask at least one question, and ten at most."),
    "outlines.section_twice": _l("Two questions have the same words."),
    "outlines.section_too_long": _l("Shorten the questions and what is expected."),
    "seconders_too_many": _l("Fifty seconders are the most."),
    "role_missing": _l("Choose a role, or write another one of at most 80 characters."),
    "act_person_missing": _l("Choose the person."),
    "act_missing": _l("Choose what would be done."),
    "mandate_missing": _l("Choose the mandate."),
    "status_missing": _l("Choose the status."),
    "nothing_chosen_to_repeal": _l("Name at least one decision, or choose a rule."),
    "place_missing": _l("Choose the rule after which it would stand."),
    "rule_title_missing": _l("Give the rule a name of at most 200 characters."),
}

ISSUES = {
    "section_missing": _l("Answer the question “%(section)s” of the outline."),
    "seconders_missing": _l(
        "People beside the authors must support that it is put to the vote. Still missing: "
        "%(missing)s."
    ),
    "mandate_is_over": _l("This mandate has ended already, or ends before that day."),
    "mandate_ends_too_early": _l("The mandate must end after the day it begins, %(day)s."),
    "person_is_not_here": _l("This person does not belong to the cooperative today."),
    "candidate_is_not_here": _l("A candidate no longer belongs to the cooperative."),
    "person_missing": _l("Say who it is about."),
    "has_this_status": _l("This person has this status already."),
    "no_external_members": _l("The cooperative has no external members: a setting says so."),
    "nothing_to_repeal": _l("Say which decision would be repealed."),
    "decision_has_ended": _l("Already ended: %(number)s."),
    "rule_is_repealed": _l("The rule “%(page)s” is repealed, or will be by then."),
    "place_is_gone": _l(
        "The place is gone: the other rule no longer applies, or stands below this one. Choose "
        "“Reword”, and another place."
    ),
    "rule_name_taken": _l("A page is called “%(page)s” already. Choose another name."),
}

LABELS = {
    "act.several": _l("Change several rules at once"),
    "act.new_rule": _l("Write a new rule"),
    "act.repeal": _l("Repeal a rule or a decision"),
    "act.reorder": _l("Give a rule another place"),
    "act.status": _l("Admit somebody, or change a status"),
    "act.mandate": _l("Give, renew or take back a mandate"),
    "act.election": _l("Elect somebody to a role among several candidates"),
    "act_lead.several": _l(
        "Their changes are voted on together: all are adopted, or none. The rules then change by "
        "themselves, word for word."
    ),
    "act_lead.new_rule": _l(
        "If it is adopted, the page is made by itself, and every paragraph bears the decision."
    ),
    "act_lead.repeal": _l(
        "Nothing is deleted: what is repealed stays readable and says by which decision it ended."
    ),
    "act_lead.reorder": _l(
        "Its number changes from the day of effect, and that of the rules between. On earlier days "
        "the rulebook keeps its order, and no address changes."
    ),
    "act_lead.status": _l(
        "If it is adopted, the status changes on its day, and the rights with it."
    ),
    "act_lead.mandate": _l("If it is adopted, the mandate begins or ends on its day by itself."),
    "act_lead.election": _l(
        "Each member marks a ballot; whoever is chosen gets the mandate on its day by itself."
    ),
}
