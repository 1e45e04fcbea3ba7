"""What a person typed about decisions, and what it means."""

from __future__ import annotations

from collections.abc import Mapping

from intranet.core.text import whole_number
from intranet.decisions.facets import GROUPS, Filters
from intranet.decisions.statuses import State


def filters(typed: Mapping[str, str]) -> Filters:
    """The filters in the address of a list; what makes no sense is left out."""
    state, year = typed.get("state", ""), whole_number(typed.get("year", ""), digits=4)
    return Filters(
        body=typed.get("body", ""),
        year=year or None,
        tag=typed.get("tag", ""),
        state=state if state in GROUPS or state in set(State) else "",
        kind=typed.get("kind", ""),
        words=typed.get("words", "")[:200],
    )


def tags(typed: str) -> tuple[str, ...]:
    """The words between the commas."""
    return tuple(word for part in typed.split(",") if (word := part.strip()))
