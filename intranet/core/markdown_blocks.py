"""From lines to a tree of elements: CommonMark's blocks on top of Python-Markdown's text.

Python-Markdown reads lists, quotes and fences by rules of its own (four columns, blank lines in
front). Here `markdown_scan` finds the blocks and Python-Markdown only gets what stands inside
them: running text, tables, footnotes, abbreviations, link definitions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import ParagraphProcessor, ReferenceProcessor
from markdown.util import AtomicString, code_escape

from intranet.core.markdown_budget import Budget
from intranet.core.markdown_inline import WIKI_LINK, without_comments
from intranet.core.markdown_lines import (
    CALLOUT,
    CONTAINER,
    FENCE,
    HEADING,
    indent_of,
    is_underline,
    marker_of,
)
from intranet.core.markdown_scan import Item, Scanner, Span

LIMIT_DEPTH = 16

_HEADING_END = re.compile(r"(?:^| )#+ *$")
_GIVEN_ID = re.compile(r"(?<! ) *\{#([\w:.-]{1,100})\} *$")
_TASK = re.compile(r"\[([ xX])\] +(?=\S)")
_CALLOUT_QUOTE = re.compile(r" {0,3}> ?\[!([A-Za-z]{1,20})\][+-]?(.*)$")
_SUMMARY = re.compile(r"<summary *>(.{0,500}?)</summary *>", re.IGNORECASE)
_DETAILS_TAG = re.compile(r"<details[^<>]{0,200}>|</details *>", re.IGNORECASE)
_WIKI = re.compile(WIKI_LINK)
# A footnote is looked up by its number and linked both ways: as much work as several blocks.
_NOTE_COST = 6
_NUMBER = re.compile(r"[0-9]{1,9}")
_OPENING = re.compile(r"#{1,6}(?: |$)|>|```|~~~")
_LANGUAGE = re.compile(r"[{. ]*([\w#+.-]{1,30})")

CALLOUTS = {
    "note": "note",
    "info": "note",
    "tip": "tip",
    "hint": "tip",
    "success": "tip",
    "important": "important",
    "warning": "warning",
    "attention": "warning",
    "caution": "caution",
    "danger": "caution",
    "error": "caution",
}


class BlockBuilder(BlockParser):
    """Python-Markdown's block parser with our reading of the blocks."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.blockprocessors.register(ReferenceProcessor(self), "reference", 15)
        self.blockprocessors.register(ParagraphProcessor(self), "paragraph", 10)
        self.depth = 0
        self.budget = Budget()
        self.titles: Mapping[str, str] = {}

    def build(self, lines: list[str], titles: Mapping[str, str]) -> list[tuple[Span, Element]]:
        """One <div> for each block of the document, in order. `titles` are the words that head
        a callout of each kind."""
        self.depth, self.budget, self.titles = 0, Budget(), titles
        scanner = Scanner(lines)
        built = []
        for span in scanner.spans():
            box = Element("div")
            self._build(box, scanner, span, tight=False)
            built.append((span, box))
        return built

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802
        """What extensions call for text inside their own blocks, such as a footnote."""
        self._lines(parent, text.split("\n"))

    def _lines(self, parent: Element, lines: list[str], *, tight: bool = False) -> None:
        if self.depth >= LIMIT_DEPTH:
            self._plain(parent, lines)
            return
        self.depth += 1
        scanner = Scanner(lines)
        for span in scanner.spans():
            self._build(parent, scanner, span, tight=tight)
        self.depth -= 1

    def _build(self, parent: Element, scanner: Scanner, span: Span, *, tight: bool) -> None:
        self.budget.count_blocks(1)
        lines = scanner.lines[span.start : span.end]
        if span.kind == "list":
            self._list(parent, scanner, span)
        elif span.kind == "paragraph":
            self._text(parent, "\n".join(line.lstrip(" ") for line in lines), tight=tight)
        elif span.kind == "comment":
            self._after_comment(parent, lines)
        else:
            getattr(self, f"_{span.kind}")(parent, lines)

    def _text(self, parent: Element, text: str, *, tight: bool = False) -> None:
        text = without_comments(text)
        if not text.strip():
            return
        if not self.budget.affords(text):
            self._plain(parent, text.split("\n"))
            return
        self.state.set("list" if tight else "")
        self.parseBlocks(parent, [text])
        self.state.reset()

    def _plain(self, parent: Element, lines: Iterable[str]) -> None:
        """Text that is too dense or too deep to be formatted, as it was typed. It stands in an
        element of its own, because footnotes add to the text of their last paragraph."""
        paragraph = SubElement(parent, "p")
        paragraph.text = ""
        text = AtomicString(code_escape("\n".join(lines).strip()))
        SubElement(paragraph, "span").text = text

    def _after_comment(self, parent: Element, lines: list[str]) -> None:
        rest = lines[-1].partition("-->")[2].strip()
        if rest:
            self._text(parent, rest)

    def _heading(self, parent: Element, lines: list[str]) -> None:
        opening = HEADING.match(lines[0])
        if len(lines) == 1 and opening:
            level = len(opening[1])
            text = _HEADING_END.sub("", lines[0][opening.end(1) :].strip())
        else:
            level = 1 if lines[-1].strip().startswith("=") else 2
            text = "\n".join(line.strip() for line in lines[:-1])
        heading = SubElement(parent, f"h{level}")
        if given := _GIVEN_ID.search(text):
            heading.set("id", given[1])
            text = text[: given.start()]
        text = without_comments(text)
        heading.text = text if self.budget.affords(text) else AtomicString(code_escape(text))

    def _rule(self, parent: Element, lines: list[str]) -> None:  # noqa: ARG002
        SubElement(parent, "hr")

    def _code_box(self, parent: Element, text: str, language: str) -> None:
        box = SubElement(parent, "pre")
        box.set("tabindex", "0")
        code = SubElement(box, "code")
        if language:
            code.set("class", f"language-{language.lower()}")
        code.text = AtomicString(code_escape(text))

    def _code(self, parent: Element, lines: list[str]) -> None:
        self._code_box(parent, "\n".join(line[4:] for line in lines) + "\n", "")

    def _fence(self, parent: Element, lines: list[str]) -> None:
        opening = FENCE.match(lines[0])
        sign = opening[1] if opening else "```"
        closed = len(lines) > 1 and not lines[-1].strip().strip(sign[0])
        closed = closed and lines[-1].strip().startswith(sign)
        indent = indent_of(lines[0])
        inside = [line[min(indent, indent_of(line)) :] for line in lines[1:]]
        language = _LANGUAGE.match(opening[2]) if opening else None
        text = "\n".join([*(inside[:-1] if closed else inside), ""])
        self._code_box(parent, text, language[1] if language else "")

    def _maths(self, parent: Element, lines: list[str]) -> None:
        self._code_box(parent, "\n".join(lines).strip().strip("$").strip() + "\n", "math")

    def _quote(self, parent: Element, lines: list[str]) -> None:
        callout = _CALLOUT_QUOTE.match(lines[0])
        inside = [_unquoted(line) for line in lines]
        if callout and callout[1].lower() in CALLOUTS:
            self._callout_box(parent, callout[1], callout[2].strip(), inside[1:])
        else:
            self._lines(SubElement(parent, "blockquote"), inside)

    def _callout(self, parent: Element, lines: list[str]) -> None:
        opening = CALLOUT.match(lines[0])
        kind, rest = (opening[1], opening[2]) if opening else ("note", "")
        # Never by an expression: it would try every way to share out the spaces.
        title = rest.partition('"')[2].strip().removesuffix('"').strip()
        inside = [line[min(4, indent_of(line)) :] for line in lines[1:]]
        self._callout_box(parent, kind, title, inside)

    def _container(self, parent: Element, lines: list[str]) -> None:
        opening = CONTAINER.match(lines[0])
        kind, title = (opening[1], opening[2].strip()) if opening else ("note", "")
        self._callout_box(parent, kind, title, lines[1:-1])

    def _callout_box(self, parent: Element, kind: str, title: str, inside: list[str]) -> None:
        kind = CALLOUTS.get(kind.lower(), "note")
        box = SubElement(parent, "div", {"class": f"callout {kind}"})
        head = SubElement(box, "p", {"class": "callout-title"})
        head.text = title or self.titles.get(kind, kind)
        self._lines(box, inside)

    def _details(self, parent: Element, lines: list[str]) -> None:
        text = _DETAILS_TAG.sub("", lines[0], count=1)
        if len(lines) > 1:
            end = list(_DETAILS_TAG.finditer(lines[-1]))[-1]
            text += "\n" + "\n".join(lines[1:-1]) + "\n" + lines[-1][: end.start()]
        elif last := list(_DETAILS_TAG.finditer(text)):
            text = text[: last[-1].start()]
        box = SubElement(parent, "details")
        if summary := _SUMMARY.search(text):
            SubElement(box, "summary").text = summary[1].strip()
            text = text[: summary.start()] + text[summary.end() :]
        self._lines(box, text.split("\n"))

    def _table(self, parent: Element, lines: list[str]) -> None:
        # A bar inside [[title|label]] does not part two cells.
        escaped = [_WIKI.sub(lambda m: re.sub(r"\\?\|", r"\\|", m[0]), line) for line in lines]
        frame = SubElement(parent, "div", {"class": "table-frame", "tabindex": "0"})
        self.budget.count_blocks(len(lines) + sum(line.count("|") for line in lines) // 4)
        if self.budget.affords(*escaped):
            self.parseBlocks(frame, [without_comments("\n".join(escaped))])
        else:
            self._plain(frame, lines)

    def _note(self, parent: Element, lines: list[str]) -> None:
        self.budget.count_blocks(_NOTE_COST)
        self.parseBlocks(parent, "\n".join(lines).split("\n\n"))

    def _definitions(self, parent: Element, lines: list[str]) -> None:
        text = without_comments("\n".join(lines))
        if self.budget.affords(text):
            self.parseBlocks(parent, text.split("\n\n"))
        else:
            self._plain(parent, lines)

    def _list(self, parent: Element, scanner: Scanner, span: Span) -> None:
        items = scanner.items(span)
        contents = [_content(scanner.lines, item.start, item.end, item.offset) for item in items]
        tight = not (_are_parted(items) or any(_are_parted(Scanner(c).spans()) for c in contents))
        ordered = items[0].marker[0].isdigit()
        box = SubElement(parent, "ol" if ordered else "ul")
        if ordered and int(items[0].marker[:-1]) != 1:
            box.set("start", str(int(items[0].marker[:-1])))
        for content in contents:
            self._item(box, content, tight=tight)

    def _item(self, box: Element, content: list[str], *, tight: bool) -> None:
        item = SubElement(box, "li")
        if task := _TASK.match(content[0]):
            done = task[1] != " "
            box.set("class", "task-list")
            item.set("class", "task done" if done else "task")
            mark = SubElement(item, "span", {"class": "task-mark"})
            mark.text = AtomicString("\u2611" if done else "\u2610")
            content = [content[0][task.end() :], *content[1:]]
        self._lines(item, content, tight=tight)


def _content(lines: Sequence[str], start: int, end: int, offset: int) -> list[str]:
    """The lines of an item without its indentation; those that follow without indentation are
    pushed in, so that they can only continue a paragraph."""
    inside = [lines[start][offset:]]
    for line in lines[start + 1 : end]:
        lazy = line.strip() and indent_of(line) < offset
        inside.append(_continuing(line) if lazy else line[offset:])
    return inside


def _unquoted(line: str) -> str:
    text = line.lstrip(" ")
    if indent_of(line) < 4 and text.startswith(">"):
        return text[2:] if text[1:2] == " " else text[1:]
    return _continuing(line)


def _continuing(line: str) -> str:
    """A line that follows without indentation, made such that it can only continue the paragraph
    above it: pushed in, and any sign that would open a block escaped."""
    text = line.lstrip(" ")
    number = _NUMBER.match(text)
    if number and marker_of(text):
        text = f"{number[0]}\\{text[number.end() :]}"
    elif marker_of(text) or is_underline(text) or _OPENING.match(text):
        text = f"\\{text}"
    return f"    {text}"


def _are_parted(parts: Sequence[Item] | Sequence[Span]) -> bool:
    """Whether a blank line stands between two neighbours."""
    return any(parts[i].end < parts[i + 1].start for i in range(len(parts) - 1))
