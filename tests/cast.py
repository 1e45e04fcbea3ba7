"""The same people in every test, with rows nobody asked for around them.

Amel, member; Bruno, member and secretary; Chloé, employee without a vote; David, former member;
Esther, member and facilitator; Farid, sympathiser; Gwen, technical administrator without any
status. All sign in with the same password.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from intranet.auth.models import Account
from intranet.auth.queries import load_actor
from intranet.core import clock
from intranet.core.db import db
from intranet.core.transaction import Reader, Transaction, transaction
from intranet.members.models import Body, Cooperative, Mandate, Person, StatusPeriod
from tests.snapshots import PARIS, remembered

PASSWORD = "une phrase assez longue"
# The cheapest hash of argon2id: the tests of auth measure the real one, all others only sign in.
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
STARTED = date(2020, 1, 6)


@dataclass(frozen=True)
class Cast:
    """The numbers of the people and bodies of the tests."""

    amel: int
    bruno: int
    chloe: int
    david: int
    esther: int
    farid: int
    gwen: int
    assembly: int
    meeting: int

    @property
    def members(self) -> tuple[int, ...]:
        """Those who vote."""
        return (self.amel, self.bruno, self.esther)


def _person(tx: Transaction, name: str, status: str | None, **account: Any) -> int:
    person = Person(name=name, created_at=tx.now)
    tx.session.add(person)
    tx.session.flush()
    if status:
        tx.session.add(StatusPeriod(person_id=person.id, status=status, starts_on=STARTED))
    plain = name.split()[0].lower().replace("é", "e")
    tx.session.add(
        Account(
            person_id=person.id,
            email=f"{plain}@example.org",
            password_hash=HASH,
            created_at=tx.now,
            **account,
        )
    )
    return person.id


def _body(
    tx: Transaction, code: str, name: str, statuses: str, parent_id: int | None = None
) -> int:
    body = Body(code=code, name=name, statuses=statuses, parent_id=parent_id)
    tx.session.add(body)
    tx.session.flush()
    return body.id


@remembered
def arrive() -> Cast:
    """Write the cooperative, its people and bodies into the database."""
    with transaction(None) as tx:
        tx.session.add(
            Cooperative(
                id=1,
                name="Coopérative d’essai",
                locale="fr",
                time_zone="Europe/Paris",
                accent="teal",
                created_at=tx.now,
            )
        )
        _person(tx, "Nour Bruit", "employee")
        amel = _person(tx, "Amel Benali", "member_employee")
        bruno = _person(tx, "Bruno Costa", "member_employee")
        chloe = _person(tx, "Chloé Martin", "employee")
        david = _person(tx, "David Petit", "former")
        esther = _person(tx, "Esther Roux", "member_employee")
        farid = _person(tx, "Farid Nasri", "sympathiser")
        gwen = _person(tx, "Gwen Le Goff", None, is_administrator=True)
        _body(tx, "BRUIT", "Un cercle sans rapport", "")
        assembly = _body(tx, "AG", "Assemblée générale", "member_employee member_external")
        meeting = _body(tx, "RC", "Réunion coopérative", "member_employee employee", assembly)
        tx.session.add(
            Mandate(person_id=bruno, body_id=assembly, role="secretary", starts_on=STARTED)
        )
        tx.session.add(
            Mandate(person_id=esther, body_id=meeting, role="facilitator", starts_on=STARTED)
        )
    return Cast(amel, bruno, chloe, david, esther, farid, gwen, assembly, meeting)


def this_day() -> date:
    """Which day it is for the cooperative, whose clocks are those of Paris."""
    return clock.now().astimezone(PARIS).date()


def as_reader(person_id: int) -> Reader:
    """A Reader for a person, now."""
    session = db.session()
    session.rollback()
    return Reader(session, load_actor(session, person_id, clock.now()), clock.now())


class Client(FlaskClient):
    """A browser without JavaScript that fills in the hidden token of forms by itself."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Make the request in a context of its own, as a server does."""
        with self.application.app_context():
            return super().open(*args, **kwargs)

    def sign_in(self, name: str) -> Client:
        """Sign in as one of the cast, by first name."""
        self.submit("/sign-in", email=f"{name}@example.org", password=PASSWORD)
        return self

    def token(self) -> str:
        """The CSRF token that our pages carry, made as they make it."""
        with self.session_transaction() as kept:
            raw = kept.setdefault("csrf_token", secrets.token_hex(20))
        signer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")
        return str(signer.dumps(raw))

    def submit(self, path: str, **fields: Any) -> Any:
        """Post a form with a valid token."""
        return self.post(path, data={**fields, "csrf_token": self.token()})


@contextmanager
def acting(person_id: int | None) -> Iterator[Transaction]:
    """A transaction as a person; a shorter name for tests."""
    with transaction(person_id) as tx:
        yield tx
