"""Where the blocks of a Markdown text begin and end, by the rules of CommonMark. Pure.

One reading of the lines serves both the page (`markdown_blocks`) and the record (`blocks`), so
what a member sees as a paragraph is what an amendment can change. Every step looks at each line
a bounded number of times; what is inside a block is not looked at here.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from intranet.core.markdown_lines import (
    CALLOUT,
    CONTAINER,
    CONTAINER_END,
    DEFINITION,
    FENCE,
    HEADING,
    MARKER,
    NOTE,
    Openness,
    indent_of,
    is_delimiter_row,
    is_rule,
    is_underline,
    marker_of,
    only_define_links,
    pair_details,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Lines `start` to `end` (excluded) are one block of this kind: heading, rule, code, fence,
    maths, quote, list, table, comment, details, callout, container, note, definitions or
    paragraph. Blank lines belong to no span, unless they are inside one."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its lines, its marker, and the column where its content begins."""

    start: int
    end: int
    marker: str
    offset: int


class Scanner:
    """Reads lines (without endings, tabs expanded) once, from top to bottom."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.count = len(lines)
        self.comment_ends = [i for i, line in enumerate(lines) if "-->" in line]
        self.maths_ends = [i for i, line in enumerate(lines) if line.strip() == "$$"]
        self.container_ends = [i for i, line in enumerate(lines) if CONTAINER_END.match(line)]
        self.details_ends = pair_details(lines)

    def spans(self) -> list[Span]:
        """The blocks, in order."""
        found: list[Span] = []
        at = 0
        while at < self.count:
            if self.is_blank(at):
                at += 1
                continue
            span = self._span_at(at)
            found.append(span)
            at = span.end
        return found

    def items(self, span: Span) -> list[Item]:
        """The items of a list."""
        found: list[Item] = []
        at = span.start
        while at < span.end:
            if self.is_blank(at):
                at += 1
                continue
            item = self._item_at(at)
            found.append(item)
            at = item.end
        return found

    def is_blank(self, at: int) -> bool:
        """Whether nothing but white space is on this line."""
        return not self.lines[at].strip()

    def _span_at(self, at: int) -> Span:
        if indent_of(self.lines[at]) >= 4:
            return Span("code", at, self._indented_end(at))
        kind = self._kind_at(at)
        if kind == "list":
            return Span(kind, at, self._list_end(at))
        if kind:
            return Span(kind, at, self._end_of(kind, at))
        return self._text_at(at)

    def _kind_at(self, at: int) -> str:
        """The kind of block this line opens by its own first signs; "" for running text."""
        line = self.lines[at]
        first = line.lstrip(" ")[:1]
        if first in "`~":
            return "fence" if self._fence_at(at) else ""
        if first == "#":
            return "heading" if HEADING.match(line) else ""
        if first == ">":
            return "quote"
        if first == "<":
            return self._markup_at(at)
        if first == "$":
            return "maths" if self._maths_end(at) else ""
        if first == "[":
            return "note" if NOTE.match(line) else ""
        if first == ":":
            return "container" if self._container_end(at) else ""
        if first in "!?":
            return "callout" if CALLOUT.match(line) else ""
        if is_rule(line):
            return "rule"
        return "list" if marker_of(line) else ""

    def _interrupts(self, at: int) -> bool:
        """Whether this line ends the paragraph above it."""
        if indent_of(self.lines[at]) >= 4:
            return False
        kind = self._kind_at(at)
        if kind == "list":
            marker = MARKER.match(self.lines[at])
            text = self.lines[at][marker.end() :] if marker else ""
            return marker is not None and text != "" and marker[2] in ("-", "+", "*", "1.", "1)")
        return kind not in ("", "maths", "callout")

    def _markup_at(self, at: int) -> str:
        if self.lines[at].lstrip(" ").startswith("<!--"):
            return "comment" if self._next(self.comment_ends, at) is not None else ""
        return "details" if at in self.details_ends else ""

    def _end_of(self, kind: str, at: int) -> int:
        if kind in ("heading", "rule"):
            return at + 1
        if kind == "comment":
            return (self._next(self.comment_ends, at) or at) + 1
        if kind == "details":
            return self.details_ends[at] + 1
        if kind == "maths":
            return self._maths_end(at)
        if kind == "container":
            return self._container_end(at)
        if kind in ("callout", "note"):
            return self._continued_end(at)
        return self._fence_end(at) if kind == "fence" else self._quote_end(at)

    def _next(self, places: list[int], at: int) -> int | None:
        index = bisect_left(places, at)
        return places[index] if index < len(places) else None

    def _fence_at(self, at: int) -> re.Match[str] | None:
        match = FENCE.match(self.lines[at])
        return None if match is None or (match[1][0] == "`" and "`" in match[2]) else match

    def _fence_end(self, at: int) -> int:
        """After the closing fence; without one, after the last line that is not blank."""
        match = self._fence_at(at)
        fence = match[1] if match else ""
        last = at
        for end in range(at + 1, self.count):
            text = self.lines[end].strip()
            closes = text.startswith(fence) and not text.strip(fence[0])
            if closes and indent_of(self.lines[end]) < 4:
                return end + 1
            last = end if text else last
        return last + 1

    def _maths_end(self, at: int) -> int:
        text = self.lines[at].strip()
        if text.startswith("$$") and text.endswith("$$") and len(text) > 4:
            return at + 1
        end = self._next(self.maths_ends, at + 1) if text == "$$" else None
        return 0 if end is None else end + 1

    def _container_end(self, at: int) -> int:
        end = self._next(self.container_ends, at + 1) if CONTAINER.match(self.lines[at]) else None
        return 0 if end is None else end + 1

    def _indented_end(self, at: int) -> int:
        """The end of the lines that stay four columns in, blank lines between them included."""
        end = at
        while at < self.count and (self.is_blank(at) or indent_of(self.lines[at]) >= 4):
            end = end if self.is_blank(at) else at + 1
            at += 1
        return end

    def _continued_end(self, at: int) -> int:
        """The end of a paragraph and of the indented lines that follow it."""
        end = at + 1
        while end < self.count and not self.is_blank(end) and not self._kind_at(end):
            end += 1
        return max(end, self._indented_end(end))

    def _quote_end(self, at: int) -> int:
        state = Openness()
        while at < self.count and not self.is_blank(at):
            line = self.lines[at]
            if indent_of(line) < 4 and line.lstrip(" ").startswith(">"):
                state.feed(line.lstrip(" ")[1:])
            elif not state.paragraph or self._ends_lazy(at):
                break
            at += 1
        return at

    def _ends_lazy(self, at: int) -> bool:
        return indent_of(self.lines[at]) < 4 and self._kind_at(at) != ""

    def _list_end(self, at: int) -> int:
        sign = self._item_at(at).marker[-1]
        end = at
        while at < self.count:
            if self.is_blank(at):
                at += 1
                continue
            marker = marker_of(self.lines[at]) if indent_of(self.lines[at]) < 4 else None
            if marker is None or marker[2][-1] != sign:
                break
            at = end = self._item_at(at).end
        return end

    def _item_at(self, at: int) -> Item:
        marker = MARKER.match(self.lines[at])
        indent, sign, gap = marker.groups() if marker else ("", "", "")
        content = self.lines[at][len(indent) + len(sign) + len(gap) :]
        wide = not content or len(gap) > 4
        offset = len(indent) + len(sign) + (1 if wide else len(gap))
        return Item(at, self._item_end(at, offset), sign, offset)

    def _item_end(self, at: int, offset: int) -> int:
        state = Openness()
        state.feed(self.lines[at][offset:])
        end, after_blank = at + 1, False
        empty = not self.lines[at][offset:].strip()
        for line_at in range(at + 1, self.count):
            line = self.lines[line_at]
            if not line.strip():
                if empty and line_at == at + 1:
                    break
                after_blank = True
                state.paragraph = False
                continue
            if indent_of(line) >= offset:
                state.feed(line[offset:])
            elif after_blank or not state.paragraph or self._ends_lazy(line_at):
                break
            end, after_blank = line_at + 1, False
        return end

    def _text_at(self, at: int) -> Span:
        """A run of text: a paragraph, a heading by underline, a table or definitions."""
        if at + 1 < self.count and "|" in self.lines[at] and is_delimiter_row(self.lines[at + 1]):
            return Span("table", at, self._table_end(at + 2))
        end = at + 1
        while end < self.count and not self.is_blank(end):
            if is_underline(self.lines[end]):
                if only_define_links(self.lines[at:end]):
                    break
                return Span("heading", at, end + 1)
            if self._interrupts(end) or self._table_starts(end):
                break
            end += 1
        defined = self._definitions_end(at, end)
        return Span("definitions", at, defined) if defined else Span("paragraph", at, end)

    def _table_starts(self, at: int) -> bool:
        return (
            at + 1 < self.count and "|" in self.lines[at] and is_delimiter_row(self.lines[at + 1])
        )

    def _table_end(self, at: int) -> int:
        while at < self.count and not self.is_blank(at) and not self._interrupts(at):
            at += 1
        return at

    def _definitions_end(self, at: int, end: int) -> int:
        """The end of a definition list whose first term is the paragraph; 0 if it is none."""
        inside = any(DEFINITION.match(line) for line in self.lines[at + 1 : end])
        after = end + 1 if end < self.count and self.is_blank(end) else end
        if not inside and not (after < self.count and DEFINITION.match(self.lines[after])):
            return 0
        end = self._indented_end(end)
        while end + 1 < self.count:
            after = end + 1 if self.is_blank(end) else end
            if not DEFINITION.match(self.lines[after]):
                break
            end = self._continued_end(after)
        return end
