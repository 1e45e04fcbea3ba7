"""Markdown to safe HTML: what a page, a proposal or a comment looks like. Pure.

The blocks are CommonMark's (`markdown_scan`, `markdown_blocks`), the text inside them is
Python-Markdown's, links are resolved by the caller's `LinkResolver`, and everything passes the
allow-list of `sanitize` last. Raw HTML is shown as text, except for a few harmless tags;
comments are never shown."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension

from intranet.core.blocks import KINDS
from intranet.core.frontmatter import header_end
from intranet.core.html_text import text_of_html
from intranet.core.markdown_blocks import BlockBuilder
from intranet.core.markdown_budget import TooDense
from intranet.core.markdown_inline import register
from intranet.core.markdown_lines import source_lines
from intranet.core.markdown_links import LinkFinisher, LinkResolver, LinkTarget, anchor
from intranet.core.markdown_scan import Span
from intranet.core.markdown_words import Words, words
from intranet.core.sanitize import cleaner

LIMIT_CHARACTERS = 300_000
LIMIT_AMPERSANDS = 50_000

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class TooLong(ValueError):
    """The text is more than a page may hold; nothing was rendered. `length` is its number of
    characters; below `limit`, it has too many blocks or ampersands to be shown in time."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length} characters, the limit is {LIMIT_CHARACTERS}, or too dense")
        self.length = length
        self.limit = LIMIT_CHARACTERS


@dataclass(frozen=True)
class Heading:
    """One line of the table of contents; `id` is the anchor in the page."""

    level: int
    id: str
    title: str


@dataclass(frozen=True)
class RenderedBlock:
    """The HTML of one block of the source, balanced and safe on its own. `id` is the block's
    stable id, "" for blocks without one and for the footnotes that close a page."""

    id: str
    kind: str
    html: str


@dataclass(frozen=True)
class Rendered:
    """A text ready to be read. `html` is safe to print unescaped; `text` is what search indexes:
    the words a reader sees, one block per line."""

    html: str
    toc: tuple[Heading, ...]
    links: tuple[LinkTarget, ...]
    text: str
    blocks: tuple[RenderedBlock, ...]


class _Machine(Markdown):
    """Python-Markdown with our blocks and signs. Not safe to share between threads."""

    parser: BlockBuilder

    def build_parser(self) -> "_Machine":
        """Replace Python-Markdown's block parser and HTML patterns by ours."""
        super().build_parser()
        self.parser = BlockBuilder(self)
        self.treeprocessors.deregister("prettify")
        register(self)
        return self

    def pieces(self, root: Element) -> Iterator[str]:
        """The HTML of each child of the finished tree."""
        for child in root:
            html = self.serializer(child)
            for postprocessor in self.postprocessors:
                html = postprocessor.run(html)
            yield html


class _Footnotes(FootnoteExtension):
    """Footnotes whose repeated references are numbered at once, not by trying each number."""

    def unique_ref(self, reference: str, found: bool = False) -> str:
        """The id of one more reference to a note: fnref:a, then fnref2:a, fnref3:a, …"""
        if not found:
            return reference
        count = self.found_refs.get(reference, 0) + 1
        self.found_refs[reference] = count
        head, _, label = reference.partition(":")
        return reference if count == 1 else f"{head}{count}:{label}"


class _Local(threading.local):
    """One machine for each thread."""

    def __init__(self) -> None:
        self.footnotes = _Footnotes()
        tables = TableExtension(use_align_attribute=True)
        self.machine = _Machine(
            extensions=[self.footnotes, AbbrExtension(), DefListExtension(), tables]
        )


_local = _Local()


def render(
    source: str,
    links: LinkResolver,
    *,
    language: str,
    block_ids: Sequence[str] | None = None,
    scope: str = "",
    first_level: int = 2,
) -> Rendered:
    """The source as a reader sees it; its YAML header, if any, is left out.

    `block_ids`, one for each block that `blocks.split_blocks` finds in the same source, put each
    block in a <div class="block" id="b-…">. `scope` comes before every id, for pages that show
    several texts. The highest heading gets `first_level`, the others follow.
    Raises TooLong above 300,000 characters or 15,000 blocks, ValueError when the ids do not fit
    the blocks."""
    texts = words(language)
    body, built = _built(source, texts)
    ids = _ids_of(built, block_ids, has_header=len(body) < len(source))
    root = Element("div")
    root.extend(box for _, box in built)
    root = _finish_text(root)
    finisher = LinkFinisher(links, texts.missing_page, texts.missing_image)
    finisher.finish(root)
    toc = _set_headings(root, first_level)
    blocks = tuple(_blocks(root, built, ids, cleaner(scope)))
    html = "\n".join(block.html for block in blocks if block.html)
    shown = tuple(Heading(h.level, scope + h.id, h.title) for h in toc)
    text = "\n".join(filter(None, (text_of_html(block.html) for block in blocks)))
    return Rendered(html, shown, tuple(finisher.found), text, blocks)


