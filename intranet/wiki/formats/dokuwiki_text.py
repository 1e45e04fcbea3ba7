"""A text of DokuWiki as Markdown, block by block. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intranet.wiki.formats.dokuwiki_inline import Inline
from intranet.wiki.formats.dokuwiki_pairs import paired

_ITEM = re.compile(r"((?: {2}|\t)+)([*-])(?!\*)\s*(.*)$")
_ROW = re.compile(r"\s*[|^].*[|^]\s*$")
_RULE = re.compile(r"\s*-{4,}\s*$")
_QUOTE = re.compile(r"(>+)\s?(.*)$")
_BLOCK = re.compile(r"\s*<(code|file|html|php)\b([^>\n]*)>(.*)$", re.IGNORECASE)
_INDENTED = re.compile(r"(?: {2}|\t)(?![*-]\s)(.*\S.*)$")
_STARTS = re.compile(r"^(\s*)(#{1,6}\s|\+\s|-\s|\d{1,9}[.)]\s)")
_SPAN = ":::"
_MOST_CELLS = 100_000
"""Of a table whose rows are filled up to one width; beyond, Markdown reads short rows as well."""
_KEPT_TOGETHER = {"[[": "]]", "{{": "}}", "''": "''", "%%": "%%"}


def as_markdown(text: str, inline: Inline) -> str:
    """The whole text. What DokuWiki would not understand either stays as it is typed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks = list(_Reader(lines, inline).blocks())
    notes = [f"[^{number}]: {note}" for number, note in enumerate(inline.notes, 1)]
    parts = [block for block in [*blocks, *notes] if block.strip()]
    return "\n\n".join(parts) + "\n" if parts else ""


class _Reader:
    """Goes through the lines once; `_at` is the next one."""

    def __init__(self, lines: list[str], inline: Inline) -> None:
        self._lines = lines
        self._inline = inline
        self._at = 0

    def blocks(self) -> Iterator[str]:
        """Each block as Markdown."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip():
                self._at += 1
            elif heading := _heading(line):
                self._at += 1
                level, words = heading
                yield f"{'#' * level} {self._inline.text(words)}"
            elif _RULE.match(line):
                self._at += 1
                yield "---"
            else:
                yield self._longer(line)

    def _longer(self, line: str) -> str:
        """A block that may go on in the lines below."""
        if found := _BLOCK.match(line):
            return self._code(found)
        if _ITEM.match(line):
            return self._list()
        if _ROW.match(line):
            return self._table()
        if _QUOTE.match(line):
            return self._quote()
        if _INDENTED.match(line):
            return self._indented()
        return self._paragraph()

    def _while(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = []
        while self._at < len(self._lines) and (match := pattern.match(self._lines[self._at])):
            found.append(match)
            self._at += 1
        return found

    def _code(self, opening: re.Match[str]) -> str:
        ending = f"</{opening[1].lower()}>"
        inside: list[str] = []
        rest = opening[3]
        while ending not in rest.lower():
            inside.append(rest)
            self._at += 1
            if self._at == len(self._lines):
                break
            rest = self._lines[self._at]
        else:
            inside.append(rest[: rest.lower().index(ending)])
        self._at += 1
        words = opening[2].split()
        kind = opening[1].lower() if opening[1].lower() in ("html", "php") else ""
        language = kind or (words[0] if words and words[0] != "-" else "")
        body = "\n".join(inside).strip("\n")
        fence = "````" if "```" in body else "```"
        return f"{fence}{language}\n{body}\n{fence}"

    def _list(self) -> str:
        """Items, each as deep as its spaces say: a marker takes the width that its text needs."""
        lines: list[str] = []
        widths: list[int] = []
        for item in self._while(_ITEM):
            depth = len(item[1].replace("\t", "  ")) // 2
            marker = "1. " if item[2] == "-" else "- "
            widths = [*widths, *[2] * (depth - 1 - len(widths))][: depth - 1]
            lines.append(" " * sum(widths) + marker + self._inline.text(item[3]))
            widths.append(len(marker))
        return "\n".join(lines)

    def _table(self) -> str:
        """Rows of one width; a table without a line of heads gets an empty one."""
        self._inline.in_table = True
        rows = [_cells(found[0]) for found in self._while(_ROW)]
        written = [[self._inline.text(cell) for cell in cells] for _is_head, cells in rows]
        self._inline.in_table = False
        width = max(map(len, written))
        if not rows[0][0]:
            written.insert(0, [])
        filled = written if len(written) * width <= _MOST_CELLS else written[:1]
        for cells in filled:
            cells += [""] * (width - len(cells))
        lines = [f"| {' | '.join(cells)} |" for cells in written]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])

    def _quote(self) -> str:
        return "\n".join(
            f"{'> ' * len(line[1])}{self._inline.text(line[2])}" for line in self._while(_QUOTE)
        )

    def _indented(self) -> str:
        body = "\n".join(line[1] for line in self._while(_INDENTED))
        return f"```\n{body}\n```"

    def _paragraph(self) -> str:
        said: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip() or (said and _begins_a_block(line)):
                break
            said.append(line.strip())
            self._at += 1
        whole = self._inline.text("\n".join(said))
        return "\n".join(_STARTS.sub(r"\1\\\2", line) for line in whole.split("\n"))


def _heading(line: str) -> tuple[int, str] | None:
    """The level and the words of a heading; None for any other line."""
    said = line.strip()
    words = said.strip("=")
    if not words:
        # Only equal signs: with five there is one left between those of the two sides.
        return (7 - min(len(said) - 3, 6), "=") if len(said) >= 5 else None
    opening = len(said) - len(said.lstrip("="))
    closing = len(said) - len(said.rstrip("="))
    if opening < 2 or closing < 2 or not words.strip():
        return None
    level = min(opening, 6)
    return 7 - level, said[level : len(said) - closing].strip()


def _begins_a_block(line: str) -> bool:
    patterns = (_ITEM, _ROW, _RULE, _QUOTE, _BLOCK)
    return _heading(line) is not None or any(one.match(line) for one in patterns)


def _cells(line: str) -> tuple[bool, list[str]]:
    """Whether a row is one of heads, and its cells. A cell that goes on from above is empty; signs
    that part cells may stand inside links, pictures and code."""
    kept = _hidden(line.strip())
    cells = re.split(r"[|^]", kept)[1:-1]
    shown = ["" if cell.strip() == _SPAN else cell.strip().translate(_SHOWN) for cell in cells]
    return kept.startswith("^") and "|" not in kept.rstrip("|^"), shown


_HIDDEN = {ord("|"): "\ue000", ord("^"): "\ue001"}
_SHOWN = {0xE000: "|", 0xE001: "^"}


def _hidden(line: str) -> str:
    """The line with other signs for those that stand inside links, pictures and code."""
    parts, done = [], 0
    for start, end in paired(line, _KEPT_TOGETHER):
        parts += [line[done:start], line[start:end].translate(_HIDDEN)]
        done = end
    return "".join([*parts, line[done:]])
