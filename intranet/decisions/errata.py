"""The corrections of a wording, as they stand above the original."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionLink, DecisionShelf, LinkKind
from intranet.decisions.policy import audiences
from intranet.members.models import Person


@dataclass(frozen=True)
class Erratum:
    """A correction: its own number, day, author and reason, and the text as it should read,
    which is empty when it was removed."""

    number: str
    on: date | None
    author: str | None
    because: str
    text: str


def errata(reader: Reader, number: str) -> tuple[Erratum, ...]:
    """The corrections of a decision that the reader may see, the oldest first; one statement."""
    query = (
        select(Decision, Person.name, TextBody.body)
        .join(DecisionLink, DecisionLink.from_number == Decision.number)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .join(TextBody, TextBody.digest == Decision.text_digest)
        .outerjoin(Person, Person.id == Decision.recorded_by_id)
        .where(DecisionLink.to_number == number, DecisionLink.kind == LinkKind.RECTIFIES)
        .where(DecisionShelf.audience.in_(audiences(reader)))
        .order_by(Decision.id)
    )
    return tuple(
        Erratum(one.number, one.decided_on, name, _reason(one), text)
        for one, name, text in reader.session.execute(query)
    )


def _reason(correction: Decision) -> str:
    told = json.loads(correction.procedure) if correction.procedure else {}
    return str(told.get("because", ""))
