"""Whom an erasure concerns, and where else the name stands."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from intranet.core.policy import NotFound, Refused
from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.decisions import queries as decisions
from intranet.decisions.models import Decision
from intranet.members.models import Person
from intranet.membership.erasure.policy import may_erase


@dataclass(frozen=True)
class ToErase:
    """A person who can be forgotten, and the decisions whose words hold the name."""

    id: int
    name: str
    decisions: tuple[tuple[str, str], ...]


def to_erase(reader: Reader, person_id: int) -> ToErase:
    """What the page that asks once more shows. Raises NotFound, Refused."""
    person = reader.session.get(Person, person_id)
    if person is None:
        raise NotFound
    verdict = may_erase(reader, person)
    if not verdict:
        raise Refused(verdict)
    numbers = reader.session.scalars(
        select(Decision.number)
        .outerjoin(TextBody, TextBody.digest == Decision.text_digest)
        .where(
            or_(
                Decision.title.contains(person.name, autoescape=True),
                TextBody.body.contains(person.name, autoescape=True),
            )
        )
        .order_by(Decision.id)
    ).all()
    marks = decisions.statuses(reader, set(numbers))
    named = tuple((one, marks[one].title) for one in numbers if one in marks)
    return ToErase(person.id, person.name, named)
