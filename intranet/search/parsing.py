"""What a person typed becomes a Query; nothing anyone can type is an error (pure)."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from intranet.core.text import fold
from intranet.search.analysis import join_numbers, readings
from intranet.search.port import KINDS, Hint, Query
from intranet.search.storable import storable

MAX_LENGTH = 500
"""Characters of a question that are read."""
MAX_CLAUSES = 24

_CLAUSE = re.compile(
    r"(?P<minus>(?<!\S)[-−])?"
    r"(?:(?<!\w)(?P<field>[A-Za-z]{2,8}):)?"
    r'(?:["“”«]\s*(?P<phrase>[^"“”«»]*?)\s*(?P<closing>["“”»]|$)|(?P<word>[^\s"“”«»]+))'
)
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@dataclass
class _Parts:
    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    from_on: date | None = None
    to_on: date | None = None
    hints: list[Hint] = field(default_factory=list)


def parse_query(text: str) -> Query:
    """The question in parts: words, "phrases", -word, kind:, tag:, state:, from:, to:.

    Never fails. What cannot be understood is searched as words, and a hint says so. Only the
    first 500 characters count. Dates are 2022, 2022-03, 2022-03-15 or 15/03/2022.
    """
    cleaned = join_numbers(storable(text)).strip()
    parts = _Parts()
    if len(cleaned) > MAX_LENGTH:
        cleaned = cleaned[:MAX_LENGTH]
        parts.hints.append(Hint("too_long"))
    for index, clause in enumerate(_CLAUSE.finditer(cleaned)):
        if index >= MAX_CLAUSES:
            parts.hints.append(Hint("too_long"))
            break
        _read_clause(clause, parts)
    if not _asks_something(parts):
        parts.hints.append(Hint("empty"))
    return Query(
        text=cleaned,
        words=tuple(parts.words),
        phrases=tuple(parts.phrases),
        excluded=tuple(parts.excluded),
        kinds=tuple(parts.kinds),
        tags=tuple(parts.tags),
        states=tuple(parts.states),
        from_on=parts.from_on,
        to_on=parts.to_on,
        hint=parts.hints[0] if parts.hints else None,
    )


def _read_clause(clause: re.Match[str], parts: _Parts) -> None:
    phrase, word, name = clause["phrase"], clause["word"], clause["field"]
    value = word if phrase is None else phrase
    if phrase is not None and not clause["closing"]:
        parts.hints.append(Hint("unclosed_quote"))
    if name and not clause["minus"] and _read_filter(name.lower(), value, parts):
        return
    if not _is_searchable((value,)):
        return
    if clause["minus"]:
        parts.excluded.append(value)
    elif phrase is not None and clause["closing"]:
        parts.phrases.append(value)
    else:
        parts.words.extend(w for w in ([name, value] if name else [value]) if w)


def _read_filter(name: str, value: str, parts: _Parts) -> bool:
    """Whether this was a filter (and was read or hinted at) rather than words with a colon."""
    folded = fold(value)
    lists = {"kind": parts.kinds, "tag": parts.tags, "state": parts.states}
    if name in lists:
        if not folded or (name == "kind" and folded not in KINDS):
            parts.hints.append(Hint("unknown_value", f"{name}:{value}"))
        else:
            lists[name].append(folded)
        return True
    if name not in ("from", "to"):
        return False
    day = _day(value, is_end=name == "to")
    if day is None:
        parts.hints.append(Hint("bad_date", value))
    elif name == "from":
        parts.from_on = day
    else:
        parts.to_on = day
    return True


def _day(value: str, *, is_end: bool) -> date | None:
    iso, day_first = _ISO_DATE.fullmatch(value), _DAY_FIRST.fullmatch(value)
    if iso:
        year, month, day = iso.groups()
    elif day_first:
        day, month, year = day_first.groups()
    else:
        return None
    try:
        month_number = int(month or (12 if is_end else 1))
        last = monthrange(int(year), month_number)[1]
        return date(int(year), month_number, int(day or (last if is_end else 1)))
    except ValueError:
        return None


def _is_searchable(texts: Iterable[str]) -> bool:
    return any(readings(text) for text in texts)


def _asks_something(parts: _Parts) -> bool:
    has_filter = parts.kinds or parts.tags or parts.states or parts.from_on or parts.to_on
    return bool(parts.words or parts.phrases or parts.excluded or has_filter)
