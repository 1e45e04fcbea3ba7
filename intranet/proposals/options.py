"""The options of a vote among several: how they are typed, and when they make no ballot (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

CHOOSING = frozenset({"choice", "election"})
"""The kinds of proposal that ask for a choice among options, counted by an election."""

FEWEST, MOST, LONGEST = 2, 30, 120
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~^.])")


def options_from(typed: str) -> tuple[str, ...]:
    """One option a line, without the spaces around; empty lines are left out."""
    lines = (" ".join(line.replace("\x00", "").split()) for line in typed.splitlines())
    return tuple(line for line in lines if line)


def problem_of(options: Sequence[str]) -> str:
    """Why this list can never be on a ballot, as a code; empty when it can, or is too short yet.

    Two options that only capitals tell apart would be taken for each other.
    """
    if len(options) > MOST:
        return "options_too_many"
    if any(len(option) > LONGEST for option in options):
        return "option_too_long"
    is_twice = len({option.casefold() for option in options}) < len(options)
    return "option_twice" if is_twice else ""


def _plain(option: str) -> str:
    return _MARKS.sub(r"\\\1", option)


def as_list(options: Sequence[str]) -> str:
    """The options as they are put to the vote, numbered, in Markdown."""
    return "\n".join(f"{number}. {_plain(one)}" for number, one in enumerate(options, 1))


def as_ticked_list(options: Sequence[str], chosen: Collection[str]) -> str:
    """The same options once the vote has chosen, those first, in Markdown of any language."""
    lines = [f"- ☑ **{_plain(one)}**" for one in chosen]
    return "\n".join([*lines, *(f"- ☐ {_plain(one)}" for one in options if one not in chosen)])
