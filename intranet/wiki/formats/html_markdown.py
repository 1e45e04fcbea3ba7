"""The simple HTML of rich editors as Markdown. Pure.

Knows headings, paragraphs, lists, quotes, code, tables, links, pictures and emphasis; of anything
else the words stay. Nothing of scripts and styles.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~", "u": "*"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset({"p", "div", "section", "article", "figure", "dl", "dt", "dd", "details"})
_LOST = frozenset({"script", "style", "template", "head", "iframe", "object"})
_SPECIAL = re.compile(r"([\\`*\[\]])|(?<!\w)(_)|(_)(?!\w)")
_SPACES = re.compile(r"\s+")
_BETWEEN_ITEMS = re.compile(r"^([> ]*(?:- |1\. ).*)\n\n(?=[> ]*(?:- |1\. ))", re.MULTILINE)
_START = re.compile(r"^(#{1,6}\s|[+-]\s|>|\d{1,9}[.)]\s)")


def as_markdown(html: str) -> str:
    """The text with one empty line between blocks, and one line end after the last."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.finished()


class _Reader(HTMLParser):
    """Collects blocks; `_line` is the one being written, `_lists` the lists that are open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._lists: list[str] = []
        self._quotes = 0
        self._before = ""
        self._lost = 0
        self._code: list[str] | None = None
        self._links: list[str] = []
        self._rows: list[list[str]] | None = None
        self._literal = False

    def finished(self) -> str:
        """Everything that was read."""
        self._end()
        parts = [block for block in self._blocks if block.strip()]
        said = _BETWEEN_ITEMS.sub(r"\1\n", "\n\n".join(parts))
        return f"{said}\n" if said else ""

    def _end(self) -> None:
        """Finish the block that is being written."""
        said = _SPACES.sub(" ", "".join(self._line).replace("\n", "\0")).replace("\0", "\n")
        said = "\n".join(line.strip() for line in said.split("\n")).strip()
        self._line = []
        if not said:
            return
        if self._rows is not None:
            if self._rows and self._rows[-1]:
                self._rows[-1][-1] += " " * bool(self._rows[-1][-1]) + said.replace("\n", " ")
            return
        self._add(self._before + (said if self._before else _START.sub(r"\\\1", said)))
        self._before = " " * len(self._before) if self._lists else ""

    def _add(self, block: str) -> None:
        quoted = "> " * self._quotes
        self._blocks.append("\n".join(f"{quoted}{line}" for line in block.split("\n")))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what a tag begins."""
        values = {name: value or "" for name, value in attrs}
        if tag in _LOST:
            self._lost += 1
        elif tag in _MARKS:
            self._line.append(_MARKS[tag])
        elif tag == "code" and self._code is None:
            self._literal = True
            self._line.append("`")
        elif tag == "a":
            self._links.append(values.get("href", ""))
            self._line.append("[")
        elif tag == "img":
            alt, address = self._plain(values.get("alt", "")), values.get("src", "")
            self._line.append(f"![{alt}]({_address(address)})")
        elif tag == "br":
            self._line.append(" " if self._rows is not None else "\\\n")
        else:
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        """Begin a block."""
        if tag in _HEADINGS:
            self._end()
            self._before = "#" * _HEADINGS[tag] + " "
        elif tag in ("ul", "ol"):
            self._end()
            self._lists.append("1. " if tag == "ol" else "- ")
        elif tag == "li":
            self._end()
            depth = max(len(self._lists) - 1, 0)
            marks = "".join(" " * len(mark) for mark in self._lists[:depth])
            self._before = marks + (self._lists[-1] if self._lists else "- ")
        elif tag == "blockquote":
            self._end()
            self._quotes += 1
        elif tag == "pre":
            self._end()
            self._code = []
        elif tag == "hr":
            self._end()
            self._blocks.append("---")
        elif tag == "table":
            self._end()
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._end()
            self._rows[-1].append("")
        elif tag in _BLOCKS:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        """End what a tag ends."""
        if tag in _LOST:
            self._lost = max(self._lost - 1, 0)
        elif tag in _MARKS:
            self._line.append(_MARKS[tag])
        elif tag == "code" and self._code is None:
            self._literal = False
            self._line.append("`")
        elif tag == "a" and self._links:
            self._line.append(f"]({_address(self._links.pop())})")
        elif tag == "pre" and self._code is not None:
            body, self._code = "".join(self._code).strip("\n"), None
            self._blocks.append(f"```\n{body}\n```")
        elif tag == "table" and self._rows is not None:
            self._end()
            rows, self._rows = self._rows, None
            self._blocks.append(_table([row for row in rows if row]))
        elif tag in ("ul", "ol") and self._lists:
            self._end()
            self._lists.pop()
            self._before = ""
        elif tag == "blockquote":
            self._end()
            self._quotes = max(self._quotes - 1, 0)
        elif tag in _HEADINGS or tag in _BLOCKS or tag in ("li", "td", "th"):
            self._end()
            self._before = "" if tag in _HEADINGS else self._before

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._lost:
            return
        if self._code is not None:
            self._code.append(data)
        else:
            self._line.append(data if self._literal else self._plain(data))

    def _plain(self, words: str) -> str:
        said = _SPECIAL.sub(lambda found: f"\\{found[0]}", _SPACES.sub(" ", words))
        # What stands for a place elsewhere in the export is put in later, and must be found.
        said = re.sub(r"\\\[\\\[(bsexport:[^\[\]\\]*)\\\]\\\]", r"[[\1]]", said)
        return said.replace("|", "\\|") if self._rows is not None else said


def _address(typed: str) -> str:
    return f"<{typed}>" if re.search(r"[\s()]", typed) else typed


def _table(rows: list[list[str]]) -> str:
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
