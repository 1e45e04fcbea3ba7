"""Who may remove words for ever."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.decisions.policy import may_record
from intranet.members.mandate_queries import holds_any_mandate


def may_redact(reader: Reader) -> Verdict:
    """Whoever may record and holds a mandate today: nobody brings removed words back."""
    mandated = YES if holds_any_mandate(reader) else no("redaction.mandate_holders_redact")
    return first_refusal(may_record(reader), mandated)
