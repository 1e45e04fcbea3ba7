"""Whether an entry of the register is the ground of a change among people."""

from __future__ import annotations

from intranet.core.transaction import Reader
from intranet.decisions import queries as decisions
from intranet.decisions.statuses import REFUSED, State

NOT_A_GROUND = REFUSED | {State.RECTIFICATION}
"""Entries of the register that decide nothing: what was not adopted, and corrected wordings."""


def unknown_decision(reader: Reader, number: str) -> str:
    """Why a number is no entry of the register, adopted or not; "" when it is one."""
    found = decisions.decision_by_number(reader, number)
    return "membership.unknown_decision" if found is None else ""


def wrong_decision(reader: Reader, number: str) -> str:
    """Why a decision is no ground for a change; "" when it is one."""
    found = decisions.decision_by_number(reader, number)
    if found is None:
        return "membership.unknown_decision"
    return "membership.decision_not_adopted" if found.state in NOT_A_GROUND else ""
