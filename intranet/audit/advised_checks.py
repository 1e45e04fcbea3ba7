"""What one person decided after advice, against the journal."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from intranet.audit.payloads import payloads
from intranet.core.texts import text_digest
from intranet.core.transaction import Reader
from intranet.proposals.advised.models import AdvisedDecision


def recorded(reader: Reader) -> Iterator[str]:
    """Each decision after advice is the one of the journal, with the words of its answer; those of
    a redacted decision may be gone."""
    told = {
        one["poll_id"]: (one["proposal_id"], one["choice"], one["answer_digest"])
        for one in payloads(reader, "AdviceAnswered")
    }
    for one in reader.session.scalars(select(AdvisedDecision).order_by(AdvisedDecision.id)):
        found = told.pop(one.poll_id, None)
        said = found[2] if found and not one.answer else text_digest(one.answer)
        if found != (one.proposal_id, one.choice, said):
            yield f"poll {one.poll_id}: the answer to its advice is not the one of the journal"
    for poll_id in told:
        yield f"poll {poll_id}: its advice was answered, and the answer is gone"
