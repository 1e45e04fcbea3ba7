"""The outlines that a proposal may begin from: those of the cooperative, and those shipped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.proposals.outlines.models import OutlineVersion
from intranet.proposals.outlines.sections import Section as Section


@dataclass(frozen=True)
class Outline:
    """What a proposal is asked to say, and the text it begins with.

    Number 0 is an outline as it is shipped, in the language of the reader; the others were written
    by somebody, at an instant.
    """

    key: str
    name: str
    sections: tuple[Section, ...]
    text: str = ""
    number: int = 0
    retired: bool = False
    author: str = ""
    at: datetime | None = None


def _outline(row: OutlineVersion, author: str) -> Outline:
    asked = json.loads(row.sections)
    sections = tuple(Section(title, "", hint, required) for title, hint, required in asked)
    return Outline(
        row.key, row.name, sections, row.text, row.number, row.retired, author, at=row.at
    )


def _stored(reader: Reader) -> list[Outline]:
    """The last version of each outline that the cooperative wrote, in the order of their keys."""
    last = select(func.max(OutlineVersion.id)).group_by(OutlineVersion.key)
    rows = reader.session.execute(
        select(OutlineVersion, Person.name)
        .join(Person, Person.id == OutlineVersion.author_id)
        .where(OutlineVersion.id.in_(last))
        .order_by(OutlineVersion.key)
    )
    return [_outline(*row) for row in rows]


def every_outline(reader: Reader, shipped: Sequence[Outline]) -> list[Outline]:
    """Every outline, also out of use: those shipped first, each as it was written over."""
    stored = {one.key: one for one in _stored(reader)}
    ours = [stored.pop(one.key, one) for one in shipped]
    return [*ours, *stored.values()]


def outlines(reader: Reader, shipped: Sequence[Outline]) -> list[Outline]:
    """The outlines in use, those shipped first."""
    return [one for one in every_outline(reader, shipped) if not one.retired]


def versions(reader: Reader, key: str) -> list[Outline]:
    """Every version that the cooperative wrote of an outline, the newest first."""
    rows = reader.session.execute(
        select(OutlineVersion, Person.name)
        .join(Person, Person.id == OutlineVersion.author_id)
        .where(OutlineVersion.key == key)
        .order_by(OutlineVersion.number.desc())
    )
    return [_outline(*row) for row in rows]


def outline(
    reader: Reader, shipped: Sequence[Outline], key: str, number: int | None = None
) -> Outline:
    """An outline, as it is now or in the version somebody began from. Raises NotFound."""
    known = [one for one in (*versions(reader, key), *shipped) if one.key == key]
    found = [one for one in known if number is None or one.number == number]
    if not found:
        raise NotFound
    return found[0]
