"""What would become of each line of a list of people to invite: read, before anything is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from intranet.auth.credentials import is_address, plain_address
from intranet.auth.invitations.lists import MOST_LINES, Row, folded
from intranet.auth.models import Account, Invitation
from intranet.auth.policy import may_give_account, may_renew
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Person
from intranet.members.statuses import INVITABLE

LONGEST_NAME = 120


@dataclass(frozen=True)
class Fate:
    """A line and what becomes of it: `new`, `again`, `known`, or the code of why it is refused.

    `again` renews an invitation that was not used; `known` gives an account to a person whom the
    cooperative knows by this name. Both say who with `person_id`.
    """

    row: Row
    email: str
    outcome: str
    refusal: str = ""
    person_id: int | None = None


class Examination:
    """What the cooperative knows already, read once for a whole list."""

    def __init__(self, reader: Reader) -> None:
        session = reader.session
        self.reader = reader
        accounts = session.execute(select(Account.email, Account.person_id)).all()
        self.taken = {row.email for row in accounts}
        with_account = {row.person_id for row in accounts}
        invited = session.execute(
            select(Invitation.email, Invitation.person_id, Invitation.invited_by_id)
            .where(Invitation.accepted_at.is_(None))
            .order_by(Invitation.id)
        )
        self.invited = {row.email: (row.person_id, row.invited_by_id) for row in invited}
        today = members.today(reader)
        self.statuses = {
            card.id: str(status)
            for status in INVITABLE
            for card in members.people_with_status(reader, [status], today)
        }
        self.people: dict[str, list[int]] = {}
        for person in session.execute(select(Person.id, Person.name)):
            if person.id not in with_account:
                self.people.setdefault(folded(person.name), []).append(person.id)
        self.bodies = {folded(body.code): body for body in members.bodies(reader)}
        self.gives_accounts = bool(may_give_account(reader))
        self.seen: set[str] = set()

    def fate(self, row: Row) -> Fate:
        """What becomes of a line, after the lines above it."""
        email = plain_address(row.email)
        refusal = self._refusal(row, email)
        self.seen.add(email)
        if refusal:
            return Fate(row, email, "refused", refusal)
        if email in self.invited:
            return self._renewed(row, email)
        known = self.people.get(folded(row.name), [])
        if not known:
            return Fate(row, email, "new")
        if len(known) > 1:
            return Fate(row, email, "refused", "auth.several_of_this_name")
        if not self.gives_accounts:
            return Fate(row, email, "refused", "auth.person_known")
        return Fate(row, email, "known", person_id=known[0])

    def _renewed(self, row: Row, email: str) -> Fate:
        person_id, invited_by_id = self.invited[email]
        if not may_renew(self.reader, invited_by_id, self.statuses.get(person_id)):
            return Fate(row, email, "refused", "auth.already_invited")
        return Fate(row, email, "again", person_id=person_id)

    def _refusal(self, row: Row, email: str) -> str:
        if not is_address(email):
            return "auth.not_an_address"
        if email in self.seen:
            return "auth.twice_in_list"
        if email in self.taken:
            return "auth.has_account"
        if not 0 < len(row.name) <= LONGEST_NAME:
            return "members.name_length"
        is_known = email in self.invited or folded(row.name) in self.people
        if row.status not in INVITABLE and not is_known:
            return "auth.status_by_decision"
        return self._body_refusal(row)

    def _body_refusal(self, row: Row) -> str:
        if not row.body:
            return ""
        body = self.bodies.get(folded(row.body))
        if body is None:
            return "auth.unknown_body"
        return "" if row.status in body.statuses else "auth.body_by_other_way"


def examine(reader: Reader, found: Iterable[Row]) -> list[Fate]:
    """What would become of each line of a list; lines beyond the 500th are refused."""
    known = Examination(reader)
    return [
        known.fate(row)
        if place < MOST_LINES
        else Fate(row, plain_address(row.email), "refused", "auth.list_too_long")
        for place, row in enumerate(found)
    ]
