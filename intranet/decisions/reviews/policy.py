"""Who may review a decision, and which decisions there is anything to review about."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.decisions.policy import may_record
from intranet.decisions.statuses import APPLIES, State


def may_review_decisions(reader: Reader) -> Verdict:
    """Employed members review decisions: the register is theirs to keep."""
    return may_record(reader)


def may_review(reader: Reader, state: State) -> Verdict:
    """Whoever reviews decisions, on one that applies today: what ended has nothing to improve."""
    applies = YES if state in APPLIES else no("decisions.review_what_applies")
    return first_refusal(may_review_decisions(reader), applies)
