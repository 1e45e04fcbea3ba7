"""The real texts that lie beside the repository, for the tests that read them all."""

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDERS = ("wiki-fr-multi", "wiki-fr-etalab", "wiki-en-loomio", "seeds", "decisions-adr")


def corpus_files() -> list[Path]:
    """Every Markdown or text file of the sets; skips the test when they are not there."""
    found = [
        path
        for folder in FOLDERS
        for path in sorted((DATA / folder).rglob("*"))
        if path.suffix in (".md", ".txt")
    ]
    if not found:
        pytest.skip("the real texts of ../shared/data are not on this machine")
    return found


def corpus_texts() -> list[tuple[str, str]]:
    """Name and exact text of every file."""
    return [(path.name, path.read_bytes().decode()) for path in corpus_files()]
