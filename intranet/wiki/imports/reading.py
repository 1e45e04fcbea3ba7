"""A folder or an archive, whatever program wrote it, as texts and files of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from intranet.wiki.formats import bookstack, dokuwiki, obsidian
from intranet.wiki.formats.gathering import from_folder, from_zip
from intranet.wiki.formats.raw import Gathered, Unusable
from intranet.wiki.source_files import Found, as_found


class Form(StrEnum):
    """What wrote the files. Outline, and whatever else writes plain Markdown, needs no reader of
    its own."""

    MARKDOWN = "markdown"
    OBSIDIAN = "obsidian"
    OUTLINE = "outline"
    BOOKSTACK = "bookstack"
    DOKUWIKI = "dokuwiki"


_READERS: Mapping[Form, Callable[[Gathered], Found]] = {
    Form.MARKDOWN: as_found,
    Form.OUTLINE: as_found,
    Form.OBSIDIAN: lambda gathered: obsidian.as_pages(as_found(gathered)),
    Form.BOOKSTACK: bookstack.as_pages,
    Form.DOKUWIKI: dokuwiki.as_pages,
}


@contextmanager
def opened(source: Path | BinaryIO, name: str = "") -> Iterator[Gathered]:
    """The files of a folder, or of a ZIP file as long as the block lasts. Raises OSError, and
    Unusable for what is neither."""
    if isinstance(source, Path) and source.is_dir():
        yield from_folder(source)
        return
    known = Path(name).stem or (source.stem if isinstance(source, Path) else "import")
    with from_zip(source, known) as gathered:
        yield gathered


def form_of(gathered: Gathered) -> Form:
    """What wrote these files, by signs that nothing else leaves; plain Markdown without one."""
    if ".obsidian" in gathered.hidden:
        return Form.OBSIDIAN
    if bookstack.is_export(gathered):
        return Form.BOOKSTACK
    return Form.DOKUWIKI if dokuwiki.root_of(gathered) is not None else Form.MARKDOWN


def found_in(gathered: Gathered, form: Form) -> Found:
    """The texts and files. Raises Unusable when they are not of this form."""
    signs = {Form.BOOKSTACK: bookstack.is_export, Form.DOKUWIKI: dokuwiki.root_of}
    if form in signs and signs[form](gathered) in (None, False):
        raise Unusable(f"import.no_{form}")
    return _READERS[form](gathered)
