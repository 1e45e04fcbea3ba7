"""What each file of a folder will be as a page: its title, its place, its date, its tags. Pure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from intranet.core import frontmatter
from intranet.core.blocks import split_blocks
from intranet.core.dates import parse_date
from intranet.core.text import UnusableLine, clean_line, fold
from intranet.wiki.formats.own_header import WORKING, PageFacts
from intranet.wiki.paths import TEXT_SUFFIXES, natural_order, plain_path
from intranet.wiki.source_files import Found, SourceFile, words_of_name

MOST_TAGS = 20
LONGEST_TAG = 50
WORKING_TAGS = frozenset({"version de travail", "document de travail", "working version"})

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"<[^<>]{1,200}>")
_SIGNS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)|\{#[^}]*\}")
_ITEM = re.compile(r"^( *)[-*+] \[([^\]]*)\]\(([^)\s#]+)")
_DATES = ("created", "date", "post_date")
_FRENCH = re.compile(r"\b(?:les?|la|des|une|est|et|pour|dans|nous|vous|sur|avec|que|qui)\b")
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|in|for|we|you|with|that|are|our)\b")


@dataclass(frozen=True)
class PlannedPage:
    """One page to be. `parent` and `path` are source paths; `text` is None for a folder that has
    no text of its own."""

    path: str
    text: str | None
    title: str
    parent: str | None
    position: int
    tags: tuple[str, ...] = ()
    created_on: date | None = None
    permalink: str = ""
    names: tuple[str, ...] = ()
    facts: PageFacts | None = None

    @property
    def is_folder(self) -> bool:
        """Whether the page only holds the pages of a folder together."""
        return self.text is None

    @property
    def is_working(self) -> bool:
        """Whether the file says that its text is still being written together; in a file of
        another program a tag does."""
        if self.facts:
            return self.facts.state == WORKING
        return any(fold(tag) in WORKING_TAGS for tag in self.tags)


def is_index(path: str) -> bool:
    """Whether a file speaks for its folder."""
    return posixpath.basename(path).casefold() in {"readme.md", "index.md"}


def guessed_language(text: str, otherwise: str) -> str:
    """French or English by the small words of the text, when one of the two is clear."""
    words = fold(text[:20_000])
    french, english = len(_FRENCH.findall(words)), len(_ENGLISH.findall(words))
    if max(french, english) < 5 or max(french, english) < 2 * min(french, english):
        return otherwise
    return "fr" if french > english else "en"


def plan(found: Found) -> list[PlannedPage]:
    """The pages, parents before their children. The order is that of a SUMMARY.md where there is
    one, else that of the names; a folder is a page: its README, the text of the same name beside
    it, or an empty one. An export of ours says itself where its pages stand."""
    is_ours = bool(found.files) and all(file.facts for file in found.files)
    indexes = _index_files(found.files, by_name=not is_ours)
    folders = {} if is_ours else _folders(found, indexes)
    places, order = _summaries(() if is_ours else found.files)
    planned = [_folder_page(folder, indexes, folders) for folder in folders.values()]
    for file in found.files:
        home = posixpath.dirname(file.path)
        own = posixpath.dirname(home) if indexes.get(home) == file.path else home
        parent = places.get(file.path) or _above(own, indexes, folders)
        planned.append(_page(file, parent if parent != file.path else None))
    return _under_their_sources(_parents_first(_numbered(planned, order, _said_places(found))))


def _said_places(found: Found) -> dict[str, int]:
    """The places that files know of themselves."""
    said = {file.path: file.position for file in found.files if file.position is not None}
    return said | {file.path: file.facts.position for file in found.files if file.facts}


def _under_their_sources(pages: Sequence[PlannedPage]) -> list[PlannedPage]:
    """The pages of an export under the paths by which they were known where it was made, so that
    links between them hold and another export of the same pages finds them again."""
    known: dict[str, str] = {}
    taken: set[str] = set()
    for page in pages:
        source = _source_of(page.facts) if page.facts else ""
        known[page.path] = source if source and source not in taken else page.path
        taken.add(known[page.path])
    return [
        replace(page, path=known[page.path], parent=known.get(page.parent or "")) for page in pages
    ]


def _source_of(facts: PageFacts) -> str:
    """The path by which a page was known; that of a folder ends with a slash."""
    return plain_path(facts.source)[:900] + "/" * facts.source.endswith("/")


def _index_files(files: Sequence[SourceFile], *, by_name: bool) -> dict[str, str]:
    """The file that speaks for each folder: README, else index, else the file of the same name
    beside the folder."""
    found: dict[str, str] = {}
    for file in sorted(files, key=lambda f: "readme" not in f.path.casefold().rsplit("/", 1)[-1]):
        if by_name and is_index(file.path):
            found.setdefault(posixpath.dirname(file.path), file.path)
    folders = {posixpath.dirname(file.path) for file in files}
    for file in files:
        stem, suffix = posixpath.splitext(file.path)
        if stem in folders and suffix in TEXT_SUFFIXES:
            found.setdefault(stem, file.path)
    return found


def _folders(found: Found, indexes: Mapping[str, str]) -> dict[str, str]:
    """The folders that need a page of their own, by path, with the source path of that page."""
    needed: dict[str, str] = {}
    top = found.collection
    for file in found.files:
        folder = posixpath.dirname(file.path)
        while len(folder) >= len(top):
            is_plain = posixpath.basename(folder) != "files" or folder == top
            if folder not in indexes and is_plain:
                needed[folder] = f"{folder}/"
            folder = posixpath.dirname(folder)
    return needed


def _above(folder: str, indexes: Mapping[str, str], folders: Mapping[str, str]) -> str | None:
    """The source path of the nearest page that stands for this folder or one above it."""
    while folder:
        if folder in indexes or folder in folders:
            return indexes.get(folder) or folders[folder]
        folder = posixpath.dirname(folder)
    return None


def _folder_page(
    page_path: str, indexes: Mapping[str, str], folders: Mapping[str, str]
) -> PlannedPage:
    folder = page_path.removesuffix("/")
    parent = _above(posixpath.dirname(folder), indexes, folders)
    return PlannedPage(page_path, None, words_of_name(posixpath.basename(folder)), parent, 0)


def _page(file: SourceFile, parent: str | None) -> PlannedPage:
    values = frontmatter.split(file.text).values
    facts = file.facts
    created = parse_date(facts.created) if facts else _created(values)
    tags = list(facts.tags) if facts else [*_list(values.get("tags")), *file.tags]
    return PlannedPage(
        path=file.path,
        text=file.text,
        title=facts.title if facts else title_of(file, values),
        parent=parent,
        position=0,
        tags=_tags(tags),
        created_on=created,
        permalink=str(values.get("permalink") or ""),
        names=file.names,
        facts=facts,
    )


def title_of(file: SourceFile, values: Mapping[str, object]) -> str:
    """The title in the header, else the first heading, else the name in the header or of the
    file; a README takes the name of its folder."""
    name = posixpath.basename(file.path)
    folder = posixpath.basename(posixpath.dirname(file.path))
    last = words_of_name(folder if is_index(file.path) else name)
    for title in (
        file.title,
        values.get("title"),
        _first_heading(file.text),
        values.get("name"),
        last,
    ):
        if isinstance(title, str):
            try:
                return clean_line(title[:250], 255)
            except UnusableLine:
                continue
    return name


def _first_heading(text: str) -> str:
    heading = next((block for block in split_blocks(text) if block.kind == "heading"), None)
    if heading is None:
        return ""
    line = heading.text.lstrip().splitlines()[0].lstrip("#").rstrip("# ")
    return _SIGNS.sub("", _TAG.sub(" ", _LINK.sub(r"\1", line))).strip()


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [*str(value or "").split(",")]


def _tags(given: Sequence[object]) -> tuple[str, ...]:
    tags = (str(tag).strip() for tag in given)
    return tuple(dict.fromkeys(tag for tag in tags if 0 < len(tag) <= LONGEST_TAG))[:MOST_TAGS]


def _created(values: Mapping[str, object]) -> date | None:
    days = (parse_date(str(values[name])) for name in _DATES if name in values)
    return next((day for day in days if day), None)


def _summaries(files: Sequence[SourceFile]) -> tuple[dict[str, str], dict[str, int]]:
    """The parent and the order that tables of contents give to files."""
    known = {file.path for file in files}
    parents: dict[str, str] = {}
    order: dict[str, int] = {}
    for file in files:
        if posixpath.basename(file.path).casefold() != "summary.md":
            continue
        open_items: list[tuple[int, str]] = []
        for line in file.text.splitlines():
            item = _ITEM.match(line.replace("\t", "    "))
            if not item:
                continue
            path = plain_path(posixpath.join(posixpath.dirname(file.path), item[3]))
            indent = len(item[1])
            open_items = [(depth, above) for depth, above in open_items if depth < indent]
            if path in known and path not in order:
                order[path] = len(order)
                if open_items and open_items[-1][1] != path:
                    parents[path] = open_items[-1][1]
                open_items.append((indent, path))
    return parents, order


def _numbered(
    pages: list[PlannedPage], order: Mapping[str, int], said: Mapping[str, int]
) -> list[PlannedPage]:
    """Each page with its position among the pages of its parent."""
    last = len(order)
    pages.sort(
        key=lambda page: (
            order.get(page.path, last),
            said.get(page.path, 0),
            natural_order(page.path),
        )
    )
    counts: dict[str | None, int] = {}
    numbered = []
    for page in pages:
        place = counts.setdefault(page.parent, 0)
        counts[page.parent] = place + 1
        numbered.append(replace(page, position=place))
    return numbered


def _parents_first(pages: Sequence[PlannedPage]) -> list[PlannedPage]:
    """The pages in an order in which each parent stands before its children; a ring is opened."""
    by_path = {page.path: page for page in pages}
    done: dict[str, PlannedPage] = {}

    def place(page: PlannedPage, path: tuple[str, ...]) -> None:
        parent = by_path.get(page.parent or "")
        if parent and parent.path not in done and parent.path not in path:
            place(parent, (*path, page.path))
        done.setdefault(page.path, page)

    for page in pages:
        place(page, ())
    return list(done.values())
