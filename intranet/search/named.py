"""A filter by a part of a name: "author:awa" means everybody whose name has a word that begins so.

Documents carry whole names, so those that a part fits are asked for beside it. Names only say what
to look among: what is found is what may be read, as for any question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Select, select, union

from intranet.core.text import fold
from intranet.core.transaction import Reader
from intranet.decisions.models import DecisionTag
from intranet.members.models import Body, Person
from intranet.search.analysis import readings
from intranet.search.port import Query
from intranet.wiki.models import Page, PageTag

MOST_MEANT = 40
_BREAKS = str.maketrans(dict.fromkeys("'’-/().,:;", " "))

Named = Iterable[tuple[str, str]]
"""What may be meant: the value that documents carry, and the name that somebody types."""
Fits = Callable[[str, str], bool]


def whole_names(reader: Reader, query: Query) -> Query:
    """The question, with the people, bodies, tags and places of its filters under the names that
    documents carry. A value that is a whole name means that one alone."""
    meant = {name: partial(_meant, reader, name) for name in _KNOWN}
    without = ((n, v) for n, value in query.without for v in _meant(reader, n, (value,)))
    return replace(
        query,
        authors=meant["author"](query.authors),
        bodies=meant["body"](query.bodies),
        tags=meant["tag"](query.tags),
        places=meant["in"](query.places),
        without=tuple(without),
    )


def _meant(reader: Reader, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    if not values or name not in _KNOWN:
        return values
    statement, fits = _KNOWN[name]
    named = [(row[0], row[1]) for row in reader.session.execute(statement)]
    found = [whole for value in values for whole in _whole(value, named, fits)]
    return tuple(dict.fromkeys(found))


def _whole(value: str, named: Named, fits: Fits) -> list[str]:
    wanted = fold(value)
    found = [one for one, name in named if wanted in (fold(one), fold(name))]
    found = found or [one for one, name in named if fits(value, name)]
    return [value, *found[:MOST_MEANT]]


def _begins(value: str, name: str) -> bool:
    """Whether each word of a value begins a word of the name."""
    words = _words(name)
    typed = _words(value)
    return bool(typed) and all(any(word.startswith(one) for word in words) for one in typed)


def _words(text: str) -> list[str]:
    return fold(text).translate(_BREAKS).split()


def _says_the_same(value: str, name: str) -> bool:
    """Whether two tags are the same words but for their endings."""
    typed, known = ([stems for _, stems in readings(text)] for text in (value, name))
    return len(typed) == len(known) > 0 and all(
        frozenset(a) & frozenset(b) for a, b in zip(typed, known, strict=True)
    )


_TAGS = union(select(PageTag.tag, PageTag.tag), select(DecisionTag.tag, DecisionTag.tag))
_PARENTS = select(Page.parent_id).where(Page.parent_id.is_not(None))
_PLACES = union(
    select(Page.title, Page.title).where(Page.id.in_(_PARENTS)), select(Body.name, Body.name)
)
_KNOWN: dict[str, tuple[Select[Any] | Any, Fits]] = {
    "author": (select(Person.name, Person.name), _begins),
    "body": (select(Body.code, Body.name), _begins),
    "tag": (_TAGS, _says_the_same),
    "in": (_PLACES, _begins),
}
"""By the name of a filter: what documents carry, and when a part of a name is enough."""
