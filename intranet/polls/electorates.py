"""Who votes under a procedure: a body, everybody of some statuses, or people by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intranet.core.text import whole_number
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members import status_queries
from intranet.members.queries import PersonCard
from intranet.members.statuses import Status


class Kind(StrEnum):
    """By what an electorate is told."""

    BODY = "body"
    STATUSES = "statuses"
    PEOPLE = "people"


class InvalidElectorate(ValueError):
    """An electorate that asks nobody, or that cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Electorate:
    """Who votes, before there is a roll: the body of the procedure unless it names others."""

    kind: Kind = Kind.BODY
    statuses: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()

    def to_text(self) -> str:
        """One line for the procedure: nothing for the body, "statuses a b", or "people 1 2"."""
        if self.kind is Kind.STATUSES:
            return " ".join([self.kind, *sorted(self.statuses)])
        if self.kind is Kind.PEOPLE:
            return " ".join([self.kind, *map(str, sorted(self.people))])
        return ""

    @classmethod
    def from_text(cls, text: str) -> Electorate:
        """The electorate that `to_text` wrote. Raises InvalidElectorate."""
        kind, *names = text.split() or [Kind.BODY]
        if kind == Kind.BODY:
            return cls()
        if kind == Kind.STATUSES:
            return by_status(names)
        numbers = [whole_number(name) for name in names]
        if kind == Kind.PEOPLE and None not in numbers:
            return by_name(number for number in numbers if number is not None)
        raise InvalidElectorate("electorate_unclear")


THE_BODY = Electorate()
"""The people of the body of the procedure."""


def by_status(statuses: Iterable[str]) -> Electorate:
    """Everybody who has one of these statuses on the day. Raises InvalidElectorate: a former
    member never votes, and somebody must be asked."""
    wanted = frozenset(statuses)
    if not wanted or not wanted <= set(Status) - {Status.FORMER}:
        raise InvalidElectorate("electorate_statuses_unclear")
    return Electorate(Kind.STATUSES, statuses=wanted)


def by_name(people: Iterable[int]) -> Electorate:
    """These people, if they still belong to the cooperative on the day. Raises InvalidElectorate
    when nobody is named."""
    wanted = frozenset(people)
    if not wanted:
        raise InvalidElectorate("electorate_names_nobody")
    return Electorate(Kind.PEOPLE, people=wanted)


def people(reader: Reader, electorate: str, body_id: int, on: date) -> list[PersonCard]:
    """Everybody who would stand on a roll drawn up on a day, each exactly once, by name.

    `electorate` is what the procedure says, `body_id` its body. The roll of an open poll is
    frozen: this is about those to come. Raises InvalidElectorate.
    """
    asked = Electorate.from_text(electorate)
    if asked.kind is Kind.STATUSES:
        return members.people_with_status(reader, asked.statuses, on)
    if asked.kind is Kind.PEOPLE:
        return status_queries.people_here(reader, on, asked.people)
    return members.electorate(reader, body_id, on)
