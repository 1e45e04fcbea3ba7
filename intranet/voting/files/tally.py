"""The tally sheets of Debian's votes: the options, then one line of ranks per ballot.

    Option 1---->: Anna
  /  Option 2--->: None Of The Above
V: 21
V: -1

Each character after V: is the rank of an option; a dash is no rank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from intranet.voting.files.sheet import Sheet, UnreadableBox, check_candidates, paper
from intranet.voting.papers import Paper

_OPTION = re.compile(r"[\s|/]*Option\s+(\d+)\s*-*>?:\s*(.*?)\s*")
_VOTE = re.compile(r"V:\s*(\S*)(?:\s.*)?")


def is_tally(text: str) -> bool:
    """Whether the text begins like such a sheet."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return bool(_OPTION.fullmatch(first) or _VOTE.fullmatch(first))


def read_tally(text: str) -> Sheet:
    """The box of the sheet. Raises UnreadableBox with the number of the line."""
    options: list[str] = []
    papers: list[Paper] = []
    for number, line in enumerate(text.splitlines(), 1):
        place = f"line {number}"
        if option := _OPTION.fullmatch(line):
            if int(option[1]) != len(options) + 1 or papers:
                raise UnreadableBox(f"{place}: option {option[1]} is out of its place")
            options.append(option[2])
        elif vote := _VOTE.fullmatch(line):
            papers.append(_paper(vote[1], options, place))
        elif line.strip():
            raise UnreadableBox(f"{place}: neither an option nor a ballot (V:)")
    check_candidates(tuple(options), "the options")
    return Sheet(tuple(options), tuple(papers))


def _paper(ranks: str, options: Sequence[str], place: str) -> Paper:
    if len(ranks) != len(options):
        raise UnreadableBox(f"{place}: {len(ranks)} ranks for {len(options)} options")
    marks = {}
    for option, rank in zip(options, ranks, strict=True):
        if rank == "-":
            continue
        if not (rank.isascii() and rank.isalnum()) or rank == "0":
            raise UnreadableBox(f"{place}: “{rank}” is not a rank")
        marks[option] = int(rank, 36)
    return paper(marks)
