"""What one line of Markdown can begin, and what may follow it without indentation. Pure."""

import re

MARKER = re.compile(r"( *)([-+*]|[0-9]{1,9}[.)])( +|$)")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")
HEADING = re.compile(r" {0,3}(#{1,6})(?: |$)")
CALLOUT = re.compile(r"(?:!!!|\?\?\?\+?) ?([\w-]{1,40})(.*)$")
CONTAINER = re.compile(r" {0,3}:{3,} *([\w-]{1,40})(.*)$")
CONTAINER_END = re.compile(r" {0,3}:{3,} *$")
NOTE = re.compile(r" {0,3}\[\^[^\]]{1,100}\]:")
LINK_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]]{1,200}\]: *\S+( +[\"'(].{0,200})? *$")
DEFINITION = re.compile(r" {0,3}: {1,3}\S")
DETAILS = re.compile(r" {0,3}<details(?: [^<>]{0,200})?>", re.IGNORECASE)
DETAILS_END = re.compile(r"</details *>", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_LIMIT_NESTED_MARKERS = 16


def source_lines(source: str) -> list[str]:
    """The lines of a source with their endings (\\n, \\r\\n, \\r); joined, they are the source."""
    return _LINE.findall(source)


def indent_of(line: str) -> int:
    """How many spaces the line begins with."""
    return len(line) - len(line.lstrip(" "))


def is_rule(line: str) -> bool:
    """Whether the line is a thematic break: three or more of one of - _ * and nothing else."""
    signs = line.strip()
    if not signs or signs[0] not in "-_*" or signs.strip(signs[0] + " "):
        return False
    return signs.count(signs[0]) >= 3


def is_underline(line: str) -> bool:
    """Whether the line under a paragraph makes it a heading."""
    signs = line.strip()
    return indent_of(line) < 4 and signs != "" and signs[0] in "=-" and not signs.strip(signs[0])


def only_define_links(lines: list[str]) -> bool:
    """Whether the lines are no text at all, so that nothing is there to be underlined."""
    return all(LINK_DEFINITION.match(line) for line in lines)


def is_delimiter_row(line: str) -> bool:
    """Whether the line can part the head of a table from its rows."""
    return "-" in line and "|" in line and not line.strip("|:- \t")


def marker_of(line: str) -> re.Match[str] | None:
    """The list marker the line begins with, if it begins an item."""
    match = MARKER.match(line)
    return None if match is None or is_rule(line) else match


class Openness:
    """Follows the lines inside a quote or an item: may an unindented line continue them?"""

    def __init__(self) -> None:
        self.fence = ""
        self.paragraph = False

    def feed(self, line: str) -> None:
        """Take one more line of the content into account."""
        if not self.fence and not self.paragraph and indent_of(line) >= 4:
            return
        for _ in range(_LIMIT_NESTED_MARKERS):
            marker = None if self.fence else marker_of(line)
            if marker is None:
                break
            line = line[marker.end() :]
        text = line.lstrip(" >") if not self.fence else line.lstrip(" ")
        if self.fence:
            if text.startswith(self.fence) and not text.strip(self.fence[0] + " "):
                self.fence = ""
            self.paragraph = False
            return
        fence = FENCE.match(text)
        if fence and not (fence[1][0] == "`" and "`" in fence[2]):
            self.fence = fence[1]
        plain = bool(text.strip()) and not self.fence
        self.paragraph = plain and not HEADING.match(text) and not is_rule(text)


def pair_details(lines: list[str]) -> dict[int, int]:
    """For each line that opens a <details> which is closed, the line that closes it."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for at, line in enumerate(lines):
        if "<" not in line:
            continue
        if DETAILS.match(line):
            opened.append(at)
        if opened and DETAILS_END.search(line):
            ends[opened.pop()] = at
    return ends
