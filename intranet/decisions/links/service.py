"""Saying by hand what one decision of the register does to another."""

from __future__ import annotations

from intranet.core.policy import Invalid
from intranet.core.transaction import Transaction
from intranet.decisions.effects import add_link
from intranet.decisions.links.policy import CHANGING, EXPLAINING, may_link
from intranet.decisions.models import LinkKind
from intranet.decisions.queries import decision_by_number
from intranet.decisions.subjects import subject


def link_decisions(tx: Transaction, number: str, kind: str, other: str) -> bool:
    """Add what the decision `number` does to the decision `other`; whether that is new.

    Raises NotFound, Refused, Invalid for a number that is not in the register, Conflict for a
    link that leads back to where it comes from.
    """
    acting, _shelf = subject(tx, number)
    if kind not in (*CHANGING, *EXPLAINING):
        raise Invalid(link_kind="link_kind_unknown")
    tx.require(may_link, acting, kind)
    target = decision_by_number(tx, other.strip().upper())
    if target is None:
        raise Invalid(link_number="linked_decision_unknown")
    return add_link(tx, acting.number, target.number, LinkKind(kind))
