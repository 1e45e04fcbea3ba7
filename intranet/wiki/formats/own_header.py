"""The header with which a page leaves this intranet, and without which it comes back.

The facts of the page stand in one line, `intranet: {…}`, the first of the header of the file. A
page that has a header of its own keeps it, with this line in it; any other gets a header. Taking
line or header away gives the text of the page back to the byte. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields

import yaml

from intranet.core.frontmatter import header_end

WORKING = "working"

_OPENING = re.compile(r"---[ \t]*(\r\n|\n|\r)")
_KEY = "intranet: "
_CLOSING = "\n---\n\n"
# JSON leaves these as they are, but most programs end a line at them.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True)
class CarriedFile:
    """A file that leaves with its page: the path under which texts name it, its name, and where
    it lies in the export."""

    source: str
    name: str
    path: str


@dataclass(frozen=True)
class PageFacts:
    """What a text cannot say of its page. `revision` and `digest` name the text that left, so
    that whoever brings it back is known to have begun from it; `state` is `WORKING` for a text
    that is still being written together."""

    title: str
    slug: str
    source: str
    revision: int
    digest: str
    kind: str = "ordinary"
    layer: str = ""
    audience: str = ""
    language: str = ""
    position: int = 0
    created: str = ""
    archived: str = ""
    state: str = ""
    tags: tuple[str, ...] = ()
    files: tuple[CarriedFile, ...] = field(default=())


def with_header(text: str, facts: PageFacts) -> str:
    """The text as a file that says the facts."""
    told: dict[str, object] = {name: value for name, value in asdict(facts).items() if value}
    own = _OPENING.match(text) if header_end(text) else None
    if own:
        return f"{own[0]}{_line(told)}{own[1]}{text[own.end() :]}"
    shown: dict[str, object] = {"title": facts.title}
    if facts.tags:
        shown["tags"] = list(facts.tags)
    header = yaml.safe_dump(shown, allow_unicode=True, sort_keys=False, width=100_000)
    return f"---\n{_line({**told, 'header': 'added'})}\n{header}---\n\n{text}"


def _line(told: Mapping[str, object]) -> str:
    return _KEY + json.dumps(told, ensure_ascii=False).translate(_LINE_ENDS)


def without_header(source: str) -> tuple[PageFacts | None, str]:
    """The facts that a file of ours says, and the text of the page; for any other file None and
    the file as it is."""
    opening = _OPENING.match(source)
    if not opening or not source.startswith(_KEY, opening.end()):
        return None, source
    ending = opening[1]
    line, found, rest = source[opening.end() :].partition(ending)
    told = _told(line.removeprefix(_KEY)) if found else None
    facts = _facts(told) if told else None
    if told is None or facts is None:
        return None, source
    if told.get("header") != "added":
        return facts, opening[0] + rest
    _shown, closing, text = f"\n{rest}".partition(_CLOSING)
    return (facts, text) if closing else (None, source)


def _told(line: str) -> dict[str, object] | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _facts(told: Mapping[str, object]) -> PageFacts | None:
    """The facts, when every one of them is of the kind it should be."""
    values: dict[str, object] = {}
    for one in fields(PageFacts):
        value = told.get(one.name)
        if value is None:
            continue
        wanted = {"int": int, "str": str}.get(str(one.type), list)
        if not isinstance(value, wanted) or isinstance(value, bool):
            return None
        values[one.name] = value
    if not {"title", "slug", "source", "revision", "digest"} <= values.keys():
        return None
    tags, files = _texts(values.pop("tags", [])), _carried(values.pop("files", []))
    return PageFacts(**values, tags=tags, files=files)  # type: ignore[arg-type]


def _texts(values: object) -> tuple[str, ...]:
    return tuple(str(value) for value in values) if isinstance(values, Sequence) else ()


def _carried(values: object) -> tuple[CarriedFile, ...]:
    names = ("source", "name", "path")
    found = values if isinstance(values, list) else []
    return tuple(
        CarriedFile(*(str(one[name]) for name in names))
        for one in found
        if isinstance(one, dict) and all(name in one for name in names)
    )
