"""A ballot among candidates as one line of text, the same for equal ballots.

The ballot box keeps one short text for every vote, sealed or open. Marks are written in the order
of the candidates, which is frozen with the vote, so that thirty long names take no more room than
thirty numbers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from intranet.voting.papers import Paper, PaperState
from intranet.voting.types import InvalidCount

BLANK = "blank"


def paper_to_text(paper: Paper, candidates: Sequence[str]) -> str:
    """`blank`, or a mark or null for each candidate: `[1,null,2]`. The reason is not in it.

    Raises InvalidCount for a mark beside nobody of the list, and for a spoiled ballot, which no
    form can give.
    """
    if not set(paper.marks) <= set(candidates):
        raise InvalidCount("not_a_candidate")
    if paper.state is PaperState.BLANK:
        return BLANK
    if paper.state is PaperState.SPOILED:
        raise InvalidCount("marks_and_state_differ")
    marks = [paper.marks.get(candidate) for candidate in candidates]
    return json.dumps(marks, separators=(",", ":"))


def paper_from_text(text: str, candidates: Sequence[str], reason: str = "") -> Paper:
    """The ballot that `paper_to_text` wrote. Raises InvalidCount for anything else."""
    if text == BLANK:
        return Paper(state=PaperState.BLANK, reason=reason)
    try:
        marks = json.loads(text)
    except ValueError as error:
        raise InvalidCount("ballot_unreadable") from error
    if not isinstance(marks, list) or len(marks) != len(candidates):
        raise InvalidCount("ballot_unreadable")
    if any(mark is not None and type(mark) is not int for mark in marks):
        raise InvalidCount("ballot_unreadable")
    given = zip(candidates, marks, strict=True)
    return Paper({name: mark for name, mark in given if mark is not None}, reason=reason)
