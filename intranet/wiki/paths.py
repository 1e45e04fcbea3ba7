"""What a path typed in an imported file can mean: the files it may lead to. Pure."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import parse_qs, unquote

TEXT_SUFFIXES = (".md", ".markdown", ".txt")
INDEX_FILES = ("README.md", "index.md")
GENERIC = frozenset({"files", "docs", "src", "wiki", "pages", "content", "contents", "texts"})
"""Names of folders that say nothing alone; the name of the folder above is put in front."""

_DIGITS = re.compile(r"(\d+)")


def natural_order(path: str) -> list[tuple[int, int, str]]:
    """A key by which 2-b comes before 10-a."""
    parts = _DIGITS.split(path.casefold())
    return [
        (1, 0, part) if index % 2 == 0 else (0, int(part), "") for index, part in enumerate(parts)
    ]


def plain_path(path: str) -> str:
    """A path in the one form in which it is stored and compared: NFC, no dots, no outer slashes."""
    composed = unicodedata.normalize("NFC", path.replace("\\", "/"))
    return posixpath.normpath(composed).strip("/").removeprefix("./")


def permalink_key(collection: str, permalink: str) -> str:
    """The key under which the address a page had on its former site is kept.

    It holds a colon, so that it is never the address of a page of ours.
    """
    return f"{collection}:{plain_path(unquote(permalink)) or '.'}"


def collection_of(source_path: str) -> str:
    """The name of the folder that was imported."""
    return source_path.partition("/")[0]


def _variants(path: str) -> list[str]:
    bare = path.removesuffix(".html").removesuffix("/")
    files = [bare + suffix for suffix in TEXT_SUFFIXES]
    return [path, *files, *(posixpath.join(bare, name) for name in INDEX_FILES)]


def files_meant(source_path: str, href: str) -> list[str]:
    """The source paths and permalink keys an address may mean, seen from a file; the best first.

    Understands `x.md`, `./a/b.md`, `page.html` for a page.md, folders, absolute paths of the
    former site, and a file named in the query (`?item=./texts/a.md`).
    """
    path, _, query = href.partition("?")
    path = unquote(path)
    collection, folder = collection_of(source_path), posixpath.dirname(source_path)
    roots = [collection, "/".join(source_path.split("/")[:2])]
    if path.startswith("/"):
        bases = [posixpath.join(root, path.lstrip("/")) for root in roots]
        found = [permalink_key(collection, path)]
    else:
        bases, found = [posixpath.join(folder, path)] if path else [], []
    named = [value for values in parse_qs(query).values() for value in values]
    texts = [value for value in named if value.endswith(TEXT_SUFFIXES)]
    bases = [posixpath.join(root, text.lstrip("/")) for text in texts for root in roots] + bases
    return found + [variant for base in bases for variant in _variants(plain_path(base))]
