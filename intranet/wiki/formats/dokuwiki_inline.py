"""One line of DokuWiki as Markdown: emphasis, code, links, pictures, notes. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# What stands here is found from left to right; the first that fits wins.
_PIECES = re.compile(
    r"<nowiki>(?P<nowiki>.*?)</nowiki>"
    r"|%%(?P<percent>.+?)%%"
    r"|''(?P<mono>.+?)''"
    r"|\[\[(?P<link>[^\[\]]+?)\]\]"
    r"|\{\{(?P<media>[^{}]+?)\}\}"
    r"|<(?P<mail>[\w.+-]+@[\w.-]+\.\w+)>"
    r"|(?P<url>(?:https?|ftp)://[^\s<>|\]()]+[^\s<>|\]().,;:!?])"
    r"|<del>(?P<struck>.*?)</del>"
    r"|\*\*(?P<bold>(?=\S).+?)\*\*"
    r"|(?<![:/])//(?P<italic>(?=\S).+?)(?<!:)//"
    r"|__(?P<underlined>(?=\S).+?)__"
    r"|\(\((?P<note>.+?)\)\)"
    r"|~~(?P<macro>[A-Z][A-Z:_-]*)~~"
    r"|(?P<break>\\\\(?:\s|$))"
)
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
        done = 0
        for found in _PIECES.finditer(typed):
            yield self._plain(typed[done : found.start()])
            yield self._piece(str(found.lastgroup), found[str(found.lastgroup)])
            done = found.end()
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
            return _code(inside)
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


def _code(inside: str) -> str:
    fence = "``" if "`" in inside else "`"
    space = " " if "`" in inside else ""
    return f"{fence}{space}{inside}{space}{fence}"
