"""Words for the wiki."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REASONS = {
    "wiki.not_for_you": _l("This page is not for you."),
    "wiki.only_workers_write": _l("Members and employees write the wiki; you can read it."),
    "wiki.archived": _l("This page is archived. Take it out of the archive first."),
    "wiki.in_the_trash": _l("This page is in the trash. Take it out of the trash first."),
    "wiki.rules_change_by_amendment": _l(
        "This is a rule: it changes only by a decision. Propose an amendment."
    ),
    "wiki.rules_leave_by_decision": _l(
        "This is a rule: it leaves only by a decision that repeals it, and stays readable."
    ),
    "wiki.rules_stand_below": _l(
        "Rules stand below this page: their articles have their numbers from this place, which stays."
    ),
    "wiki.others_write_here": _l(
        "Other people write this page and its branch. You can suggest a change to them."
    ),
    "wiki.protected": _l(
        "This page is protected: %(why)s. Its owner changes it; you can suggest a change."
    ),
    "wiki.rules_are_for_everybody": _l(
        "This is a rule, or a rule stands below it: rules are for everybody of a status."
    ),
    "wiki.only_the_owner_protects": _l(
        "The owner of the page and the administrators protect it, or take the protection away."
    ),
    "wiki.audience_without_you": _l("Choose an audience to which you belong yourself."),
    "wiki.you_do_not_comment": _l("Your status takes no part in discussions."),
    "wiki.offer_answered": _l("This suggestion was answered already."),
    "wiki.not_your_offer": _l("Only whoever made a suggestion takes it back."),
    "wiki.file_of_a_rule": _l(
        "The text of a rule shows this file, so it stays as it was decided. Lay another one beside "
        "it, under another name."
    ),
    "wiki.only_members_set_audience": _l("Only members choose who may read a page."),
}

CONFLICTS = {
    "wiki.offer_is_stale": _l(
        "Somebody changed the same paragraph meanwhile. Nothing was saved; the suggestion waits."
    ),
    "wiki.file_name_taken": _l("Another file is called “%(name)s” now. Remove that one first."),
    "wiki.edited_meanwhile": _l(
        "Somebody changed the same paragraph while you were writing. Your text is kept below."
    ),
    "wiki.changed_meanwhile": _l(
        "Somebody changed this page meanwhile. Look at its present state, then try again."
    ),
    "wiki.renamed_meanwhile": _l(
        "Somebody renamed this page meanwhile: it is called “%(title)s” now. Your name is kept "
        "below; send it again if it still is the right one."
    ),
    "wiki.already_a_rule": _l("This page is a rule already: it changes by an amendment."),
    "wiki.later_text_is_pending": _l(
        "A later text of this rule is already adopted and comes into force on %(day)s. A new text "
        "cannot come into force before it."
    ),
    "wiki.rule_too_long": _l(
        "The change cannot be written into “%(page)s”: the rule would be longer than a page may be."
    ),
}

FIELD_ERRORS = {
    "wiki.title_missing": _l("Give the page a name."),
    "wiki.title_too_long": _l("The name has more than 255 characters."),
    "wiki.title_taken": _l("Another page already has this name."),
    "wiki.title_in_the_trash": _l(
        "A page of this name is in the trash. Take that page out, or choose another name."
    ),
    "wiki.text_too_long": _l("The text has more than 300,000 characters: divide it in two pages."),
    "wiki.text_shrinks": _l(
        "This save takes away almost the whole text. Tick the box if this is what you want."
    ),
    "wiki.text_emptied": _l(
        "This save would leave the page without a word, so it was not done. To put a page away, "
        "archive it."
    ),
    "wiki.more_than_said": _l(
        "More paragraphs would change than the ones you worked on. Look at the changes above, and "
        "tick the box if they are what you want."
    ),
    "wiki.parent_unknown": _l("There is no such page."),
    "wiki.parent_inside": _l("A page cannot stand below itself."),
    "wiki.reason_missing": _l("Say why: the reason stays with the page."),
    "wiki.guest_unnamed": _l("Say for whom the link is, in at most 120 characters."),
    "wiki.guest_day": _l("Choose a day from today on, at most one year away."),
    "wiki.nothing_suggested": _l("Nothing differs from the text of the page yet."),
    "wiki.people_unknown": _l("Choose people who work here or are members."),
    "wiki.nothing_above": _l("There is no page above this one."),
    "wiki.review_in_the_past": _l("Choose a day that is still to come."),
    "wiki.audience_unknown": _l("Choose who may read the page."),
    "wiki.tag_name_missing": _l("Give one name, without commas."),
    "wiki.tag_too_long": _l("A tag has at most 50 characters, a page at most 20 tags."),
    "wiki.summary_too_long": _l("The summary has more than 300 characters."),
}

LABELS = {
    "offer.waiting": _l("waits for an answer"),
    "offer.accepted": _l("accepted"),
    "offer.declined": _l("declined"),
    "offer.withdrawn": _l("taken back"),
    "layer.statutes": _l("statutes"),
    "layer.work_rules": _l("work rules (by law)"),
    "layer.operating_rules": _l("operating rules"),
    "revision.created": _l("created"),
    "revision.edited": _l("edited"),
    "revision.corrected": _l("correction of the writing, without a decision"),
    "revision.put_back": _l("correction taken back"),
    "revision.restored": _l("restored"),
    "revision.enacted": _l("enacted"),
    "revision.imported": _l("imported"),
}