def refuse_too_long(source: str) -> None:
    """Raise TooLong for a source that `render` would refuse, without rendering it."""
    _built(source, words("en"))


def _built(source: str, texts: Words) -> tuple[str, list[tuple[Span, Element]]]:
    """The source without its header, and its blocks. Raises TooLong."""
    if len(source) > LIMIT_CHARACTERS or source.count("&") > LIMIT_AMPERSANDS:
        raise TooLong(len(source))
    body = source[header_end(source) :]
    return body, _build(body, texts)


def _build(body: str, texts: Words) -> list[tuple[Span, Element]]:
    """The blocks of the body as boxes of elements, their text not yet looked at."""
    _local.machine.reset()
    _local.footnotes.setConfig("BACKLINK_TITLE", texts.back_to_text)
    printable = _UNPRINTABLE.sub("\ufffd", body.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.rstrip("\n").expandtabs(4) for line in source_lines(printable)]
    try:
        return _local.machine.parser.build(lines, texts.callouts)
    except TooDense as error:
        raise TooLong(len(body)) from error


def _finish_text(root: Element) -> Element:
    """Read the signs inside the text; add the footnotes as one more box."""
    for treeprocessor in _local.machine.treeprocessors:
        root = treeprocessor.run(root) or root
    for cell in (*root.iter("th"), *root.iter("td")):
        if align := cell.attrib.pop("align", None):
            cell.set("class", f"align-{align}")
        if cell.tag == "th":
            cell.set("scope", "col")
    for link in root.iter("a"):
        if link.get("class") == "footnote-backref":
            link.set("aria-label", link.attrib.pop("title", ""))
    return root


def _ids_of(
    built: Sequence[tuple[Span, Element]],
    block_ids: Sequence[str] | None,
    *,
    has_header: bool,
) -> Sequence[str]:
    """One id for each built block, "" where none were given."""
    if block_ids is None:
        return [""] * len(built)
    ids = block_ids[1:] if has_header else block_ids
    if len(ids) != len(built):
        raise ValueError(f"{len(ids)} ids for {len(built)} blocks")
    return ids


def _set_headings(root: Element, first_level: int) -> list[Heading]:
    """Give headings and named places their ids, headings their level in the page."""
    headings = [e for e in root.iter() if e.tag in _HEADINGS]
    highest = min((_HEADINGS[e.tag] for e in headings), default=1)
    used: dict[str, int] = {}
    toc = []
    for element in root.iter():
        if element.tag in _HEADINGS:
            title = _words(element).strip()
            level = min(6, _HEADINGS[element.tag] - highest + first_level)
            element.set("id", _unused(anchor(element.get("id") or title), used))
            element.tag = f"h{level}"
            toc.append(Heading(level, element.get("id", ""), title))
        elif element.tag == "a" and element.get("id"):
            element.set("id", _unused(anchor(element.get("id", "")), used))
    return toc


def _unused(wanted: str, used: dict[str, int]) -> str:
    used[wanted] = count = used.get(wanted, 0) + 1
    return wanted if count == 1 else _unused(f"{wanted}-{count}", used)


def _words(element: Element) -> str:
    """The words of a heading, without its footnote marks."""
    parts = [element.text or ""]
    for child in element:
        mark = child.tag == "sup" and (child.get("id") or "").startswith("fnref")
        parts += ["" if mark else _words(child), child.tail or ""]
    return unescape("".join(parts))


def _blocks(
    root: Element,
    built: Sequence[tuple[Span, Element]],
    ids: Sequence[str],
    clean: Callable[[str], str],
) -> Iterator[RenderedBlock]:
    """Each block as clean HTML; the box beyond the blocks of the source holds the footnotes."""
    for (span, box), block_id in zip(built, ids, strict=True):
        if block_id:
            box.attrib.update(
                {"id": f"b-{block_id}", "class": "block", "data-kind": KINDS[span.kind]}
            )
    for index, piece in enumerate(_local.machine.pieces(root)):
        if index >= len(built):
            yield RenderedBlock("", "footnotes", clean(piece))
            continue
        shown = clean(piece if ids[index] else piece[len("<div>") : -len("</div>")])
        kind = KINDS[built[index][0].kind]
        yield RenderedBlock(ids[index], kind, shown.replace("<p></p>", ""))
