"""Reading the minutes of a meeting in Markdown: only what says that it is a decision becomes one.

An item begins with a heading, a point of a list or a line "Décision :" (Decision, Résolution,
Resolution) and says "Résultat :" (Result, Vote) with a plain word: adoptée, rejetée, reportée.
Everything else that speaks of deciding is reported. Writes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from intranet.core import frontmatter
from intranet.core.text import UnusableLine, clean_line, fold
from intranet.decisions.formats.results import result_of, speaks_of_deciding
from intranet.decisions.formats.sentences import plain
from intranet.decisions.found import (
    FoundDecision,
    LeftOut,
    Plan,
    Unreadable,
    day_of,
    number_of,
    text_of_file,
)
from intranet.decisions.models import DecisionResult

_ITEM = re.compile(
    r"(?:d[ée]cision|r[ée]solution)(?:\s+(?:n°|n\.|no\.?|#)?\s*(?P<number>\d{1,4}))?"
    r"\s*(?::|\s[–—-]\s)\s*(?P<title>.*)",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"(?P<name>r[ée]sultats?|results?|votes?)(?:\s+du\s+vote)?\s*:\s*(?P<said>.+)", re.IGNORECASE
)
_INLINE = re.compile(r"(?:\s+[–—-]\s+|\s*\()(?P<said>[^–—()]+)\)?[.\s]*$")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})\s+")
_BULLET = re.compile(r"([ \t]*)(?:[-*+]|\d{1,3}[.)])\s+")
_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre"),
    *("octobre", "novembre", "decembre"),
)
_LONG_DAY = re.compile(rf"\b(\d{{1,2}})(?:er)? ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_SHORT_DAY = re.compile(r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})\b")
_LONGEST_LINE = 2000


@dataclass
class _Item:
    """The lines of one decision; `level` is that of its heading, 0 without one."""

    line: int
    number: str | None
    title: str
    level: int
    indent: int
    lines: list[str] = field(default_factory=list)

    def ends_before(self, line: str) -> bool:
        """Whether a line is outside: a heading of this level, the next point, a new paragraph.

        A line that says a result still belongs to the item above it.
        """
        heading, bullet = _HEADING.match(line), _BULLET.match(line)
        if heading:
            return len(heading[1]) <= (self.level or 6)
        if self.level or not line.strip() or _result_line(line):
            return False
        if bullet:
            return len(bullet[1]) <= self.indent
        after_a_gap = bool(self.lines) and not self.lines[-1].strip()
        return after_a_gap and not line.startswith((" ", "\t"))


def read_minutes(path: Path, plan: Plan) -> Iterator[FoundDecision | LeftOut]:
    """The decisions of the minutes, understood or left out, and the lines that only speak of one.

    Numbers are made of the prefix, the day of the meeting and the number of the decision in the
    minutes, or its place: AG-20240312-2. Raises Unreadable for minutes without a day.
    """
    source = frontmatter.split(unicodedata.normalize("NFC", text_of_file(path)))
    lines = [line[:_LONGEST_LINE] for line in source.body.splitlines()]
    held_on = _day(source.values, lines, plan)
    items, others = _cut(lines, first=source.raw.count("\n") + 1)
    for line, said in others:
        yield LeftOut(
            line, f"« {said[:60]} »", "it speaks of a decision, and is none with a result"
        )
    seen: set[str] = set()
    for place, item in enumerate(items, start=1):
        number = f"{held_on:%Y%m%d}-{item.number or place}"
        try:
            if number in seen:
                raise Unreadable("this number stands on an earlier line")
            seen.add(number)
            yield _decision(item, number, held_on, path, plan)
        except Unreadable as problem:
            yield LeftOut(item.line, item.title[:60] or number, str(problem))


def _day(told: Mapping[str, object], lines: Sequence[str], plan: Plan) -> date:
    """The day of the meeting: of the header, of a line "Date :" or of the title, and one only."""
    typed = [value for name, value in told.items() if fold(name) == "date"]
    typed += [
        plain(line).partition(":")[2] for line in lines if re.match(r"date\s*:", fold(plain(line)))
    ]
    typed += [line for line in lines if line.startswith("# ")]
    days = {
        day for words in typed if isinstance(words, str) for day in _days_in(words.strip(), plan)
    }
    if len(days) != 1:
        how = "two days" if days else "no day"
        raise Unreadable(f"it tells {how} on which the meeting was held: write one line Date :")
    return days.pop()


def _days_in(words: str, plan: Plan) -> Iterator[date]:
    folded = fold(words)
    for match in _LONG_DAY.finditer(folded):
        try:
            yield date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
        except ValueError:
            raise Unreadable(f"the date {match[0]!r} is not understood") from None
    for found in _SHORT_DAY.findall(folded):
        day = day_of(found, plan.date_format)
        if day is not None:
            yield day


def _cut(lines: Sequence[str], first: int) -> tuple[list[_Item], list[tuple[int, str]]]:
    """The items, and the other lines that speak of deciding."""
    items: list[_Item] = []
    others: list[tuple[int, str]] = []
    current: _Item | None = None
    for number, line in enumerate(lines, start=first):
        begun = _begin(line, number)
        if begun is not None:
            current = begun
            items.append(begun)
        elif current is not None and not current.ends_before(line):
            current.lines.append(line)
        else:
            current = None
            if not _HEADING.match(line) and speaks_of_deciding(line):
                others.append((number, plain(line)))
    return items, others


def _begin(line: str, number: int) -> _Item | None:
    heading, bullet = _HEADING.match(line), _BULLET.match(line)
    mark = heading or bullet
    match = _ITEM.fullmatch(plain(line[mark.end() :] if mark else line))
    if match is None:
        return None
    level = len(heading[1]) if heading else 0
    indent = len(bullet[1]) if bullet and not heading else 0
    return _Item(number, match["number"], plain(match["title"]), level, indent)


def _decision(item: _Item, number: str, held_on: date, path: Path, plan: Plan) -> FoundDecision:
    title, word, result = _result(item, plan)
    text = "\n".join(line.rstrip() for line in item.lines).strip("\n")
    try:
        title = clean_line(title or next(filter(None, map(plain, item.lines)), ""), 255)
    except UnusableLine as problem:
        raise Unreadable(f"its title cannot be used: {problem.reason}") from problem
    return FoundDecision(
        line=item.line,
        numbered=number_of(number, plan.prefix),
        title=title,
        result=result,
        source=f"{path.name}#{number}",
        source_status=word,
        decided_on=held_on,
        effective_on=None,
        text=f"{title}\n\n{text}".rstrip() + "\n",
        tags=(),
        links=(),
    )


def _result(item: _Item, plan: Plan) -> tuple[str, str, DecisionResult]:
    """The title without its result, the word and its meaning. Raises Unreadable."""
    told = [match for line in item.lines if (match := _result_line(line))]
    said = [match["said"] for match in told if _is_result(match)]
    title, inline = item.title, _INLINE.search(item.title)
    if inline:
        match = _RESULT.fullmatch(plain(inline["said"]))
        words = match["said"] if match else inline["said"]
        if match or result_of(words, plan.statuses):
            said.append(words)
            title = plain(title[: inline.start()])
    if not said:
        raise Unreadable("it does not say its result, and none is guessed")
    meanings = {words: result_of(words, plan.statuses) for words in said}
    for words, meaning in meanings.items():
        if meaning is None:
            raise Unreadable(f"its result {words[:60]!r} is not plain, and none is guessed")
    known = [meaning for meaning in meanings.values() if meaning]
    if len({result for _, result in known}) > 1:
        raise Unreadable("it tells two results")
    return title, *known[0]


def _result_line(line: str) -> re.Match[str] | None:
    bullet = _BULLET.match(line)
    return _RESULT.fullmatch(plain(line[bullet.end() :] if bullet else line))


def _is_result(match: re.Match[str]) -> bool:
    """A line "Vote :" may only count voices; the result then stands somewhere else."""
    is_about_voices = fold(match["name"]).startswith("vote")
    return not is_about_voices or speaks_of_deciding(match["said"])
