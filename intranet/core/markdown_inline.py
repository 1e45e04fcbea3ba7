"""What is written inside a line beyond Python-Markdown's own signs: [[links]], bare addresses,
hidden comments, formulas, and the few harmless tags that imported pages contain. Pure."""

import html
import re
from bisect import bisect_left
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.util import AtomicString, code_escape

Found = tuple[Element | str | None, int | None, int | None]

WIKI_LINK = r"(?:(?<![^\n])!)?(?<!\\)\[\[([^\[\]\n|]{1,255}?)(?:\\?\|([^\[\]\n]{1,255}))?\]\]"
ADDRESS = r"(?<![\w/])https?://[^\s<>\"'«»\u00a0\u202f\x02\x03]{1,2000}"
MAIL = r"<(?:mailto:)?([\w.+-]{1,64}@[\w.-]{1,255})>"
MATHS = r"(?<![\w\\$])\$(?![\s\d$])([^$\n]{1,500}?)(?<![\s\\])\$(?![\w$])"
ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
TAG = (
    r"<(b|i|u|s|q|em|strong|kbd|sup|sub|small|mark|del|ins|cite|abbr|a)"
    r"((?: [^<>]{0,1000})?)>([^<]{0,2000})</\1 *>"
)
VOID_TAG = r"<(br|img)((?:[ /][^<>]{0,2000})?)>"
SIGN = re.compile(r"[`$\\\[<&*_~=]|://|  \n")
"""Without one of these, no sign inside a line can stand in a text."""
_ATTRIBUTE = re.compile(r"([a-z-]{1,20}) *= *(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_PLAIN_TAG = {"b": "strong", "i": "em", "s": "del"}
_TICKS = re.compile(r"`+")
_TICKS_OR_COMMENT = re.compile(r"\\.|`+|<!--", re.DOTALL)
_CLOSERS = {")": "(", "]": "["}


def without_comments(text: str) -> str:
    """The text without its HTML comments; those inside `code` are shown, as code is. A comment
    that is never closed is not one. Linear in the length of the text."""
    last = text.rfind("-->")
    if "<!--" not in text[: max(last, 0)]:
        return text
    runs: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        runs.setdefault(len(run[0]), []).append(run.start())
    kept, done, at = [], 0, 0
    while (token := _TICKS_OR_COMMENT.search(text, at)) and token.start() < last:
        at = token.end()
        if token[0] == "<!--":
            kept.append(text[done : token.start()])
            done = at = text.index("-->", at - 2) + 3
        elif token[0][0] == "`":
            closing = runs.get(len(token[0]), [])
            after = bisect_left(closing, at)
            at = closing[after] + len(token[0]) if after < len(closing) else at
    return "".join(kept) + text[done:]


class OnlyWhereSigned(InlineTreeprocessor):
    """Python-Markdown's reading of the signs inside lines, for the blocks that hold one: it tries
    twenty of them on each text, and most paragraphs have none."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """The tree with its signs read."""
        signed = Element(tree.tag)
        signed.extend(block for block in tree if SIGN.search("".join(block.itertext())))
        super().run(signed, ancestors)
        return tree


class WikiLink(InlineProcessor):
    """[[Title]], [[Title|label]], [[Title#section|label]], [[AG-2026-014]], [[proposal 42]]. A !
    in front, at the beginning of a line, asks to include the page: here that is a link to it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002, N802
        """An element `wiki` with its `target`, for LinkFinisher to resolve."""
        if m[1].strip().lower() in ("toc", "_toc_"):
            return Element("wiki-toc"), m.start(), m.end()
        element = Element("wiki", target=self.unescape(m[1]).strip())
        if m[2]:
            element.text = m[2].strip()
        return element, m.start(), m.end()


class Address(InlineProcessor):
    """An address typed without any sign around it."""

    ANCESTOR_EXCLUDES = ("a", "wiki")

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002, N802
        """A link over the address, without the punctuation of the sentence around it."""
        url = m[0].rstrip(".,;:!?*_~")
        while url and url[-1] in _CLOSERS and url.count(url[-1]) > url.count(_CLOSERS[url[-1]]):
            url = url[:-1].rstrip(".,;:!?*_~")
        element = Element("a", href=url)
        element.text = AtomicString(url)
        return element, m.start(), m.start() + len(url)


class Mail(InlineProcessor):
    """<someone@example.org>"""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002, N802
        """A link of the mailto scheme."""
        element = Element("a", href=f"mailto:{m[1]}")
        element.text = AtomicString(m[1])
        return element, m.start(), m.end()


class Maths(InlineProcessor):
    """A formula between dollar signs, shown as it was typed."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002, N802
        """The formula as code of the language math."""
        element = Element("code", {"class": "language-math"})
        element.text = AtomicString(code_escape(m[1]))
        return element, m.start(), m.end()


class Entity(InlineProcessor):
    """A named or numbered character becomes the character itself, never markup."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002, N802
        """The character as plain text."""
        return html.unescape(m[0]), m.start(), m.end()


class HardBreak(InlineProcessor):
    """A backslash at the end of a line breaks the line."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002, N802
        """The break."""
        return Element("br"), m.start(), m.end()


class HarmlessTag(InlineProcessor):
    """<kbd>x</kbd> and its like: rebuilt from their name, with no attribute but the known ones."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002, N802
        """The element, its content still to be read."""
        tag = m[1].lower()
        given = _attributes(self.unescape(m[2]))
        element = Element(_PLAIN_TAG.get(tag, tag))
        if tag == "abbr" and "title" in given:
            element.set("title", given["title"])
        if tag == "a":
            if "href" in given:
                element.set("href", given["href"])
            elif name := given.get("id") or given.get("name"):
                element.set("id", name)
        element.text = m[3]
        return element, m.start(), m.end()


class VoidTag(InlineProcessor):
    """<br> and <img src alt>, as imported pages write them."""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002, N802
        """The break or the picture."""
        if m[1].lower() == "br":
            return Element("br"), m.start(), m.end()
        given = _attributes(self.unescape(m[2]))
        image = Element("img", src=given.get("src", ""), alt=given.get("alt", ""))
        return image, m.start(), m.end()


def _attributes(text: str) -> dict[str, str]:
    return {
        m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(text)
    }


def register(md: Markdown) -> None:
    """Teach a Markdown machine these signs, and untell it raw HTML."""
    md.treeprocessors.register(OnlyWhereSigned(md), "inline", 20)
    patterns = md.inlinePatterns
    patterns.deregister("html")
    patterns.deregister("entity")
    patterns.deregister("automail")
    patterns.register(Mail(MAIL, md), "mail", 119)
    patterns.register(HardBreak(r"\\\n", md), "hard-break", 185)
    patterns.register(WikiLink(WIKI_LINK, md), "wiki-link", 184)
    patterns.register(_ignoring_case(HarmlessTag(TAG, md)), "harmless-tag", 118)
    patterns.register(_ignoring_case(VoidTag(VOID_TAG, md)), "void-tag", 117)
    patterns.register(Address(ADDRESS, md), "address", 116)
    patterns.register(Maths(MATHS, md), "maths", 187)
    patterns.register(Entity(ENTITY, md), "entity", 80)
    if md.delimiters is not None:
        md.delimiters.add("~", "del", double=True)
        md.delimiters.add("=", "mark", double=True)
    for sign in "\"$%&',/:;<=>?@^|~":
        if sign not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS.append(sign)


def _ignoring_case(processor: InlineProcessor) -> InlineProcessor:
    """The same processor for tags in any case."""
    flags = re.DOTALL | re.IGNORECASE
    processor.compiled_re = re.compile(processor.pattern, flags)
    return processor
