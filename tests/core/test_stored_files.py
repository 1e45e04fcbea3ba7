"""Files by their content: whole or not there, found again, and told when they are not."""

from __future__ import annotations

import io
import os
from pathlib import Path
from stat import S_ISDIR

import pytest

from intranet.core import stored_files
from intranet.core.file_names import LONGEST, clean_name, media_type
from intranet.core.stored_files import Stored, TooLarge


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stored_files.FileFolder, "path", None)
    stored_files.use_folder(tmp_path / "files")
    return tmp_path / "files"


def test_a_file_lies_once_under_its_digest(folder: Path) -> None:
    first = stored_files.keep(io.BytesIO(b"abc"), 3)
    assert stored_files.keep(io.BytesIO(b"abc"), 3) == first
    assert first == Stored("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3)
    assert [path.name for path in folder.iterdir()] == [first.digest]
    assert (folder / first.digest).stat().st_mode & 0o077 == 0


def test_what_is_too_large_leaves_nothing(folder: Path) -> None:
    with pytest.raises(TooLarge):
        stored_files.keep(io.BytesIO(b"abcd"), 3)
    assert list(folder.iterdir()) == []


def test_bytes_and_folder_are_synced_before_the_file_is_acknowledged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        done.append("folder" if S_ISDIR(os.fstat(descriptor).st_mode) else "bytes")
        real_sync(descriptor)

    def replace(path: Path, target: Path) -> Path:
        done.append("name")
        return real_replace(path, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    stored_files.keep(io.BytesIO(b"abc"), 3)
    assert done == ["bytes", "name", "folder"]


def test_a_missing_or_altered_file_is_told(folder: Path) -> None:
    stored = stored_files.keep(io.BytesIO(b"abc"), 3)
    assert stored_files.problem_of(stored) == ""
    (folder / stored.digest).write_bytes(b"abd")
    assert stored_files.problem_of(stored) == "altered"
    (folder / stored.digest).unlink()
    assert stored_files.problem_of(stored) == "missing"
    assert not stored_files.is_there(stored)
    with pytest.raises(ValueError, match="passwd"):
        stored_files.path_of("../../etc/passwd")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("PV signé.pdf", "PV signé.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\PV.pdf", "PV.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie- x.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ('<script>"|?*.html', "-script-----.html"),
        (".htaccess", "htaccess"),
        ("..", "file"),
        ("", "file"),
        ("\x00\x01", "file"),
        ("/", "file"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
    ],
)
def test_a_name_is_cleaned(typed: str, shown: str) -> None:
    assert clean_name(typed) == shown


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("é" * 400 + ".pdf")
    assert (len(name), name[-4:]) == (LONGEST, ".pdf")
    assert len(clean_name("a" * 400)) == LONGEST
    assert len(clean_name("a." + "b" * 400)) == LONGEST


def test_a_file_is_what_its_first_bytes_say_and_not_its_name() -> None:
    assert media_type(b"%PDF-1.7 ...") == "application/pdf"
    assert media_type(b"RIFF\x00\x00\x00\x00WEBPVP8 ") == "image/webp"
    assert media_type(b"<svg onload=alert(1)>") == "application/octet-stream"
    assert media_type(b"") == "application/octet-stream"
