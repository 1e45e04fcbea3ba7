"""python -P intranet/search/reading.py FILE ENDING: print the words of a file.

Run by search/extraction.py in a process of its own, which may be ended at any moment. It imports
nothing of the product, which would take longer than reading the file.
"""

from __future__ import annotations

import resource
import sys
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

MOST_SECONDS = 20
"""Of the processor. A busy machine may take longer."""
MOST_MEMORY = 768 * 1024 * 1024
MOST_PAGES = 300
MOST_CHARACTERS = 400_000
"""About 60,000 words: beyond that the analysis reads no further either."""
PLAIN = frozenset({".txt", ".md", ".csv", ".text", ".rst"})
MOST_UNPACKED = 200 * 1024 * 1024
"""Bytes that a packed file may unfold to; a bomb unfolds to more."""


def main() -> None:
    """Print the words of the file named on the command line, cut where there are too many."""
    path, ending = Path(sys.argv[1]), sys.argv[2]
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    left = MOST_CHARACTERS
    for piece in pieces(path, ending):
        sys.stdout.buffer.write(piece[:left].encode("utf-8", errors="replace") + b"\n")
        left -= len(piece)
        if left <= 0:
            break


def pieces(path: Path, ending: str) -> Iterator[str]:
    """The text of a file, piece by piece; its kind is told from its bytes, never from its name
    alone. Nothing for a kind that has no words or whose library is not installed."""
    with path.open("rb") as file:
        beginning = file.read(512)
    try:
        if beginning.startswith(b"%PDF-"):
            yield from _pdf(path)
        elif beginning.startswith(b"PK\x03\x04"):
            yield from _packed(path)
        elif ending in PLAIN and b"\0" not in beginning:
            yield _plain(path)
    except ModuleNotFoundError:
        return


def _pdf(path: Path) -> Iterator[str]:
    reader = import_module("pypdf").PdfReader(path)
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            return
        yield page.extract_text()


def _packed(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            return
    if "word/document.xml" in names:
        yield from _docx(path)
    elif "content.xml" in names:
        yield import_module("odfdo").Document(path).get_formatted_text()


def _docx(path: Path) -> Iterator[str]:
    document = import_module("docx").Document(str(path))
    for paragraph in document.paragraphs:
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            yield " ".join(cell.text for cell in row.cells)


def _plain(path: Path) -> str:
    data = path.read_bytes()[: 4 * MOST_CHARACTERS]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


if __name__ == "__main__":
    main()
