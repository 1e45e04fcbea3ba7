"""The words of a file: PDF, docx, odt and plain text, read where a broken one harms nobody.

A file is read by a process of its own, with limits of time and memory, because it comes from
outside and its reader may loop or swell. The libraries belong to the extra `documents`; without
them a file is found by its name. What was read is kept, so that a rebuild reads no file twice.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

log = logging.getLogger("intranet.search")

MOST_BYTES = 25 * 1024 * 1024
MOST_PATIENCE = 60
"""Seconds, for a machine that is busy: `search/reading.py` sets itself limits of its own."""
READING = Path(__file__).with_name("reading.py")


class Kept:
    """Where the words of files lie; chosen by the application factory. Nowhere: read each time."""

    folder: Path | None = None


def keep_in(folder: Path) -> None:
    """Keep the words of files in this folder, which may be emptied at any time."""
    Kept.folder = folder


def text_of_file(path: Path, name: str) -> str:
    """The words of a file, as far as the limits allow; nothing for a file without words, of an
    unknown kind, damaged or missing. `name` is what it is called, for its ending."""
    kept = Kept.folder / f"{path.name}.txt" if Kept.folder else None
    if kept and kept.is_file():
        return kept.read_text(encoding="utf-8")
    text = _read_apart(path, Path(name).suffix.lower())
    if kept and text is not None:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = kept.with_suffix(".coming")
        beside.write_text(text, encoding="utf-8")
        beside.replace(kept)
    return text or ""


def _read_apart(path: Path, ending: str) -> str | None:
    """The words, or None when the file could not be read this time."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return None
    # As a file and not as a module, or the whole product would be imported first; and without the
    # folder of that file on the path, or its neighbours would be taken for libraries.
    command = [sys.executable, "-P", str(READING), str(path.resolve()), ending]
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_PATIENCE, check=True)
    except subprocess.TimeoutExpired:
        log.warning("the file %s took too long to read: it is found by its name", path.name)
        return None
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        log.warning("the file %s cannot be read (%s): it is found by its name", path.name, last)
    else:
        return done.stdout.decode("utf-8", errors="replace")
    # What failed once fails again: an empty text is kept, so that no rebuild waits for it anew.
    return ""
