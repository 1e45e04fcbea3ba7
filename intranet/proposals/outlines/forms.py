"""The form of an outline: its name, its sections and the text a proposal begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intranet.core.text import whole_number
from intranet.proposals.outlines.queries import Outline
from intranet.proposals.outlines.sections import MOST_SECTIONS, Section
from intranet.proposals.outlines.service import NewOutline


@dataclass
class OutlineForm:
    """What was typed, kept as it is, with the messages for each field."""

    name: str = ""
    text: str = ""
    number: int = 0
    sections: list[Section] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, outline: Outline) -> OutlineForm:
        """The form filled with an outline."""
        return cls(outline.name, outline.text, outline.number, list(outline.sections))

    @classmethod
    def from_request(cls, form: Mapping[str, str]) -> OutlineForm:
        """The fields of an outline."""
        number = form.get("number", "")
        sections = [
            Section(
                form.get(f"title_{index}", ""),
                "",
                form.get(f"hint_{index}", ""),
                bool(form.get(f"required_{index}")),
            )
            for index in range(MOST_SECTIONS)
        ]
        text = form.get("text", "").replace("\r\n", "\n")
        base = whole_number(number) or 0
        return cls(form.get("name", ""), text, base, sections)

    @property
    def rows(self) -> list[Section]:
        """The sections, and empty ones up to the number that an outline may have."""
        return [*self.sections, *[Section("")] * (MOST_SECTIONS - len(self.sections))]

    def outline(self, key: str, *, retired: bool = False) -> NewOutline:
        """The outline that the fields mean."""
        return NewOutline(self.name, self.sections, self.text, key, retired)
