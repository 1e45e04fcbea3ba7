"""The minutes beside a decision, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from intranet.core.markdown import render
from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.decisions.addresses import Addresses
from intranet.decisions.minutes.models import Minutes
from intranet.members.models import Person
from intranet.members.queries import cooperative


@dataclass(frozen=True)
class MinutesCard:
    """Minutes in words (`html`, safe), or the page where they stand; who laid them here, when.

    `source` are the words as typed; `redacted_because` says why they are gone, if they are.
    """

    html: str
    source: str
    page_slug: str
    redacted_because: str | None
    at: datetime
    by: str


def of_decision(reader: Reader, decision_id: int) -> tuple[MinutesCard, ...]:
    """The minutes of a decision, those that count first, the earlier ones after them."""
    language = cooperative(reader.session).locale
    rows = reader.session.execute(
        select(Minutes, TextBody, Person.name)
        .join(Person, Person.id == Minutes.by_id)
        .outerjoin(TextBody, TextBody.digest == Minutes.text_digest)
        .where(Minutes.decision_id == decision_id)
        .order_by(Minutes.id.desc())
    )
    return tuple(_card(found, body, by, language) for found, body, by in rows)


def _card(found: Minutes, body: TextBody | None, by: str, language: str) -> MinutesCard:
    source = body.body if body else ""
    shown = render(source, Addresses(), language=language, first_level=3) if source else None
    return MinutesCard(
        html=shown.html if shown else "",
        source=source,
        page_slug=found.page_slug or "",
        redacted_because=body.redacted_because if body else None,
        at=found.at,
        by=by,
    )
