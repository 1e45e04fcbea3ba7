"""What somebody asks of the list of changes, kept as it was typed and given its types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intranet.wiki.changes.queries import Asked
from intranet.wiki.forms import day_of, number_of
from intranet.wiki.models import RevisionKind


@dataclass(frozen=True)
class ChangesForm:
    """The filters of the list; empty ones leave everything in."""

    asked: Asked

    @classmethod
    def from_request(cls, args: Mapping[str, str]) -> ChangesForm:
        """What was asked; what is not understood is not asked."""
        kind = args.get("kind", "")
        return cls(
            Asked(
                person=number_of(args.get("person")),
                branch=number_of(args.get("branch")),
                kind=kind if kind in set(map(str, RevisionKind)) else "",
                since=day_of(args.get("since")),
                until=day_of(args.get("until")),
                without_minor="without_minor" in args,
            )
        )

    @property
    def values(self) -> dict[str, str]:
        """The same for an address."""
        asked = vars(self.asked)
        return {name: str(int(v) if v is True else v) for name, v in asked.items() if v}
