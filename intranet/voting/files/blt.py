"""BLT files: the common format of elections by transferable vote.

    4 2                 four candidates, two seats
    -2                  candidate 2 has withdrawn
    3 1 4 0             three ballots: 1 first, then 4
    1 3=4 - 1 0         one ballot: 3 and 4 equal, a rank left empty, then 1
    0                   end of the ballots
    "Anna" "Bob" "Cleo" "Dan"
    "Title"

What follows # on a line is a comment. A word in brackets before a ballot names it: it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intranet.voting.files.sheet import Sheet, UnreadableBox, check_candidates, paper
from intranet.voting.papers import Paper

_WORD = re.compile(r'"(?P<name>[^"]*)"|#.*|(?P<word>[^\s"#]+)|(?P<open>")')


@dataclass(frozen=True)
class _Word:
    line: int
    text: str
    is_name: bool


def read_blt(text: str) -> Sheet:
    """The box, the seats and who withdrew. Raises UnreadableBox with the number of the line."""
    words = list(_words(text))
    if not words:
        raise UnreadableBox("the file is empty")
    first = [word for word in words if word.line == words[0].line]
    if len(first) != 2:
        raise UnreadableBox(f"line {words[0].line}: the numbers of candidates and seats come first")
    size, seats = (_whole(word, 0) for word in first)
    rest = words[2:]
    withdrawn = []
    while rest and rest[0].text.startswith("-") and rest[0].text != "-":
        withdrawn.append(_candidate(rest.pop(0), size, sign=-1))
    ballots, after = _ballots(rest, size)
    named = _names(after, size, rest[-1].line if rest else words[-1].line)
    gone = {named[number - 1] for number in withdrawn}
    papers = [_paper(copies, ranks, named, gone) for copies, ranks in ballots]
    candidates = tuple(name for name in named if name not in gone)
    return Sheet(candidates, tuple(papers), seats, tuple(sorted(gone)))


def _words(text: str) -> Iterator[_Word]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        for match in _WORD.finditer(re.sub(r"(?<=\d)\s*=\s*(?=\d)", "=", line)):
            if match["open"]:
                raise UnreadableBox(f"line {number}: a name that does not end with a quote")
            if match["name"] is not None or match["word"]:
                name = match["name"]
                yield _Word(number, match["word"] if name is None else name, name is not None)


def _ballots(
    words: Sequence[_Word], size: int
) -> tuple[list[tuple[int, dict[int, int]]], list[_Word]]:
    """Each ballot as its copies and a rank by candidate, and the words after the last one."""
    found: list[tuple[int, dict[int, int]]] = []
    place = 0
    while place < len(words):
        if words[place].text.startswith("("):
            place += 1
            continue
        copies = _whole(words[place], 0)
        place += 1
        if copies == 0:
            return found, list(words[place:])
        ranks: dict[int, int] = {}
        rank = 0
        while place < len(words) and words[place].text != "0":
            rank += 1
            _rank(words[place], rank, ranks, size)
            place += 1
        place += 1
        found.append((copies, ranks))
    raise UnreadableBox(f"line {words[-1].line if words else 1}: the ballots have no end (0)")


def _rank(word: _Word, rank: int, ranks: dict[int, int], size: int) -> None:
    """Note who has this rank: nobody for a dash, several when they are equal."""
    for one in word.text.split("=") if word.text != "-" else ():
        number = _candidate(_Word(word.line, one, word.is_name), size)
        if number in ranks:
            raise UnreadableBox(f"line {word.line}: candidate {number} is twice on a ballot")
        ranks[number] = rank


def _whole(word: _Word, least: int) -> int:
    if word.is_name or not (word.text.isascii() and word.text.isdigit()):
        raise UnreadableBox(f"line {word.line}: “{word.text}” is not a number")
    if int(word.text) < least:
        raise UnreadableBox(f"line {word.line}: “{word.text}” is too small")
    return int(word.text)


def _candidate(word: _Word, size: int, sign: int = 1) -> int:
    text = word.text[1:] if sign < 0 else word.text
    number = _whole(_Word(word.line, text, word.is_name), 1)
    if number > size:
        raise UnreadableBox(f"line {word.line}: there is no candidate {number}, only {size}")
    return number


def _names(words: Sequence[_Word], size: int, last: int) -> tuple[str, ...]:
    """The names of the candidates; the title and what follows it are left alone."""
    named = words[:size]
    for word in named:
        if not word.is_name:
            raise UnreadableBox(f"line {word.line}: “{word.text}” is not a name in quotes")
    if len(named) < size:
        raise UnreadableBox(f"line {last}: {len(named)} names for {size} candidates")
    names = tuple(word.text.strip() for word in named)
    check_candidates(names, f"line {named[-1].line if named else last}")
    return names


def _paper(copies: int, ranks: dict[int, int], named: Sequence[str], gone: set[str]) -> Paper:
    marks = {named[number - 1]: rank for number, rank in ranks.items()}
    return paper({name: rank for name, rank in marks.items() if name not in gone}, copies)
