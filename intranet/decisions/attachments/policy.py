"""Who may lay a file beside a decision."""

from __future__ import annotations

from intranet.core.policy import Verdict, first_refusal
from intranet.core.transaction import Reader
from intranet.decisions.models import DecisionShelf
from intranet.decisions.policy import may_read_decision, may_record


def may_attach(reader: Reader, shelf: DecisionShelf) -> Verdict:
    """Whoever may record and may read the decision; a file beside a record stays for ever."""
    return first_refusal(may_read_decision(reader, shelf), may_record(reader))
