"""What a person chose, paragraph by paragraph, between two texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intranet.wiki.conflicts import Choice
from intranet.wiki.forms import number_of


@dataclass(frozen=True)
class ChoiceForm:
    """The choices, and the revision that the others had saved when the screen was shown."""

    theirs: int
    choices: tuple[Choice, ...]

    @classmethod
    def from_request(cls, form: Mapping[str, str]) -> ChoiceForm:
        """What was chosen; a paragraph without a choice has an empty one."""
        count = min(number_of(form.get("clashes")) or 0, 10_000)
        numbers = range(count)
        choices = (
            Choice(form.get(f"choice-{n}", ""), form.get(f"own-{n}", "").replace("\r\n", "\n"))
            for n in numbers
        )
        return cls(number_of(form.get("theirs")) or 0, tuple(choices))
