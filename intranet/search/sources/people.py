"""The people of the cooperative, as those who work here may look them up."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select, String, cast, literal, select

from intranet.core.html_text import text_of_html
from intranet.core.markdown import render
from intranet.core.markdown_links import NoLinks
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Mandate, Person
from intranet.members.policy import may_see_profiles
from intranet.members.statuses import Audience
from intranet.search.port import Document
from intranet.search.sources.source import Ids, Source, among, each, grouped, numbers


def _people(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    people = reader.session.scalars(select(Person).where(among(Person.id, numbers(ids))))
    given = select(Mandate.person_id, Mandate.role).where(among(Mandate.person_id, numbers(ids)))
    roles = grouped((row[0], row[1]) for row in reader.session.execute(given))
    language = members.cooperative(reader.session).locale

    def make(person: Person) -> Document:
        about = text_of_html(render(person.about, NoLinks(), language=language).html)
        return Document(
            key=f"person:{person.id}",
            kind="person",
            title=person.name,
            body="\n".join((*dict.fromkeys(roles.get(person.id, ())), about)).strip(),
            url=f"/members/{person.id}",
            audience=Audience.WORKERS,
            language=language,
        )

    return each(people, make, lambda person: f"person {person.id}")


def _people_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    sees = literal(bool(may_see_profiles(reader)))
    return select(literal("person"), cast(Person.id, String)).where(
        Person.id.in_(numbers(ids) or []), sees
    )


PEOPLE = Source("person", _people, _people_seen)
