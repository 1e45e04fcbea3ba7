"""What a file of ballots among candidates says, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from intranet.voting.papers import Paper, PaperState

ReadMark = Callable[[str], int | None]
"""The mark in a cell, None when the cell says that there is none. Raises ValueError, saying why."""

NO_MARK = frozenset({"", "-", "no opinion", "sans opinion"})
"""What a cell without a mark holds, in small letters."""


class UnreadableBox(ValueError):
    """The file is no box of ballots; the message says in English why, and on which line."""


@dataclass(frozen=True)
class Sheet:
    """The candidates and the ballots of a file; `seats` when the file says how many there are.

    withdrawn: candidates of the file who withdrew before the count; they are on no ballot.
    """

    candidates: tuple[str, ...]
    papers: tuple[Paper, ...]
    seats: int | None = None
    withdrawn: tuple[str, ...] = ()


def paper(marks: Mapping[str, int], copies: int = 1) -> Paper:
    """The ballot with these marks; a blank one when there is none."""
    state = PaperState.VALID if marks else PaperState.BLANK
    return Paper(marks, state, copies=copies)


def rank(written: str) -> int | None:
    """A rank from 1 on; None for a cell that ranks nobody. Raises ValueError."""
    word = written.strip()
    if word.casefold() in NO_MARK:
        return None
    if not (word.isascii() and word.isdigit()):
        raise ValueError(f"“{word}” is not a rank")
    if int(word) == 0:
        raise ValueError("a rank is 1 or more, and this one is 0")
    return int(word)


def check_candidates(candidates: tuple[str, ...], place: str) -> None:
    """Raise UnreadableBox when a name is missing or comes twice."""
    seen: set[str] = set()
    for number, name in enumerate(candidates, 1):
        if not name:
            raise UnreadableBox(f"{place}: candidate {number} has no name")
        if name in seen:
            raise UnreadableBox(f"{place}: there are two candidates called “{name}”")
        seen.add(name)
    if not candidates:
        raise UnreadableBox(f"{place}: there is no candidate")
