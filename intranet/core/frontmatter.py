"""The YAML header of a Markdown file, read without trust and without changing a byte. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

LIMIT_BYTES = 64 * 1024
_LIMIT_DEPTH = 20

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_KEY = re.compile(r"^[\w\"'][^:\r\n]*:(?=\s|\Z)", re.MULTILINE)


@dataclass(frozen=True)
class FrontMatter:
    """A source cut in two: `raw + body` is the source, to the byte.

    `values` holds text, lists and mappings only: `yes`, `2024` and `null` stay the words that
    were typed. `problem` says in English why nothing could be read, or is empty."""

    raw: str
    body: str
    values: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""


class _Refused(yaml.YAMLError):
    """The header uses something that no header needs."""


class _TextLoader(yaml.BaseLoader):
    """Scalars as text, no tags, no aliases, bounded depth: a header cannot build objects,
    refer to itself or grow when it is read."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """One node. Raises _Refused on an alias or below 20 levels."""
        if self.check_event(yaml.AliasEvent):
            raise _Refused("aliases are not allowed in a header")
        if self.depth >= _LIMIT_DEPTH:
            raise _Refused("the header is nested too deeply")
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def header_end(source: str) -> int:
    """Where the header of the source ends, its closing line included; 0 without a header.

    A header is the first thing in the file: a line `---`, at least one `key:`, a line `---` or
    `...`, within 64 KB. Anything else that begins with `---` is a rule across the page."""
    opening = _OPENING.match(source)
    if not opening:
        return 0
    closing = _CLOSING.search(source, opening.end(), opening.end() + LIMIT_BYTES)
    if not closing or len(source[: closing.end()].encode(errors="replace")) > LIMIT_BYTES:
        return 0
    inside = source[opening.end() : closing.start()]
    return closing.end() if _KEY.search(inside) else 0


def split(source: str) -> FrontMatter:
    """The header and the body of a source. Never raises: a header that cannot be read gives
    no values and a problem in words; one above 64 KB is left in the body, with a problem."""
    end = header_end(source)
    if not end:
        too_long = _OPENING.match(source) and _looks_too_long(source)
        problem = "The header is longer than 64 KB: it was read as text." if too_long else ""
        return FrontMatter("", source, {}, problem)
    values, problem = _values(source[:end])
    return FrontMatter(source[:end], source[end:], values, problem)


def _looks_too_long(source: str) -> bool:
    first = source[: LIMIT_BYTES + 1]
    return len(first.encode(errors="replace")) > LIMIT_BYTES and bool(_KEY.search(first))


def _values(raw: str) -> tuple[Mapping[str, object], str]:
    lines = raw.lstrip("\ufeff").splitlines()
    try:
        found = yaml.load("\n".join(lines[1:-1]), Loader=_TextLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return {}, _words(error)
    if not found:
        return {}, ""
    if not isinstance(found, dict):
        return {}, "The header is not a list of keys and values."
    return {str(key): value for key, value in found.items()}, ""


def _words(error: Exception) -> str:
    """One line about what is wrong and where, without the parser's drawing of the place."""
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return f"line {mark.line + 2}: {reason}" if mark else reason
