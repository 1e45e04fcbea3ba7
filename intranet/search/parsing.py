"""What a person typed becomes a Query; nothing anyone can type is an error (pure)."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from intranet.core.text import fold
from intranet.search.analysis import join_numbers, readings
from intranet.search.filters import NAMES, kind_of, state_of
from intranet.search.port import Hint, Query
from intranet.search.storable import storable

MAX_LENGTH = 500
"""Characters of a question that are read."""
MAX_CLAUSES = 24

_CLAUSE = re.compile(
    r"(?P<minus>(?<!\S)[-−])?"
    r"(?:(?<!\w)(?P<field>[^\W\d_]{2,10}):)?"
    r'(?:["“”«]\s*(?P<phrase>[^"“”«»]*?)\s*(?P<closing>["“”»]|$)|(?P<word>[^\s"“”«»]+))'
)
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@dataclass
class _Parts:
    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    labels: dict[str, list[str]] = field(default_factory=dict)
    without: list[tuple[str, str]] = field(default_factory=list)
    from_on: date | None = None
    to_on: date | None = None
    hints: list[Hint] = field(default_factory=list)


def parse_query(text: str) -> Query:
    """The question in parts: words, "phrases", -word, and the filters of NAMES, which a minus turns
    round.

    Never fails. A filter that cannot be understood is searched as words, a date that cannot be read
    counts for nothing, and a hint says so. Only the first 500 characters count.
    Dates are 2022, 2022-03, 2022-03-15 or 15/03/2022.
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
        kinds=tuple(parts.labels.get("kind", ())),
        tags=tuple(parts.labels.get("tag", ())),
        states=tuple(parts.labels.get("state", ())),
        authors=tuple(parts.labels.get("author", ())),
        bodies=tuple(parts.labels.get("body", ())),
        places=tuple(parts.labels.get("in", ())),
        years=tuple(parts.labels.get("year", ())),
        without=tuple(parts.without),
        from_on=parts.from_on,
        to_on=parts.to_on,
        hint=parts.hints[0] if parts.hints else None,
    )


def _read_clause(clause: re.Match[str], parts: _Parts) -> None:
    phrase, word, name = clause["phrase"], clause["word"], clause["field"]
    value = word if phrase is None else phrase
    if phrase is not None and not clause["closing"]:
        parts.hints.append(Hint("unclosed_quote"))
    if name and _read_filter(clause, value, parts):
        return
    if not _is_searchable((value,)):
        return
    if clause["minus"]:
        parts.excluded.append(value)
    elif phrase is not None and clause["closing"]:
        parts.phrases.append(value)
    else:
        parts.words.extend(w for w in ([name, value] if name else [value]) if w)


def _read_filter(clause: re.Match[str], value: str, parts: _Parts) -> bool:
    """Whether this was a filter (and was read or hinted at) rather than words with a colon."""
    name, has_minus = NAMES.get(fold(clause["field"].lower())), bool(clause["minus"])
    if name is None or (has_minus and name in ("from", "to")):
        return False
    if name in ("from", "to"):
        _read_day(name, value, parts)
        return True
    known = {"kind": kind_of, "state": state_of}
    label = known[name](value) if name in known else fold(value).strip()
    if not label:
        parts.hints.append(Hint("unknown_value", f"{clause['field']}:{value}"))
        parts.words.extend([value] if _is_searchable((value,)) and not has_minus else [])
    elif has_minus:
        parts.without.append((name, label))
    else:
        parts.labels.setdefault(name, []).append(label)
    return True


def _read_day(name: str, value: str, parts: _Parts) -> None:
    day = _day(value, is_end=name == "to")
    if day is None:
        parts.hints.append(Hint("bad_date", value))
    elif name == "from":
        parts.from_on = day
    else:
        parts.to_on = day


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
    has_filter = parts.labels or parts.without or parts.from_on or parts.to_on
    return bool(parts.words or parts.phrases or parts.excluded or has_filter)
