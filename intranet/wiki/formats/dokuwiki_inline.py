"""One line of DokuWiki as Markdown: emphasis, code, links, pictures, notes. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from intranet.wiki.formats.dokuwiki_pairs import Endings

# What stands here is found from left to right; the first that fits wins.
_PIECES = re.compile(
    r"\[\[(?P<link>[^\[\]]+?)\]\]"
    r"|\{\{(?P<media>[^{}]+?)\}\}"
    r"|<(?P<mail>[\w.+-]+@[\w.-]+\.\w+)>"
    r"|(?P<url>(?:https?|ftp)://[^\s<>|\]()]+[^\s<>|\]().,;:!?])"
    r"|~~(?P<macro>[A-Z][A-Z:_-]*)~~"
    r"|(?P<break>\\\\(?:\s|$))"
    r"|(?P<opening><nowiki>|<del>|%%|''|\(\(|(?:\*\*|(?<![:/])//|__)(?=\S))"
)


@dataclass(frozen=True)
class _Pair:
    """What a pair of signs means, how it ends, and how many characters it holds at least."""

    kind: str
    ending: str
    least: int = 1
    not_after: str = ""


_PAIRS = {
    "<nowiki>": _Pair("nowiki", "</nowiki>", 0),
    "<del>": _Pair("struck", "</del>", 0),
    "%%": _Pair("percent", "%%"),
    "''": _Pair("mono", "''"),
    "((": _Pair("note", "))"),
    "**": _Pair("bold", "**"),
    "//": _Pair("italic", "//", not_after=":"),
    "__": _Pair("underlined", "__"),
}
_SPECIAL = re.compile(r"([*`\[\]\\])|(?<!\w)(_)|(_)(?!\w)")
_OUTSIDE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://|mailto:")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")
_ELSEWHERE = re.compile(r"(\w[\w.+-]*)>(.*)")


@dataclass
class Inline:
    """Turns text inside blocks into Markdown. `page` and `file` give the address of a page or a
    file of the same wiki, as it is typed there; `notes` collects what stood in (( … ))."""

    page: Callable[[str], str]
    file: Callable[[str], tuple[str, bool]]
    notes: list[str] = field(default_factory=list)
    in_table: bool = False

    def text(self, typed: str) -> str:
        """The text as Markdown."""
        return "".join(self._pieces(typed))

    def _pieces(self, typed: str) -> Iterator[str]:
        done, at, endings = 0, 0, Endings(typed)
        while found := _PIECES.search(typed, at):
            kind, inside, end = _read(found, endings)
            if not kind:
                at = found.start() + 1
                continue
            yield self._plain(typed[done : found.start()])
            yield self._piece(kind, inside)
            done = at = end
        yield self._plain(typed[done:])

    def _plain(self, typed: str) -> str:
        said = _SPECIAL.sub(lambda found: f"\\{found[0]}", typed)
        return said.replace("|", "\\|") if self.in_table else said

    def _piece(self, kind: str, inside: str) -> str:
        marks = {"struck": "~~", "bold": "**", "italic": "*", "underlined": "*"}
        if kind in marks:
            return f"{marks[kind]}{self.text(inside)}{marks[kind]}"
        if kind in ("nowiki", "percent"):
            return self._plain(inside)
        if kind in ("mail", "url"):
            return f"<{inside}>"
        if kind == "mono":
            return _code(inside.replace("|", "\\|") if self.in_table else inside)
        if kind == "link":
            return self._link(inside)
        if kind == "media":
            return self._media(inside)
        if kind == "note":
            self.notes.append(self.text(inside))
            return f"[^{len(self.notes)}]"
        return self._ending() if kind == "break" else ""

    def _ending(self) -> str:
        return " " if self.in_table else "\\\n"

    def _link(self, inside: str) -> str:
        target, _, label = (part.strip() for part in inside.partition("|"))
        picture = re.fullmatch(r"\{\{([^{}]+)\}\}", label)
        words = self._media(picture[1]) if picture else self._plain(label)
        if _OUTSIDE.match(target):
            return f"[{words or self._plain(target)}](<{target}>)"
        if _MAIL.fullmatch(target):
            return f"[{words or target}](mailto:{target})"
        elsewhere = _ELSEWHERE.fullmatch(target)
        if elsewhere or target.startswith("\\\\"):
            # A short name for another site, or a folder of a network: nobody knows its address.
            return f"{words} ({self._plain(target)})" if words else self._plain(target)
        last = target.partition("#")[0].rstrip(":").rpartition(":")[2] or target
        return f"[{words or self._plain(last)}]({self.page(target)})"

    def _media(self, inside: str) -> str:
        target, _, title = inside.partition("|")
        name, _, how = target.strip().partition("?")
        outside = bool(_OUTSIDE.match(name))
        address, is_picture = (name, True) if outside else self.file(name)
        words = self._plain(title.strip() or name.rpartition(":")[2].rpartition("/")[2])
        shown = is_picture and "linkonly" not in how
        return (
            f"{'!' if shown else ''}[{words}](<{address}>)"
            if " " in address
            else (f"{'!' if shown else ''}[{words}]({address})")
        )


def _read(found: re.Match[str], endings: Endings) -> tuple[str, str, int]:
    """What stands at a match: its kind, what is inside, and where it ends. A pair that does not end
    in its line is of no kind."""
    if found.lastgroup != "opening":
        return str(found.lastgroup), found[str(found.lastgroup)], found.end()
    pair, start = _PAIRS[found["opening"]], found.end()
    end = endings.after(found.start(), pair.ending, start + pair.least, pair.not_after)
    if end < 0:
        return "", "", start
    return pair.kind, found.string[start:end], end + len(pair.ending)


def _code(inside: str) -> str:
    fence = "``" if "`" in inside else "`"
    space = " " if "`" in inside else ""
    return f"{fence}{space}{inside}{space}{fence}"
