"""Audiences made of a body or of some people: how they are written, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, String, cast, func, literal, select

from intranet.core.text import whole_number
from intranet.core.transaction import Reader
from intranet.members.models import Body, BodyMember, PeopleListPerson, Person
from intranet.members.statuses import of_statuses

BODY, LIST = "body:", "list:"


def body_audience(body_id: int) -> str:
    """The audience of everybody who belongs to a body on the day."""
    return f"{BODY}{body_id}"


def list_audience(list_id: int) -> str:
    """The audience of the people on a list."""
    return f"{LIST}{list_id}"


def number_in(audience: str) -> int | None:
    """The number of the body or list that an audience names, or None."""
    return whole_number(audience.partition(":")[2])


def _gathered(prefix: str, column: object, where: ColumnElement[bool]) -> ScalarSelect[str]:
    written = literal(prefix) + cast(column, String)
    words = func.aggregate_strings(written, " ")
    return select(words).where(where).correlate(Person).scalar_subquery()


NAMED_IN = (
    _gathered(BODY, BodyMember.body_id, BodyMember.person_id == Person.id).label("own_bodies"),
    _gathered(LIST, PeopleListPerson.list_id, PeopleListPerson.person_id == Person.id).label(
        "own_lists"
    ),
    select(func.aggregate_strings(cast(Body.id, String) + "=" + Body.statuses, ";"))
    .where(Body.statuses != "")
    .scalar_subquery()
    .label("bodies_of_statuses"),
)
"""Columns beside a person, from which `circles` follow: no statement more for anybody."""


def circles(
    status: str, own_bodies: str | None, own_lists: str | None, bodies: str | None
) -> frozenset[str]:
    """The audiences of bodies and lists to which somebody with a status belongs today. A body by
    status has no members by list."""
    rules = dict(rule.split("=", 1) for rule in (bodies or "").split(";") if rule)
    by_status = {f"{BODY}{number}" for number, names in rules.items() if status in names.split()}
    by_list = {one for one in (own_bodies or "").split() if one.removeprefix(BODY) not in rules}
    return frozenset(by_status | by_list | set((own_lists or "").split()))


@dataclass(frozen=True)
class AudienceName:
    """An audience for people to read: its word when it is made of statuses, else the name of the
    body, or of each person on the list."""

    word: str = ""
    body: str = ""
    people: tuple[str, ...] = ()


def audience_names(reader: Reader, audiences: Iterable[str]) -> dict[str, AudienceName]:
    """The names of these audiences, in no statement for those made of statuses."""
    found: dict[str, AudienceName] = {}
    for audience in set(audiences):
        number = number_in(audience)
        if of_statuses(audience) or number is None:
            found[audience] = AudienceName(word=audience)
        elif audience.startswith(BODY):
            body = reader.session.get(Body, number)
            found[audience] = AudienceName(body=body.name if body else "")
        else:
            people = tuple(name for _, name in people_on(reader, number))
            found[audience] = AudienceName(people=people)
    return found


def people_on(reader: Reader, list_id: int) -> list[tuple[int, str]]:
    """The people on a list, by name: number and name of each."""
    query = (
        select(Person.id, Person.name)
        .join(PeopleListPerson, PeopleListPerson.person_id == Person.id)
        .where(PeopleListPerson.list_id == list_id)
        .order_by(Person.name, Person.id)
    )
    return [(row.id, row.name) for row in reader.session.execute(query)]
