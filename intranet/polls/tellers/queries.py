"""The tellers of a subject and of its vote, as pages show them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from intranet.core.transaction import Reader
from intranet.members.models import Person
from intranet.polls import sealing
from intranet.polls.models import Poll, PollState
from intranet.polls.tellers.custody import is_held_by_tellers
from intranet.polls.tellers.models import NEEDED, TELLERS, LockedPart, Teller


@dataclass(frozen=True)
class TellerLine:
    """A teller; `has_given` says that their words were taken after the end of the vote."""

    person_id: int
    name: str
    has_given: bool = False


@dataclass(frozen=True)
class AwaitedWords:
    """A vote whose time is over, and whose box waits for the words of the reader."""

    origin_kind: str
    origin_id: int
    title: str


def tellers(reader: Reader, origin: tuple[str, int]) -> list[Teller]:
    """The tellers named for a subject, in the order in which they came."""
    return list(
        reader.session.scalars(
            select(Teller)
            .where(Teller.origin_kind == origin[0], Teller.origin_id == origin[1])
            .order_by(Teller.id)
        )
    )


def missing(reader: Reader, origin: tuple[str, int]) -> int:
    """How many tellers are still to be found before a vote on this can open."""
    return max(0, TELLERS - len(tellers(reader, origin)))


def named(reader: Reader, origin: tuple[str, int]) -> list[TellerLine]:
    """The tellers of a subject, by name, before its vote opens."""
    rows = reader.session.execute(
        select(Teller.person_id, Person.name)
        .join(Person, Person.id == Teller.person_id)
        .where(Teller.origin_kind == origin[0], Teller.origin_id == origin[1])
        .order_by(Teller.id)
    )
    return [TellerLine(*row) for row in rows]


def holders(reader: Reader, poll_id: int) -> list[TellerLine]:
    """The tellers who keep the key of a vote, and who of them has given their words; nobody when
    the server keeps it."""
    sealing_key = reader.session.scalar(select(Poll.sealing_key).where(Poll.id == poll_id))
    rows = reader.session.execute(
        select(LockedPart.number, LockedPart.person_id, Person.name)
        .join(Person, Person.id == LockedPart.person_id)
        .where(LockedPart.sealing_key == sealing_key)
        .order_by(LockedPart.number)
    ).all()
    given = sealing.kept_shares(sealing_key) if sealing_key and rows else {}
    return [TellerLine(person_id, name, number in given) for number, person_id, name in rows]


def still_needed(lines: list[TellerLine]) -> int:
    """How many tellers must still give their words before the box is opened."""
    return max(0, NEEDED - sum(line.has_given for line in lines))


def waits_for_tellers(reader: Reader, poll_id: int) -> bool:
    """Whether a vote is opened by its tellers, and by nobody else."""
    sealing_key = reader.session.scalar(select(Poll.sealing_key).where(Poll.id == poll_id))
    return is_held_by_tellers(reader.session, sealing_key)


def words_awaited(reader: Reader) -> list[AwaitedWords]:
    """The votes whose time is over and whose box waits for the words of the person looking."""
    rows = reader.session.execute(
        select(Poll.origin_kind, Poll.origin_id, Poll.title, Poll.sealing_key, LockedPart.number)
        .join(LockedPart, LockedPart.sealing_key == Poll.sealing_key)
        .where(LockedPart.person_id == reader.actor.person_id)
        .where(Poll.state == PollState.OPEN, Poll.closes_at <= reader.now)
        .order_by(Poll.closes_at)
    )
    return [
        AwaitedWords(kind, number, title)
        for kind, number, title, sealing_key, part in rows
        if part not in sealing.kept_shares(str(sealing_key))
    ]


def short_of_tellers(reader: Reader, origin_kind: str, numbers: Collection[int]) -> dict[int, int]:
    """How many tellers are still to be found, by subject, among these; a subject that has them all,
    or whose teller is the person looking, is left out."""
    rows = reader.session.execute(
        select(Teller.origin_id, Teller.person_id)
        .where(Teller.origin_kind == origin_kind, Teller.origin_id.in_(numbers))
        .order_by(Teller.id)
    )
    found: dict[int, list[int]] = {number: [] for number in numbers}
    for number, person_id in rows:
        found[number].append(person_id)
    return {
        number: TELLERS - len(people)
        for number, people in found.items()
        if len(people) < TELLERS and reader.actor.person_id not in people
    }
