"""An Obsidian vault: notes known by the name of their file, pictures named in double brackets.

The name of a note is its title, its aliases are other names of the page, `[[Note]]` and
`[[Note|label]]` stay as they are typed. `![[picture.png]]` becomes an ordinary picture with the
path of the file; where no such file is in the vault it stays as it is typed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from intranet.core import frontmatter
from intranet.wiki.paths import plain_path
from intranet.wiki.source_files import Found, SourceFile

_INSIDE = r"\[\[([^\[\]|#\n]{1,400})(#[^\[\]|\n]{0,200})?(?:\|([^\[\]\n]{0,200}))?\]\]"
_EMBED = re.compile("!" + _INSIDE)
_LINK = re.compile("(?<!!)" + _INSIDE)
_TAG = re.compile(r"(?:^|(?<=\s))#([^\W\d_][\w/-]{0,49})", re.MULTILINE)
_CODE = re.compile(r"^(```|~~~).*?^\1[ \t]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_SIZE = re.compile(r"\d{1,5}(x\d{1,5})?")


def as_pages(found: Found) -> Found:
    """The notes of a vault as pages to be."""
    pictures = _by_name([media.path for media in found.media])
    notes = _by_name([file.path for file in found.files])
    files = [_note(file, pictures, notes) for file in found.files]
    return replace(found, files=files)


def _by_name(paths: Sequence[str]) -> dict[str, list[str]]:
    """Paths by the end by which a vault may name them: `a/b.png`, `b.png`, notes without `.md`."""
    found: dict[str, list[str]] = {}
    for path in paths:
        parts = path.removesuffix(".md").split("/")
        for start in range(len(parts)):
            found.setdefault("/".join(parts[start:]).casefold(), []).append(path)
    return found


def _note(
    file: SourceFile, pictures: Mapping[str, list[str]], notes: Mapping[str, list[str]]
) -> SourceFile:
    header = frontmatter.split(file.text)
    body = _outside_code(header.body, lambda text: _linked(text, file.path, pictures, notes))
    return replace(
        file,
        text=header.raw + body,
        title="" if header.values.get("title") else _stem(file.path),
        names=(
            *_words(header.values, "aliases"),
            *_words(header.values, "alias"),
            _stem(file.path),
        ),
        tags=tuple(dict.fromkeys(_TAG.findall(_CODE.sub("", header.body)))),
    )


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _words(values: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = values.get(key)
    given = value if isinstance(value, list) else [value] if value else []
    return tuple(str(one) for one in given)


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text with everything but its code changed."""
    parts, done = [], 0
    for code in _CODE.finditer(text):
        parts += [change(text[done : code.start()]), code[0]]
        done = code.end()
    return "".join([*parts, change(text[done:])])


def _linked(
    text: str, home: str, pictures: Mapping[str, list[str]], notes: Mapping[str, list[str]]
) -> str:
    """The text with its pictures as ordinary ones, with links to notes in folders by name, and by
    path where several notes have the name."""

    def picture(found: re.Match[str]) -> str:
        path = _nearest(pictures.get(plain_path(found[1].strip()).casefold(), ()), home)
        if path is None:
            return found[0]
        label = found[3] or ""
        words = _stem(path) if not label or _SIZE.fullmatch(label) else label
        address = quote(posixpath.relpath(path, posixpath.dirname(home)))
        return f"![{words}]({address})"

    def link(found: re.Match[str]) -> str:
        target, section, label = found[1].strip(), found[2] or "", found[3]
        path = _nearest(notes.get(target.removesuffix(".md").casefold(), ()), home)
        if path is None:
            return found[0]
        stem = _stem(path)
        if len(notes[stem.casefold()]) > 1:
            address = quote(posixpath.relpath(path, posixpath.dirname(home)))
            return f"[{label or target}]({address}{section.replace(' ', '-')})"
        return found[0] if target == stem else f"[[{stem}{section}|{label or target}]]"

    return _LINK.sub(link, _EMBED.sub(picture, text))


def _nearest(paths: Sequence[str], home: str) -> str | None:
    """The one that is meant when several have the name: that beside the note, else the one with
    the shortest path, as Obsidian chooses."""
    beside = posixpath.dirname(home)
    return min(paths, key=lambda path: (posixpath.dirname(path) != beside, len(path)), default=None)
