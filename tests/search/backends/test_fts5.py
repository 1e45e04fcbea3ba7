"""What is particular to the index in the database file: its tables, its damage, its neighbours."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from intranet.core.db import prepare
from intranet.search.backends import fts5
from intranet.search.parsing import parse_query
from intranet.search.port import Document, IndexUnusable

MEMBERS = frozenset({"members"})


@dataclass(frozen=True)
class Instance:
    instance_path: Path


def database(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path / 'records.db'}")
    prepare(engine)
    return engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = database(tmp_path)
    yield engine
    engine.dispose()


def doc(key: str, body: str = "vélo") -> Document:
    return Document(key=key, kind="page", title=key, body=body, url="/", audience="members")


def found(backend: fts5.Fts5Backend, typed: str = "velo") -> set[str]:
    return {hit.key for hit in backend.find(parse_query(typed), MEMBERS).hits}


def tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE name GLOB 'search_document_[0-9]*'"
        )
        return set(names.scalars())


def test_a_rebuild_leaves_one_set_of_tables(engine: Engine, tmp_path: Path) -> None:
    backend = fts5.create(Instance(tmp_path), engine)
    for _ in range(3):
        backend.replace_all([doc("a")])
    assert len(tables(engine)) == 1


def test_members_save_while_the_index_is_built(engine: Engine, tmp_path: Path) -> None:
    backend, other = fts5.create(Instance(tmp_path), engine), database(tmp_path)
    with other.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE page (title TEXT)")

    def rows() -> Iterator[Document]:
        for number in range(120):
            with other.begin() as connection:
                connection.exec_driver_sql("INSERT INTO page VALUES ('x')")
            yield doc(f"k{number}")

    backend.replace_all(rows())
    other.dispose()
    assert backend.count() == 120


@pytest.mark.parametrize("damage", ["DROP TABLE search_document_1", "DELETE FROM search_stamp"])
def test_a_damaged_index_is_said_so_and_can_be_rebuilt(
    engine: Engine, tmp_path: Path, damage: str
) -> None:
    backend = fts5.create(Instance(tmp_path), engine)
    backend.replace_all([doc("a")])
    with engine.begin() as connection:
        connection.exec_driver_sql(damage)
    with pytest.raises(IndexUnusable):
        found(backend)
    backend.replace_all([doc("b")])
    assert found(backend) == {"b"}


def test_a_rebuild_killed_half_way_leaves_the_old_index_and_the_next_one_cleans_up(
    engine: Engine, tmp_path: Path
) -> None:
    backend = fts5.create(Instance(tmp_path), engine)
    backend.replace_all([doc("a")])
    script = (
        "import os, signal, sys; sys.path.insert(0, os.getcwd())\n"
        "from pathlib import Path\n"
        "from tests.search.backends.test_fts5 import Instance, database, doc, fts5\n"
        "def rows():\n"
        "    for number in range(300):\n"
        "        if number == 200: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        yield doc(f'lost{number}')\n"
        f"path = Path({str(tmp_path)!r})\n"
        "fts5.create(Instance(path), database(path)).replace_all(rows())\n"
    )
    root = Path(__file__).resolve().parents[3]
    killed = subprocess.run([sys.executable, "-c", script], cwd=root, check=False)
    assert killed.returncode == -9
    assert found(backend) == {"a"}
    assert len(tables(engine)) == 2
    backend.replace_all([doc("b")])
    assert found(backend) == {"b"}
    assert len(tables(engine)) == 1
