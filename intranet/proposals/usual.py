"""By which procedure a rule is decided as a rule: the one of its latest decision."""

from __future__ import annotations

import json

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.decisions.models import Decision
from intranet.wiki.rules import RuleText


def last_procedure(reader: Reader, rule: RuleText) -> str | None:
    """The key of the procedure under which the newest paragraph of a rule was decided; None when
    the register does not say."""
    query = (
        select(Decision.procedure)
        .where(Decision.number.in_(set(rule.decisions.values())))
        .order_by(Decision.decided_on.desc(), Decision.id.desc())
        .limit(1)
    )
    stored = reader.session.scalar(query)
    key = json.loads(stored).get("key") if stored else None
    return str(key) if key else None
