"""The list of names that counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.search.synonyms.models import SynonymList
from intranet.search.synonyms.names import SHIPPED, groups_of

SHOWN_VERSIONS = 20


@dataclass(frozen=True)
class Version:
    """The list as somebody wrote it; number 0 is the one that came with the intranet."""

    number: int
    text: str
    author: str = ""
    at: datetime | None = None


def versions(reader: Reader) -> list[Version]:
    """The last versions, the one that counts first."""
    rows = reader.session.execute(
        select(SynonymList, Person.name)
        .join(Person, Person.id == SynonymList.author_id)
        .order_by(SynonymList.id.desc())
        .limit(SHOWN_VERSIONS)
    )
    found = [Version(row.id, row.text, author, row.at) for row, author in rows]
    return found or [Version(0, SHIPPED)]


def groups(reader: Reader) -> tuple[tuple[str, ...], ...]:
    """The names of each thing, for a question."""
    last = select(SynonymList.text).order_by(SynonymList.id.desc()).limit(1)
    text = reader.session.scalar(last)
    return _read(SHIPPED if text is None else text)


_read = lru_cache(maxsize=4)(groups_of)
