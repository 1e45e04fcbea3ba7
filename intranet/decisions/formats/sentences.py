"""What records in Markdown say of themselves in English or French: superseded by 5. Pure.

A sentence means something only when nothing is left over: "accepted, pending review" is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intranet.core.text import fold
from intranet.decisions.models import DecisionResult, LinkKind

# Folded: without accents, in small letters, both genders. What gave way was adopted once.
GAVE_WAY = ("superseded", "replaced", "deprecated", "obsolete", "remplace", "deprecie", "perime")
RESULTS: Mapping[str, DecisionResult] = {
    **dict.fromkeys(
        ("accepted", "adopted", "approved", "carried", "accepte", "adopte", "approuve", "valide"),
        DecisionResult.ADOPTED,
    ),
    **dict.fromkeys(GAVE_WAY, DecisionResult.ADOPTED),
    **dict.fromkeys(
        ("rejected", "refused", "declined", "rejete", "refuse"), DecisionResult.REJECTED
    ),
    **dict.fromkeys(("proposed", "draft", "propose", "brouillon"), DecisionResult.UNDECIDED),
    **dict.fromkeys(
        ("deferred", "postponed", "adjourned", "reporte", "ajourne"), DecisionResult.DEFERRED
    ),
    **dict.fromkeys(("withdrawn", "retire"), DecisionResult.WITHDRAWN),
    **dict.fromkeys(("lapsed", "caduc", "caduque"), DecisionResult.LAPSED),
}

_ACTIVE: Mapping[str, LinkKind] = {
    **dict.fromkeys(("supersedes", "replaces", "obsoletes", "remplace"), LinkKind.SUPERSEDES),
    **dict.fromkeys(("amends", "modifie", "amende"), LinkKind.AMENDS),
    **dict.fromkeys(("repeals", "abroge"), LinkKind.REPEALS),
    **dict.fromkeys(("requires", "depends on", "depend de"), LinkKind.REQUIRES),
}
_PASSIVE: Mapping[str, LinkKind] = {
    **dict.fromkeys(("superseded", "replaced", "obsoleted", "remplace"), LinkKind.SUPERSEDES),
    **dict.fromkeys(("amended", "modifie", "amende"), LinkKind.AMENDS),
    **dict.fromkeys(("repealed", "abroge"), LinkKind.REPEALS),
}


def _any(words: Mapping[str, LinkKind]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_LINKED = re.compile(r"(?<!!)\[([^\]\n]*)\]\(<?([^)>\s]*)>?[^)]*\)")
_DAY = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}"
_PASSIVELY = re.compile(
    rf"({_any(_PASSIVE)})e?s?[\s:_-]+(?:(?:on |le )?(?:{_DAY})[\s,]+)?(?:by|par)\b"
)
_ACTIVELY = re.compile(rf"({_any(_ACTIVE)})\b")
_ALONE = re.compile(
    rf"(?P<word>[a-z]+?)e?s?[\s,:(]*(?:(?:on|le|du|since|depuis|depuis le)\s+)?(?:{_DAY})?\s*[).]*"
)
_BEFORE = r"(?:(?:adr|madr|decision)[\s#_-]{0,2}|#|n°\s?)"
_NAMED = re.compile(rf"(?<![\w.-]){_BEFORE}(\d{{1,14}})(?!\w)")
_ONLY_NUMBERS = re.compile(rf"(?:[\s,;:&.]|\band\b|\bet\b|{_BEFORE}?\d{{1,14}}\b)*")
_OWN_NUMBER = re.compile(r"\b[A-Z][A-Z0-9]{0,9}-(?:19|20)[0-9]{2}-[0-9]{3,5}\b")
_FILE_NUMBER = re.compile(r"(?:[A-Za-z]{1,10}[-_ ]?)?(\d{1,14})(?=[^\d]|$)")
_MARKS = re.compile(r"<!--.*?-->|~~.*?~~", re.DOTALL)


@dataclass(frozen=True)
class Relation:
    """A link as a record tells it: it does this to the other, or the other does it to it."""

    kind: LinkKind
    others: tuple[str, ...]
    is_passive: bool


def plain(text: str) -> str:
    """A line without what only sets it: bullets, emphasis, quotes, comments, struck words."""
    line = _MARKS.sub("", text).strip()
    line = re.sub(r"^(?:[-*+]|>)\s+", "", line)
    return line.replace("**", "").replace("__", "").strip(" \t*_`\"'«»\u00a0\u202f")


def result_said(line: str) -> tuple[str, DecisionResult] | None:
    """The word of a status line and what it means; None when the line says anything more."""
    said = plain(_LINKED.sub(r"\1", line))
    folded = fold(said)
    if gave_way(line):
        return re.split(r"[\s:_-]", said)[0], DecisionResult.ADOPTED
    match = _ALONE.fullmatch(folded)
    for word in (match["word"], f"{match['word']}e", f"{match['word']}ed") if match else ():
        if word in RESULTS:
            return re.split(r"[\s,:(.]", said)[0], RESULTS[word]
    return None


def gave_way(line: str) -> bool:
    """Whether a line says that something else took its place: superseded by 5."""
    match = _PASSIVELY.match(fold(plain(_LINKED.sub(r"\1", line))))
    return match is not None and _PASSIVE[match[1]] is LinkKind.SUPERSEDES


def relation_said(line: str) -> Relation | None:
    """What a line says about other records: superseded by [ADR 14](0014-tags.md)."""
    folded = fold(plain(_LINKED.sub(r"\1", line)))
    passive = _PASSIVELY.match(folded)
    active = None if passive else _ACTIVELY.match(folded)
    if passive is None and active is None:
        return None
    others = tuple(dict.fromkeys(_numbers(line)))
    if passive:
        return Relation(_PASSIVE[passive[1]], others, is_passive=True)
    return Relation(_ACTIVE[active[1]], others, is_passive=False) if active else None


def number_in_name(name: str) -> str | None:
    """The number with which the name of a file begins: 14 in 0014-tags.md and adr-014.md, and
    AG-2019-004 in one of our own; None without one."""
    if own := _OWN_NUMBER.match(name):
        return own[0]
    match = _FILE_NUMBER.match(name)
    return match[1] if match else None


def _numbers(line: str) -> Iterator[str]:
    """The numbers that a line names: those of linked files, then ADR-5 or #5, or digits when
    nothing else is said; a year within words is no number."""
    rest = line
    for linked in _LINKED.finditer(line):
        name = linked[2].partition("#")[0].rsplit("/", 1)[-1]
        found = number_in_name(name) if "://" not in linked[2] else None
        if found:
            yield found
            rest = rest.replace(linked[0], " ")
    rest = re.sub(_DAY, " ", _LINKED.sub(r"\1", rest))
    yield from _OWN_NUMBER.findall(rest)
    words = fold(plain(_OWN_NUMBER.sub(" ", rest)))
    said = _PASSIVELY.match(words) or _ACTIVELY.match(words)
    if said and _ONLY_NUMBERS.fullmatch(words, said.end()):
        yield from re.findall(r"\d+", words[said.end() :])
    else:
        yield from _NAMED.findall(words)
