"""Laying the minutes beside a decision."""

from __future__ import annotations

from intranet.core.markdown import LIMIT_CHARACTERS
from intranet.core.policy import Invalid
from intranet.core.texts import keep_text
from intranet.core.transaction import Transaction
from intranet.decisions.minutes.events import MinutesKept
from intranet.decisions.minutes.models import Minutes
from intranet.decisions.policy import may_record
from intranet.decisions.subjects import subject


def keep_minutes(tx: Transaction, number: str, text: str, page_slug: str) -> None:
    """Say where the minutes of a decision are: in these words, or on this page of the wiki.

    Earlier ones stay and are shown. The caller knows that there is such a page. Raises NotFound,
    Refused, Invalid.
    """
    decision, _shelf = subject(tx, number)
    tx.require(may_record)
    if bool(text.strip()) == bool(page_slug):
        raise Invalid(text="minutes_words_or_a_page")
    if len(text) > LIMIT_CHARACTERS or "\x00" in text:
        raise Invalid(text="decision_text_too_long")
    digest = keep_text(tx.session, text.strip()) if not page_slug else None
    assert tx.actor.person_id is not None  # noqa: S101
    tx.session.add(
        Minutes(
            decision_id=decision.id,
            text_digest=digest,
            page_slug=page_slug or None,
            at=tx.now,
            by_id=tx.actor.person_id,
        )
    )
    tx.record(MinutesKept(decision.id, number))
