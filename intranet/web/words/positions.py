"""Words for the ways to decide on one text by positions, steps and advice."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

LINES = {
    "adopted_unanimity": _l("Adopted by unanimity: %(votes_for)s for of %(base_size)s (%(base)s)."),
    "rejected_unanimity": _l(
        "Rejected: %(votes_for)s for of %(base_size)s (%(base)s), and unanimity needs all of them."
    ),
    "adopted_consensus": _l(
        "Adopted by consensus: nobody blocks, %(in_favour)s of %(asked)s agree."
    ),
    "adopted_despite_blocks": _l("Adopted: %(in_favour)s who agree override %(block)s who block."),
    "rejected_blocks": _l("Rejected. Blocks: %(block)s."),
    "adopted_support": _l(
        "Adopted: %(support)s in support, %(needed)s needed of %(base_size)s (%(base)s)."
    ),
    "rejected_support": _l(
        "Rejected: %(support)s in support, %(needed)s needed of %(base_size)s (%(base)s)."
    ),
    "rejected_support_not_more": _l(
        "Rejected: %(support)s in support and %(opposed)s opposed, so nothing changes."
    ),
    "rejected_lowest_steps": _l(
        "Rejected. On the two lowest steps, which stop a text here: %(lowest)s."
    ),
    "advised_sense": _l("Nothing is decided: %(given)s of %(asked)s said where they stand."),
    "advised_advice": _l(
        "Advice is given: %(given)s of %(asked)s advised. Whoever asked for it decides."
    ),
    "threshold_all": _l(
        "Unanimity of %(base_size)s (%(base)s): all of them must be for, and at least one."
    ),
    "counts_consensus": _l(
        "Agreements: %(agree)s. Agreements with a reservation: %(reservation)s. Standing aside: %(stand_aside)s. Blocks: %(block)s. Spoiled: %(spoiled)s. No position: %(not_voted)s."
    ),
    "counts_steps": _l(
        "Full support: %(endorse)s. Support with a minor concern: %(endorse_minor)s. Support with reservations: %(support_with_reservation)s. Abstentions: %(abstain)s. Standing aside: %(stand_aside)s. Disagree but will follow: %(disagree_but_follow)s. Disagree and stay out of it: %(disagree_not_involved)s. Blocks: %(block)s. Spoiled: %(spoiled)s. Did not vote: %(not_voted)s."
    ),
    "steps_added_up": _l(
        "In support (the first three steps): %(support)s. Neither: %(neither)s. Opposed (the last three): %(opposed)s."
    ),
    "base_steps_cast": _l(
        "Counted among those in support and those opposed: %(base_size)s. Left out: abstentions and standing aside (%(neither)s), spoiled ballots (%(spoiled)s)."
    ),
    "lowest_steps_stop": _l(
        "The two lowest steps stop a text in this procedure. On them: %(lowest)s."
    ),
    "lowest_steps_do_not_stop": _l(
        "The two lowest steps weigh like any opposition in this procedure. On them: %(lowest)s."
    ),
    "counts_sense": _l(
        "Looks good: %(looks_good)s. Not sure yet: %(unsure)s. Concerned: %(concerned)s. Spoiled: %(spoiled)s. No answer: %(not_voted)s."
    ),
    "sense_decides_nothing": _l(
        "A sense check adopts nothing and rejects nothing, whatever the numbers: it shows where people stand."
    ),
    "counts_advice": _l(
        "Go ahead: %(go_ahead)s. Change something first: %(change_first)s. Advise against: %(advise_against)s. No advice: %(no_advice)s. Spoiled: %(spoiled)s. No answer: %(not_voted)s."
    ),
    "advice_decides_nothing": _l(
        "Advice binds nobody, whatever the numbers: whoever asked for it answers for the decision."
    ),
}

LABELS = {
    "method.absolute_majority": _l("Absolute majority"),
    "method.unanimity": _l("Unanimity"),
    "method.consensus": _l("Consensus"),
    "method.gradients_of_agreement": _l("Gradients of agreement"),
    "method.sense_check": _l("Sense check"),
    "method.advice_process": _l("Advice process"),
    "result.advised": _l("Advice recorded"),
    "option.agree": _l("I agree"),
    "option.block": _l("I block"),
    "option.endorse": _l("I fully support it"),
    "option.endorse_minor": _l("I support it, with a minor concern"),
    "option.support_with_reservation": _l("I support it, with reservations"),
    "option.disagree_but_follow": _l("I disagree, but will follow the majority"),
    "option.disagree_not_involved": _l("I disagree, and do not want to take part in it"),
    "option.looks_good": _l("Looks good to me"),
    "option.unsure": _l("I am not sure yet"),
    "option.concerned": _l("I am concerned"),
    "option.go_ahead": _l("Go ahead"),
    "option.change_first": _l("Change something first"),
    "option.advise_against": _l("I advise against it"),
    "option.no_advice": _l("I have no advice to give"),
    "count.agree": _l("Agreements"),
    "count.block": _l("Blocks"),
    "share.1/1": _l("all"),
}

FIELD_ERRORS = {
    "block_without_reason": _l("Say why you block: a block needs a reason that others can answer."),
    "advice_without_reason": _l("Write your advice in words: the person who decides will read it."),
}
