"""What people choose about the rights of a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from intranet.wiki.forms import number_of
from intranet.wiki.rights.service import Rights

ABOVE = "above"
EVERYBODY = "all"


@dataclass
class RightsForm:
    """Readers and writers as they were chosen, kept with what is wrong."""

    readers: str = ""
    writers: str = EVERYBODY
    reading: frozenset[int] = frozenset()
    writing: frozenset[int] = frozenset()
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_request(cls, typed: MultiDict[str, str]) -> RightsForm:
        """What was chosen."""
        return cls(
            typed.get("readers", ""),
            typed.get("writers", EVERYBODY),
            _numbers(typed.getlist("reading")),
            _numbers(typed.getlist("writing")),
        )

    def rights(self) -> Rights | None:
        """What is meant; None for the rights of the page above."""
        if self.readers == ABOVE:
            return None
        writers = "" if self.writers == EVERYBODY else self.writers
        return Rights(self.readers, writers, tuple(self.reading), tuple(self.writing))


def _numbers(typed: list[str]) -> frozenset[int]:
    return frozenset(number for one in typed if (number := number_of(one)))
