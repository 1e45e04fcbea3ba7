"""What somebody typed about a dossier, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid
from intranet.membership.integration.queries import DossierPage
from intranet.membership.integration.service import DossierWords

FIELDS = ("person", "wish", "words", "works_since")


@dataclass
class DossierForm:
    """What was typed, kept as it is, with the message for each field."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_request(cls, typed: Mapping[str, str]) -> DossierForm:
        """The fields of a form, line endings as the product writes them."""
        return cls({name: typed.get(name, "").replace("\r\n", "\n") for name in FIELDS})

    @classmethod
    def of(cls, page: DossierPage) -> DossierForm:
        """A dossier as it is."""
        since = page.works_since.isoformat() if page.works_since else ""
        values = {"person": "", "wish": page.line.wish, "words": page.words, "works_since": since}
        return cls(values)

    def said(self) -> DossierWords:
        """What the fields say. Raises Invalid naming the field."""
        since = day(self.values["works_since"], "works_since")
        return DossierWords(self.values["wish"], self.values["words"], since)


def day(typed: str, name: str) -> date | None:
    """The day typed, None for nothing. Raises Invalid naming the field."""
    found = parse_date(typed) if typed.strip() else None
    if typed.strip() and found is None:
        raise Invalid(**{name: "membership.mandate_day_unclear"})
    return found
