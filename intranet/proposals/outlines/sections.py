"""The sections of a motivation: what is observed, what changes, the cost, for whom (pure)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intranet.core.events import canonical

MOST_SECTIONS = 10
"""How many sections an outline may have."""


@dataclass(frozen=True)
class Section:
    """One question that an outline asks, with what was answered; `required` before a vote."""

    title: str
    text: str = ""
    hint: str = ""
    required: bool = False


def as_markdown(sections: Sequence[Section]) -> str:
    """The sections that say something, each under its title."""
    told = [(one.title, one.text.strip("\n")) for one in sections if one.text.strip()]
    return "\n\n".join(f"**{title.replace('*', '')}**\n\n{text}" for title, text in told)


def written(sections: Sequence[Section]) -> str:
    """The sections as they are stored with a version: hints are the outline's, not kept."""
    return canonical([[one.title, one.text, one.required] for one in sections])


def read(stored: str) -> tuple[Section, ...]:
    """The sections that `written` stored."""
    return tuple(Section(title, text, "", required) for title, text, required in json.loads(stored))


def still_empty(sections: Sequence[Section]) -> list[str]:
    """The titles of the sections that must be written before a vote and are not."""
    return [one.title for one in sections if one.required and not one.text.strip()]


def answers_of(form: Mapping[str, str]) -> tuple[str, ...]:
    """What was typed under the sections of an outline, in their order."""
    typed = (form.get(f"section-{index}", "") for index in range(MOST_SECTIONS))
    return tuple(text.replace("\r\n", "\n") for text in typed)
