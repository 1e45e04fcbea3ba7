"""The bodies that decide: a new one, another name, a wider body above."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.members import effects
from intranet.members import queries as members
from intranet.members.body_queries import lineage
from intranet.members.models import Body
from intranet.members.queries import BodyCard, PersonCard
from intranet.members.statuses import Audience, Status, status_opens
from intranet.membership.grounds import wrong_decision
from intranet.membership.policy import may_change_bodies, needs_a_decision
from intranet.polls import procedure_queries as procedures

CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")
LONGEST_NAME = 120
LONGEST_DESCRIPTION = 2000


@dataclass(frozen=True)
class BodyWords:
    """What a body is called and does, the wider body above it, and the decision that says so.

    `people` are the numbers of those who belong to a body made up by list; None leaves them.
    """

    name: str
    description: str = ""
    parent_id: int | None = None
    decision_number: str = ""
    people: frozenset[int] | None = None


def add(tx: Transaction, code: str, statuses: Collection[str], said: BodyWords) -> int:
    """Add a body of the people of these statuses, or of those named, and give its number.

    Raises Refused, or Invalid by field.
    """
    tx.require(may_change_bodies)
    cards, code = members.bodies(tx), code.strip().upper()
    wrong = _wrong_words(tx, cards, said)
    if not CODE.fullmatch(code):
        wrong["code"] = "membership.code_unclear"
    elif code in {card.code for card in cards}:
        wrong["code"] = "membership.code_taken"
    if not set(statuses) <= set(Status) - {Status.FORMER} or bool(statuses) == bool(said.people):
        wrong["statuses"] = "membership.body_without_people"
    wrong |= _wrong_people(tx, said)
    if wrong:
        raise Invalid(**wrong)
    number = effects.add_body(
        tx,
        code,
        said.name.strip(),
        said.description.strip(),
        [status for status in Status if status in statuses],
        said.parent_id,
        said.decision_number.strip() or None,
    )
    effects.seat(tx, number, said.people or (), None)
    return number


def change(tx: Transaction, body_id: int, said: BodyWords) -> None:
    """Give a body another name, task or wider body, and one made up by list other people. Votes
    under way keep their roll.

    Raises NotFound, Refused, Invalid by field, and Conflict when a procedure would lose the body
    to which its texts go on.
    """
    if tx.session.get(Body, body_id, with_for_update=True) is None:
        raise NotFound
    tx.require(may_change_bodies)
    cards = members.bodies(tx)
    wrong = _wrong_words(tx, cards, said) | _wrong_people(tx, said)
    by_list = not next(card for card in cards if card.id == body_id).statuses
    if by_list and said.people is not None and not said.people:
        wrong["people"] = "membership.list_without_people"
    if said.parent_id is not None and body_id in lineage(cards, said.parent_id):
        wrong["parent_id"] = "membership.body_above_itself"
    if wrong:
        raise Invalid(**wrong)
    after = [replace(c, parent_id=said.parent_id) if c.id == body_id else c for c in cards]
    if cut := _roads_cut(tx, after):
        raise Conflict("membership.road_cut", procedures=", ".join(cut))
    effects.change_body(
        tx,
        body_id,
        said.name.strip(),
        said.description.strip(),
        said.parent_id,
        said.decision_number.strip() or None,
    )
    if by_list and said.people is not None:
        effects.seat(tx, body_id, said.people, said.decision_number.strip() or None)


def can_sit(reader: Reader) -> list[PersonCard]:
    """Those who can be named in a list: whoever works here or is a member today, by name."""
    statuses = [one for one in Status if status_opens(one, Audience.WORKERS)]
    return members.people_with_status(reader, statuses, members.today(reader))


def _wrong_people(reader: Reader, said: BodyWords) -> dict[str, str]:
    named = said.people or frozenset()
    known = {person.id for person in can_sit(reader)} if named else set()
    return {} if named <= known else {"people": "membership.cannot_sit"}


def _wrong_words(reader: Reader, cards: list[BodyCard], said: BodyWords) -> dict[str, str]:
    """What is wrong, by field, with what is said of a body."""
    wrong = {}
    if not said.name.strip() or len(said.name.strip()) > LONGEST_NAME:
        wrong["name"] = "members.name_length"
    if len(said.description.strip()) > LONGEST_DESCRIPTION:
        wrong["description"] = "membership.description_too_long"
    if said.parent_id is not None and said.parent_id not in {card.id for card in cards}:
        wrong["parent_id"] = "membership.unknown_body"
    number = said.decision_number.strip()
    if (number or needs_a_decision(reader)) and (code := wrong_decision(reader, number)):
        wrong["decision_number"] = code
    return wrong


def _roads_cut(reader: Reader, cards: list[BodyCard]) -> list[str]:
    """The procedures whose texts could no longer go on to the body they name."""
    written = procedures.procedures(reader)
    bodies = {card.key: card.body_id for card in written}
    return [
        card.name
        for card in written
        if (wider := bodies.get(card.course.escalation)) is not None
        and wider not in lineage(cards, card.body_id)
    ]
