"""Mending a slip of writing in a rule: the one way to change its letters without a decision."""

from __future__ import annotations

from intranet.core.policy import Conflict, Invalid
from intranet.core.transaction import Transaction
from intranet.corrections.policy import may_correct_rules, may_revoke_correction
from intranet.proposals.held_queries import is_held
from intranet.wiki import repeals, rules
from intranet.wiki.corrections import effects
from intranet.wiki.corrections.limits import problem_of
from intranet.wiki.corrections.models import Mended
from intranet.wiki.corrections.queries import correction_known

SHORTEST_REASON, LONGEST_REASON = 5, 500


def _reason(typed: str, field: str) -> str:
    said = " ".join(typed.split())
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise Invalid(**{field: "correction_reason_missing"})
    return said


def _refuse_held(tx: Transaction, page_id: int, block_id: str) -> None:
    if is_held(tx, page_id, block_id):
        raise Conflict("corrections.paragraph_is_under_vote")


def correct_rule(tx: Transaction, mended: Mended, reason: str) -> int:
    """Mend a slip of writing in a paragraph, and give the number of the correction.

    Raises NotFound, Refused, Invalid by field for what is more than a slip or has no reason, and
    Conflict while a vote holds the paragraph, when it changed meanwhile, or the rule is repealed.
    """
    tx.require(may_correct_rules)
    rule = rules.rule_text(tx, mended.page_id)
    said = _reason(reason, "reason")
    new_text = mended.new_text.replace("\r\n", "\n").strip("\n")
    if problem := problem_of(mended.old_text, new_text):
        raise Invalid(new_text=problem)
    if repeals.repeal_of(tx, rule.page_id) is not None:
        raise Conflict("corrections.rule_is_repealed")
    _refuse_held(tx, rule.page_id, mended.block_id)
    asked = Mended(rule.page_id, mended.block_id, mended.old_text, new_text)
    return effects.correct(tx, asked, said)


def revoke_correction(tx: Transaction, correction_id: int, because: str) -> None:
    """Put back the words that a correction mended; both stay in the list, for all to see.

    Raises NotFound, Refused, Invalid without a reason, and Conflict while a vote holds the
    paragraph or when it changed since.
    """
    correction = correction_known(tx, correction_id)
    tx.require(may_revoke_correction, correction)
    said = _reason(because, "because")
    _refuse_held(tx, correction.page_id, correction.block_id)
    effects.put_back(tx, correction, said)
