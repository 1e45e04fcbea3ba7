"""The cooperative of the example, its bodies and procedures, its people and their mandates."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from intranet.auth.models import Account
from intranet.auth.passwords import hash_password
from intranet.core.transaction import Transaction
from intranet.example.data import Record
from intranet.example.story import AFTERWARDS, OPENING, Step, World
from intranet.members import effects, queries, service
from intranet.members.events import PersonAdded
from intranet.members.models import BodyMember, Person
from intranet.members.service import OwnWords
from intranet.members.statuses import Status
from intranet.polls.service import NewProcedure, define_procedure
from intranet.voting.settings import Settings

COUNTING = ("base", "threshold", "strict", "quorum", "silence", "tie")


def steps(world: World) -> Iterator[Step]:
    """Who came when, as what and to do what, after the founding."""
    opening = world.moment(world.founded_on, OPENING)
    yield Step(opening, partial(_found, world))
    digest = hash_password(world.example.password)
    for person in world.example.people:
        yield from _life(world, person, digest)
    yield from _seats(world)
    administrator = next(p["key"] for p in world.example.people if p["is_administrator"])
    yield Step(opening, partial(_settle, world), administrator)


def _found(world: World, tx: Transaction) -> None:
    """Name the cooperative unless its founders did, and add the bodies they do not have yet."""
    card = world.example.cooperative
    if not queries.cooperative(tx.session).is_set_up:
        effects.name_cooperative(tx, card["name"], card["locale"], card["timezone"])
    world.bodies = {body.code: body.id for body in queries.bodies(tx)}
    for body in world.example.bodies:
        if body["code"] not in world.bodies:
            statuses = [Status(status) for status in body["members"].get("statuses", [])]
            world.bodies[body["code"]] = effects.add_body(
                tx,
                body["code"],
                body["name"],
                body["description"],
                statuses,
                world.bodies.get(body["escalates_to"]),
            )
    for procedure in world.example.procedures:
        world.procedures[procedure["key"]] = define_procedure(tx, _procedure(world, procedure))


def _settle(world: World, tx: Transaction) -> None:
    """Allow external members, as the example has one, and choose the colour of the pages where
    the cooperative is the one of the example."""
    card, present = world.example.cooperative, queries.cooperative(tx.session)
    accent = card["accent"] if present.name == card["name"] else present.accent
    service.change_settings(
        tx,
        present.name,
        accent,
        present.locale,
        frozenset({present.locale}),
        external_members=card["external_members_allowed"],
    )


def _procedure(world: World, written: Record) -> NewProcedure:
    settings = {name: written[name] for name in COUNTING if written[name] is not None}
    return NewProcedure(
        name=written["name"],
        description=written["description"],
        body_id=world.bodies[written["body"]],
        method=written["method"],
        settings=Settings.from_json(settings),
        secret=written["secret"],
        min_discussion_hours=written["min_discussion_hours"],
        min_voting_hours=written["min_voting_hours"],
        layers=tuple(written["layers"]),
        key=written["key"],
    )


def _life(world: World, person: Record, digest: str) -> Iterator[Step]:
    """A person's arrival, changes of status and mandates."""
    periods = person["statuses"]
    day = periods[0]["from"] if periods else world.founded_on
    by_decision = bool(periods) and "decision" in periods[0]
    arrival = world.moment(day, AFTERWARDS if by_decision else OPENING)
    yield Step(arrival, partial(_arrive, world, person, digest))
    yield Step(arrival, partial(_introduce, world, person), person["key"])
    for period in periods[1:]:
        moment = world.moment(period["from"], AFTERWARDS)
        yield Step(moment, partial(_change, world, person["key"], period))
    for mandate in person.get("mandates", []):
        moment = world.moment(mandate["from"], AFTERWARDS)
        yield Step(moment, partial(_mandate, world, person["key"], mandate))


def _arrive(world: World, person: Record, digest: str, tx: Transaction) -> None:
    """Add a person with a way to sign in; all share one password, which is hashed only once."""
    key, address = person["key"], person["email"]
    world.people[key] = _first_status(world, person, tx)
    if tx.session.scalar(select(Account.id).where(Account.email == address)) is None:
        account = Account(
            person_id=world.people[key],
            email=address,
            password_hash=digest,
            is_administrator=person["is_administrator"],
            created_at=tx.now,
        )
        tx.session.add(account)
        tx.session.flush()


def _first_status(world: World, person: Record, tx: Transaction) -> int:
    """A technical administrator has no status, hence no command that would add them."""
    if person["statuses"]:
        first = person["statuses"][0]
        number = world.decisions[first["decision"]] if "decision" in first else None
        status = Status(first["status"])
        return effects.add_person(tx, person["name"], status, first["from"], number)
    row = Person(name=person["name"], about="", created_at=tx.now)
    tx.session.add(row)
    tx.session.flush()
    tx.record(PersonAdded(person_id=row.id, status=""))
    return row.id


def _introduce(world: World, person: Record, tx: Transaction) -> None:
    service.update_profile(tx, world.people[person["key"]], OwnWords(person["about"]))


def _change(world: World, key: str, period: Record, tx: Transaction) -> None:
    number = world.decisions[period["decision"]]
    status = Status(period["status"])
    effects.change_status(tx, world.people[key], status, period["from"], number)


def _mandate(world: World, key: str, mandate: Record, tx: Transaction) -> None:
    effects.give_mandate(
        tx,
        world.people[key],
        mandate["role"],
        mandate["from"],
        world.decisions[mandate["decision"]],
        world.bodies[mandate["body"]] if "body" in mandate else None,
        mandate["to"],
    )


def _seats(world: World) -> Iterator[Step]:
    """Those who sit in a body by list today; such a list has no history."""
    for body in world.example.bodies:
        for seat in body["members"].get("list", []):
            if "to" not in seat:
                moment = world.moment(seat["from"], AFTERWARDS)
                yield Step(moment, partial(_sit, world, body["code"], seat["person"]))


def _sit(world: World, code: str, key: str, tx: Transaction) -> None:
    tx.session.add(BodyMember(body_id=world.bodies[code], person_id=world.people[key]))
