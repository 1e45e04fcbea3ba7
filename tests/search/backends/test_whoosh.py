"""What is particular to the embedded backend: its files, its lock, its damage."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from intranet.search.backends import whoosh
from intranet.search.parsing import parse_query
from intranet.search.port import Document, IndexBusy, IndexUnusable

MEMBERS = frozenset({"members"})


@dataclass(frozen=True)
class Instance:
    instance_path: Path


def opened(path: Path) -> whoosh.WhooshBackend:
    return whoosh.create(Instance(path), create_engine("sqlite://"))


def doc(key: str, body: str = "vélo") -> Document:
    return Document(key=key, kind="page", title=key, body=body, url="/", audience="members")


def found(backend: whoosh.WhooshBackend, typed: str = "velo") -> set[str]:
    return {hit.key for hit in backend.find(parse_query(typed), MEMBERS).hits}


def _index_folder(path: Path) -> Path:
    (folder,) = (path / "search" / "whoosh").glob("index-*")
    return folder


def _empty_segments(path: Path) -> None:
    for segment in _index_folder(path).glob("*.seg"):
        segment.write_bytes(b"")


def _cut_contents(path: Path) -> None:
    for contents in _index_folder(path).glob("*.toc"):
        contents.write_bytes(contents.read_bytes()[:20])


def _remove_segments(path: Path) -> None:
    for segment in _index_folder(path).glob("*.seg"):
        segment.unlink()


def _other_version(path: Path) -> None:
    (_index_folder(path) / "stamp.json").write_text('{"schema": 999, "event": 4}')


def _broken_stamp(path: Path) -> None:
    (_index_folder(path) / "stamp.json").write_text("{")


def _broken_pointer(path: Path) -> None:
    (path / "search" / "whoosh" / "current").write_bytes(b"\xff../../etc")


# Whoosh leaves a file it cannot read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "damage",
    [_empty_segments, _cut_contents, _remove_segments, _other_version, _broken_stamp,
     _broken_pointer],
)  # fmt: skip
def test_a_damaged_index_is_said_so_and_can_be_rebuilt(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    opened(tmp_path).replace_all([doc("a")])
    damage(tmp_path)
    backend = opened(tmp_path)
    with pytest.raises(IndexUnusable):
        found(backend)
    backend.replace_all([doc("b")])
    assert found(backend) == {"b"}


def test_a_rebuild_leaves_one_index_on_the_disk(tmp_path: Path) -> None:
    backend = opened(tmp_path)
    for _ in range(3):
        backend.replace_all([doc("a")])
    assert _index_folder(tmp_path).is_dir()


def test_a_writer_of_another_process_is_waited_for_then_said_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh, "LOCK_PATIENCE", 0.3)
    first, second = opened(tmp_path), opened(tmp_path)
    first.replace_all([doc("a")])
    with first._writer(), pytest.raises(IndexBusy):
        second.upsert([doc("b")])
    second.upsert([doc("b")])
    assert found(first) == {"a", "b"}


def test_a_process_killed_while_writing_leaves_the_last_commit_and_no_lock(tmp_path: Path) -> None:
    backend = opened(tmp_path)
    backend.replace_all([doc("a")])
    script = (
        "import os, signal, sys; sys.path.insert(0, os.getcwd())\n"
        "from pathlib import Path\n"
        "from tests.search.backends.test_whoosh import doc, opened\n"
        f"with opened(Path({str(tmp_path)!r}))._writer() as writer:\n"
        "    from intranet.search.backends._whoosh_schema import fields_of\n"
        "    writer.update_document(**fields_of(doc('lost')))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).resolve().parents[3]
    killed = subprocess.run([sys.executable, "-c", script], cwd=root, check=False)
    assert killed.returncode == -9
    assert found(backend) == {"a"}
    backend.upsert([doc("b")])
    assert found(backend) == {"a", "b"}


def test_updates_do_not_pile_up_segments(tmp_path: Path) -> None:
    backend = opened(tmp_path)
    backend.replace_all([doc("a")])
    for i in range(whoosh.MAX_SEGMENTS + 4):
        backend.upsert([doc(f"k{i}")])
    assert len(list(_index_folder(tmp_path).glob("*.seg"))) <= whoosh.MAX_SEGMENTS
    assert backend.count() == whoosh.MAX_SEGMENTS + 5
