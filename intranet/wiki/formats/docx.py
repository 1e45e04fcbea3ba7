"""Documents of word processors as Markdown, through the program pandoc where it is installed."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from intranet.wiki.formats.gathering import from_zip
from intranet.wiki.formats.raw import LeftOut, RawFile, Unusable

SUFFIX = ".docx"
SECONDS = 60
MOST_BYTES = 50 * 1024 * 1024
_PICTURE = re.compile(r"(!\[[^\]\n]*\]\()(media/[^)\s]+)")


def is_document(path: str) -> bool:
    """Whether the name of a file says that a word processor wrote it."""
    return path.casefold().endswith(SUFFIX)


def is_read_here() -> bool:
    """Whether this machine has what reads documents of word processors."""
    return shutil.which("pandoc") is not None


def as_markdown(raw: RawFile) -> tuple[str, list[RawFile]]:
    """The text of a document, and its pictures in a folder beside it. Raises LeftOut when pandoc
    is missing or cannot read the document."""
    program = shutil.which("pandoc")
    if program is None:
        raise LeftOut("import.no_pandoc")
    if raw.size > MOST_BYTES:
        raise LeftOut("import.file_too_large", str(MOST_BYTES // (1024 * 1024)))
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "document.docx"
        document.write_bytes(raw.read())
        text = _converted(program, document)
        beside = f"{posixpath.splitext(raw.path)[0]}-files"
        pictures = _pictures(document, beside)
    named = quote(posixpath.basename(beside))
    return _PICTURE.sub(rf"\g<1>{named}/\2", text), pictures


def _converted(program: str, document: Path) -> str:
    """What pandoc makes of it; in its sandbox it reads nothing but the document."""
    words = [program, "--sandbox", "--from=docx", "--to=gfm", "--wrap=none", str(document)]
    try:
        done = subprocess.run(words, capture_output=True, check=True, timeout=SECONDS)
        return done.stdout.decode()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as problem:
        raise LeftOut("import.pandoc_failed") from problem


def _pictures(document: Path, beside: str) -> list[RawFile]:
    """The pictures of the document, which is a ZIP file itself, read to the end."""
    try:
        with from_zip(document, "document") as gathered:
            return [
                _in_memory(f"{beside}/{found.path.partition('/')[2]}", found.read())
                for found in gathered.files
                if found.path.startswith("word/media/")
            ]
    except Unusable as problem:
        raise LeftOut("import.pandoc_failed") from problem


def _in_memory(path: str, content: bytes) -> RawFile:
    return RawFile(path, len(content), lambda: content)
