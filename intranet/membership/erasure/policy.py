"""Who takes away what is kept about somebody who has left."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.members import queries as members
from intranet.members.models import Person
from intranet.members.statuses import Right, Status


def may_erase(reader: Reader, person: Person) -> Verdict:
    """Administrators, and the persons themselves, once they have left."""
    actor = reader.actor
    if not actor.has(Right.ADMINISTER) and actor.person_id != person.id:
        return no("erasure.only_administrators_or_oneself")
    if person.erased_at is not None:
        return no("erasure.done_already")
    status = members.status_on(reader, person.id, members.today(reader))
    if not actor.is_system and status not in (None, Status.FORMER):
        return no("erasure.still_here")
    return YES
