"""Reading a folder of decision records in Markdown (ADR, MADR): one file a decision.

The shapes are those of Michael Nygard (a line "Date:", a part "Status") and of MADR (a header or
a list with status and date), in English or French. Writes nothing and guesses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from intranet.core import frontmatter
from intranet.core.frontmatter import FrontMatter
from intranet.core.text import UnusableLine, clean_line, fold
from intranet.decisions.formats import sentences
from intranet.decisions.formats.sentences import Relation
from intranet.decisions.found import (
    FoundDecision,
    LeftOut,
    Plan,
    Unreadable,
    day_of,
    number_of,
    text_of_file,
)
from intranet.decisions.models import DecisionResult, LinkKind
from intranet.decisions.numbers import Numbered

STATUS = ("status", "statut", "etat")
DATE = ("date", "date de decision", "decided", "decided on", "decide le")
TITLE = ("title", "titre")
TAGS = ("tags", "etiquettes")

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*$")
_FENCE = re.compile(r"[ \t]{0,3}(```|~~~)")
_TOLD = re.compile(r"[ \t]*(?:[-*+][ \t]+)?([^\W\d_][^:|]{1,40}?)[ \t]*:[ \t]*(.*)$")
_TITLE_NUMBER = re.compile(r"(?:ADR[ #_-]?)?\d{1,14}[ \t]*[.:)–—-]+[ \t]*", re.IGNORECASE)
_LONGEST_LINE = 500


def read_folder(folder: Path, plan: Plan) -> Iterator[FoundDecision | LeftOut]:
    """Every Markdown file below the folder, understood or left out with its reason."""
    seen: dict[str, str] = {}
    root = folder.resolve()
    paths = [path for path in sorted(folder.rglob("*.md")) if not _is_hidden(path, folder)]
    for place, path in enumerate(paths, start=1):
        name = path.relative_to(folder).as_posix()
        number = sentences.number_in_name(path.name) or "?"
        try:
            if not path.resolve().is_relative_to(root):
                raise Unreadable("it lies outside the folder")
            found = _record(path, name, place, folder, plan)
            earlier = seen.setdefault(found.numbered.number, name)
            if earlier != name:
                raise Unreadable(f"its number is that of {earlier}")
            yield found
        except Unreadable as problem:
            yield LeftOut(place, number, str(problem), file=name)


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _record(path: Path, name: str, place: int, folder: Path, plan: Plan) -> FoundDecision:
    number = sentences.number_in_name(path.name)
    if number is None:
        raise Unreadable("its name does not begin with a number, so it is no record")
    text = text_of_file(path)
    page = _Record(frontmatter.split(text), plan)
    if page.header.problem:
        raise Unreadable(f"its header cannot be read: {page.header.problem}")
    numbered = number_of(number, plan.prefix)
    word, result = page.status()
    return FoundDecision(
        line=place,
        file=name,
        numbered=numbered,
        title=page.title(),
        result=result,
        source=f"{folder.resolve().name}/{name}",
        source_status=word,
        decided_on=page.day(),
        effective_on=None,
        text=text,
        tags=page.tags(),
        links=tuple(page.links(numbered)),
    )


@dataclass(frozen=True)
class Part:
    """A heading with the lines below it; the lines above the first heading have none."""

    level: int
    heading: str
    lines: tuple[str, ...]


def parts(body: str) -> list[Part]:
    """The body cut at its headings; what stands in a block of code is no heading."""
    found: list[tuple[int, str, list[str]]] = [(0, "", [])]
    fence = ""
    for line in body.splitlines():
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        heading = None if fence else _HEADING.match(line)
        if heading:
            found.append((len(heading[1]), heading[2].strip(), []))
        else:
            found[-1][2].append(line[:_LONGEST_LINE])
    return [Part(level, heading, tuple(lines)) for level, heading, lines in found]


class _Record:
    """One file with what is needed to understand it."""

    def __init__(self, header: FrontMatter, plan: Plan) -> None:
        self.header = header
        self._plan = plan
        self._parts = parts(header.body)
        self._told = {fold(name): value for name, value in header.values.items()}

    def title(self) -> str:
        """The heading of the text, else the title of the header, without its number."""
        headings = [part.heading for part in self._parts if part.level == 1 and part.heading]
        titles = [value for name in TITLE if isinstance(value := self._told.get(name), str)]
        for typed in (*headings[:1], *titles):
            try:
                return clean_line(_TITLE_NUMBER.sub("", typed, count=1) or typed, 255)
            except UnusableLine as problem:
                raise Unreadable(f"its title cannot be used: {problem.reason}") from problem
        raise Unreadable("it has no title")

    def day(self) -> date | None:
        """The day it tells, None when it tells none. Raises Unreadable for two or a strange one."""
        days = {day_of(typed, self._plan.date_format) for typed in self._said(DATE)} - {None}
        if len(days) > 1:
            raise Unreadable("it tells two dates")
        return next(iter(days), None)

    def status(self) -> tuple[str, DecisionResult]:
        """Its word and what that means. Raises Unreadable: a status is never guessed."""
        words = list(self._said(STATUS))
        named = {fold(word): DecisionResult(to) for word, to in self._plan.statuses.items()}
        gone = [line for line in self._lines() if sentences.gave_way(line)]
        if not words and not gone and "" in named:
            return "", named[""]
        if not words and not gone:
            raise Unreadable("it has no status, and none is guessed")
        found = [self._meaning(word, named) for word in words or gone]
        if len({result for _, result in found}) > 1:
            raise Unreadable(f"it tells two statuses: {', '.join(word for word, _ in found)}")
        is_gone = gone and found[0][1] is DecisionResult.ADOPTED
        return self._meaning(gone[0], named) if is_gone else found[0]

    def _meaning(self, word: str, named: dict[str, DecisionResult]) -> tuple[str, DecisionResult]:
        plain = sentences.plain(word)
        if fold(plain) in named:
            return plain, named[fold(plain)]
        said = sentences.result_said(word)
        if said is None:
            raise Unreadable(
                f"the status {plain[:60]!r} is unknown: say it with --status WORD=RESULT"
            )
        return said

    def links(self, own: Numbered) -> Iterator[tuple[str, LinkKind, str]]:
        """What its header, its first lines and its status say about other records."""
        for relation in self._relations():
            for other in relation.others:
                number = number_of(other, self._plan.prefix).number
                pair = (number, own.number) if relation.is_passive else (own.number, number)
                yield pair[0], relation.kind, pair[1]

    def _relations(self) -> Iterator[Relation]:
        for line in dict.fromkeys(self._lines()):
            relation = sentences.relation_said(line)
            if relation is not None:
                yield relation

    def _lines(self) -> list[str]:
        """Every line in which a record speaks of itself."""
        lines = [f"{name}: {_flat(value)}" for name, value in self._told.items()]
        return [*lines, *self._preamble(), *self._said(STATUS), *self._below(STATUS)]

    def tags(self) -> tuple[str, ...]:
        """The words of the header under which it is filed."""
        typed = [_flat(self._told[name]) for name in TAGS if name in self._told]
        return tuple(tag.strip() for words in typed for tag in words.split(",") if tag.strip())

    def _said(self, names: tuple[str, ...]) -> Iterator[str]:
        """What header, first lines and parts say under a name: each the first line that is not
        empty. What a status part says about other records comes after it."""
        for name in names:
            if value := _flat(self._told.get(name, "")).strip():
                yield value
        for line in self._preamble():
            match = _TOLD.match(line.replace("**", ""))
            if match and fold(match[1].strip()) in names and match[2].strip():
                yield match[2].strip()
        for line in list(self._below(names))[:1]:
            yield line

    def _preamble(self) -> Iterator[str]:
        """The lines above the first part: below the title, or above it."""
        for part in self._parts:
            if part.level > 1:
                return
            yield from part.lines

    def _below(self, names: tuple[str, ...]) -> Iterator[str]:
        for part in self._parts:
            if part.level > 1 and fold(part.heading) in names:
                yield from (line for line in part.lines if sentences.plain(line))


def _flat(value: object) -> str:
    """A value of a header as one line."""
    if isinstance(value, list):
        return ", ".join(_flat(one) for one in value)
    return value if isinstance(value, str) else ""
