"""Who is acting: everything a permission may ask about a person, loaded once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """The person behind a request or a command, with the rights of this moment.

    `rights` and `audiences` are words given by the members package; the ground does not
    interpret them.
    """

    person_id: int | None
    name: str = ""
    status: str | None = None
    rights: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    is_system: bool = False

    @property
    def is_known(self) -> bool:
        """Whether somebody is signed in."""
        return self.person_id is not None

    def has(self, right: str) -> bool:
        """Whether the actor holds a right now."""
        return self.is_system or right in self.rights


ANONYMOUS = Actor(person_id=None)
SYSTEM = Actor(person_id=None, name="system", is_system=True)
