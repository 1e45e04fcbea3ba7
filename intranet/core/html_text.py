"""The words of a piece of HTML, as a reader would read them aloud. Pure."""

import re
from functools import lru_cache
from html.parser import HTMLParser

_BREAKING = frozenset(
    (
        *(
            "blockquote",
            "br",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
        ),
        *("hr", "li", "ol", "p", "pre", "summary", "table", "td", "th", "tr", "ul"),
    )
)
_SILENT = ("footnote-ref", "footnote-backref", "task-mark")
_SPACES = re.compile(r"[ \t]+")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipped = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins on a new line; what nobody reads aloud begins to be skipped."""
        if (dict(attrs).get("class") or "") in _SILENT:
            self.skipped = tag
        if tag in _BREAKING:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line."""
        if tag == self.skipped:
            self.skipped = ""
        if tag in _BREAKING:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Words are kept, unless they are skipped."""
        if not self.skipped:
            self.parts.append(data)


@lru_cache(maxsize=2048)
def text_of_html(html: str) -> str:
    """The text of HTML that is already safe: a line per block, single spaces, no marks of
    footnotes. Pictures give nothing; entities become characters.

    The last pieces are remembered: a save changes one block of many."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)
