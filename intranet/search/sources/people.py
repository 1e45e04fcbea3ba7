"""The people of the cooperative, as those who work here may look them up."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
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

NAME_BOOST = 1.15
"""Whoever types a name looks for the person, before all in which the name stands."""
ROLES = {
    "manager": _l("manager"),
    "chair": _l("chair"),
    "secretary": _l("secretary"),
    "treasurer": _l("treasurer"),
    "health_contact": _l("contact for health at work"),
    "gardener": _l("gardener of the wiki"),
    "facilitator": _l("facilitator"),
    "reviewer": _l("cooperative reviewer"),
    "teller": _l("teller"),
}
"""The usual mandates, as members read them; others are kept in the words of the members."""


def _people(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    people = reader.session.scalars(select(Person).where(among(Person.id, numbers(ids))))
    given = select(Mandate.person_id, Mandate.role).where(among(Mandate.person_id, numbers(ids)))
    roles = grouped((row[0], row[1]) for row in reader.session.execute(given))
    language = members.cooperative(reader.session).locale

    def make(person: Person) -> Document:
        about = text_of_html(render(person.about, NoLinks(), language=language).html)
        with force_locale(language):
            held = [str(ROLES.get(role, role)) for role in roles.get(person.id, ())]
        return Document(
            key=f"person:{person.id}",
            kind="person",
            title=person.name,
            body="\n".join((*dict.fromkeys(held), about)).strip(),
            url=f"/members/{person.id}",
            audience=Audience.WORKERS,
            language=language,
            boosts=(("name", NAME_BOOST),),
        )

    return each(people, make, lambda person: f"person {person.id}")


def _people_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    sees = literal(bool(may_see_profiles(reader)))
    return select(literal("person"), cast(Person.id, String)).where(
        Person.id.in_(numbers(ids) or []), sees
    )


PEOPLE = Source("person", _people, _people_seen)
