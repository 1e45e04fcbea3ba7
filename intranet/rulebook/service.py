"""Saying that a decision is not yet in the rules, or that it is now."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.policy import Invalid
from intranet.core.transaction import Transaction
from intranet.decisions.models import Decision, DecisionResult, DecisionShelf
from intranet.decisions.policy import audiences
from intranet.rulebook.events import RuleDebtNoted, RuleDebtSettled
from intranet.rulebook.models import RuleDebt
from intranet.rulebook.policy import may_note_debt
from intranet.wiki.models import Page, PageKind
from intranet.wiki.visibility import visible

LONGEST = 500


def note_debt(tx: Transaction, number: str, rule: str, because: str) -> None:
    """Note that an adopted decision changes the rules and that none says it yet.

    `rule` is the name of the rule, or empty while there is none. Raises Refused, Invalid.
    """
    tx.require(may_note_debt)
    decision_id = _adopted(tx, number)
    _keep(tx, decision_id, "open", because, _rule(tx, rule))
    tx.record(RuleDebtNoted(decision_id, number))


def settle_debt(tx: Transaction, number: str, because: str) -> None:
    """Note that nothing of a decision is left to be written, and why. Raises Refused, Invalid."""
    tx.require(may_note_debt)
    decision_id = _adopted(tx, number)
    _keep(tx, decision_id, "settled", because, None)
    tx.record(RuleDebtSettled(decision_id, number))


def _adopted(tx: Transaction, number: str) -> int:
    found = tx.session.scalars(
        select(Decision.id)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(Decision.number == number, Decision.result == DecisionResult.ADOPTED)
        .where(DecisionShelf.audience.in_(audiences(tx)))
    ).one_or_none()
    if found is None:
        raise Invalid(number="rulebook.no_such_decision")
    return found


def _rule(tx: Transaction, name: str) -> int | None:
    if not name.strip():
        return None
    query = select(Page.id).where(
        Page.kind == PageKind.RULE, Page.title == name.strip(), visible(tx)
    )
    found = tx.session.scalars(query).one_or_none()
    if found is None:
        raise Invalid(rule="rulebook.no_such_rule")
    return found


def _keep(tx: Transaction, decision_id: int, state: str, because: str, page_id: int | None) -> None:
    reason = because.strip()
    if not reason or len(reason) > LONGEST:
        raise Invalid(because="rulebook.reason_missing" if not reason else "rulebook.reason_long")
    row = tx.session.get(RuleDebt, decision_id) or RuleDebt(decision_id=decision_id)
    row.state, row.because, row.at, row.by_id = state, reason, tx.now, tx.actor.person_id
    row.page_id = page_id or row.page_id
    tx.session.add(row)
