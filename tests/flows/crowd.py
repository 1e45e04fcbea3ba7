"""More members, for the votes that ask for more than three."""

from __future__ import annotations

from intranet.auth.models import Account
from intranet.members.models import Person, StatusPeriod
from tests.cast import HASH, STARTED, acting

NAMES = ("Hugo Blanc", "Ines Moreau", "Jade Faure")


def more_members() -> tuple[int, ...]:
    """Three more employed members, who sign in like the cast: hugo, ines, jade."""
    with acting(None) as tx:
        people = [Person(name=name, created_at=tx.now) for name in NAMES]
        tx.session.add_all(people)
        tx.session.flush()
        for person in people:
            period = {"status": "member_employee", "starts_on": STARTED}
            tx.session.add(StatusPeriod(person_id=person.id, **period))
            email = f"{person.name.split()[0].lower()}@example.org"
            account = {"email": email, "password_hash": HASH, "created_at": tx.now}
            tx.session.add(Account(person_id=person.id, **account))
        return tuple(person.id for person in people)
