"""The embedded backend: a Whoosh index in a folder of the instance, nothing to run.

One process writes at a time (a file lock); readers of every process see the last commit. Each
rebuild has a folder of its own and a small file names the one in use, so that a rebuild is a
swap. Whoosh is told nothing about language: it receives the terms of our analysis.
"""

import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine
from whoosh import index as whoosh_index
from whoosh.index import LockError

from intranet.search.backends._whoosh_engine import WhooshEngine
from intranet.search.backends._whoosh_query import Ranking
from intranet.search.backends._whoosh_schema import (
    fields_of,
    read_stamp,
    schema,
    write_stamp,
)
from intranet.search.ladder import climb
from intranet.search.port import (
    PAGE_SIZE,
    SCHEMA_VERSION,
    Document,
    Hits,
    IndexBusy,
    IndexUnusable,
    Query,
    Stamp,
)

LOCK_PATIENCE = 10.0
"""Seconds to wait for the writer of another process."""
MAX_SEGMENTS = 24
"""Updates leave small segments behind; past this many they are merged without waiting for night."""
_POINTER = "current"


class _Settings(Protocol):
    @property
    def instance_path(self) -> Path:
        """The folder of the installation."""


class WhooshBackend:
    """See SearchBackend. Safe to share between threads: searches take turns, writers queue."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reading = threading.RLock()
        self._writing = threading.RLock()
        self._index: Any = None
        self._searcher: Any = None
        self._opened: tuple[str, int] | None = None

    def upsert(self, documents: Iterable[Document]) -> None:
        """See SearchBackend."""
        ready = {document.key: fields_of(document) for document in documents}
        with self._writer() as writer:
            for fields in ready.values():
                writer.update_document(**fields)

    def delete(self, keys: Iterable[str]) -> None:
        """See SearchBackend."""
        with self._reading:
            reader = self._fresh_searcher().reader()
            known = [key for key in keys if ("key", key) in reader]
        if not known:
            return  # Most pages have no earlier wording: no commit says so.
        with self._writer() as writer:
            for key in known:
                writer.delete_by_term("key", key)

    def find(
        self,
        query: Query,
        audiences: frozenset[str],
        start: int = 0,
        limit: int = PAGE_SIZE,
        *,
        facets: bool = False,
    ) -> Hits:
        """See SearchBackend."""
        with self._reading:
            engine = WhooshEngine(self._fresh_searcher())
            return climb(engine, query, audiences, start, limit, facets=facets)

    def replace_all(self, documents: Iterable[Document]) -> None:
        """See SearchBackend."""
        name = f"index-{secrets.token_hex(6)}"
        folder = self._folder / name
        folder.mkdir(parents=True)
        try:
            _fill(whoosh_index.create_in(folder, schema()), documents)
            write_stamp(folder, None)
            self._swap(name)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def count(self) -> int:
        """See SearchBackend."""
        with self._reading:
            return int(self._fresh_searcher().doc_count())

    def stamp(self) -> Stamp | None:
        """See SearchBackend."""
        version, event = read_stamp(self._current())
        return None if event is None else Stamp(version, event)

    def set_stamp(self, event: int) -> None:
        """See SearchBackend."""
        write_stamp(self._current(), event)

    def optimise(self) -> None:
        """See SearchBackend."""
        with self._writer(optimise=True):
            pass

    def _current(self) -> Path:
        """The folder of the index in use."""
        name = self._pointed()
        while read_stamp(self._folder / name)[0] != SCHEMA_VERSION:
            before, name = name, self._pointed()
            # A rebuild may have swapped and removed the folder between the two reads.
            if name == before:
                raise IndexUnusable("the index is unreadable or of another version")
        return self._folder / name

    def _pointed(self) -> str:
        try:
            name = (self._folder / _POINTER).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise IndexUnusable("there is no index") from error
        if not name.startswith("index-"):
            raise IndexUnusable("the name of the index is unreadable")
        return name

    def _swap(self, name: str) -> None:
        with self._writing:
            beside = self._folder / f"{_POINTER}.{name}"
            beside.write_text(name, encoding="ascii")
            beside.replace(self._folder / _POINTER)
            for old in self._folder.glob("index-*"):
                if old.name != name:
                    shutil.rmtree(old, ignore_errors=True)

    def _fresh_searcher(self) -> Any:
        """The searcher of this process, opened again when anyone has committed since.

        Whoosh's own refresh() keeps segments that were merged away, so it is not used."""
        for patience in (0.05, 0.2, 0.0):
            folder = self._current()
            try:
                self._open_if_changed(folder)
            except Exception as error:
                # The folder may have been swapped or merged between two reads: look again.
                self._opened = None
                if not patience:
                    raise IndexUnusable("the index cannot be read") from error
                time.sleep(patience)
            else:
                break
        return self._searcher

    def _open_if_changed(self, folder: Path) -> None:
        if self._opened is None or self._opened[0] != folder.name:
            self._index = whoosh_index.open_dir(folder)
        generation = self._index.latest_generation()
        if self._opened == (folder.name, generation):
            return
        ranking = Ranking()
        searcher = self._index.searcher(weighting=ranking)
        ranking.read_factors(searcher.reader())
        if self._searcher is not None:
            self._searcher.close()
        self._searcher, self._opened = searcher, (folder.name, generation)

    @contextmanager
    def _writer(self, *, optimise: bool = False) -> Iterator[Any]:
        """The one writer; what was written is kept when the block ends, dropped if it fails."""
        with self._writing:
            folder = self._current()
            try:
                index = whoosh_index.open_dir(folder)
                writer = index.writer(timeout=LOCK_PATIENCE, delay=0.02)
            except LockError as error:
                raise IndexBusy("another process is writing to the index") from error
            except Exception as error:
                raise IndexUnusable("the index cannot be read") from error
            with _released(writer):
                yield writer
                merge = len(writer.segments) >= MAX_SEGMENTS
                writer.commit(optimize=optimise or merge, merge=False)


def _fill(index: Any, documents: Iterable[Document]) -> None:
    """Write a new index in one go. Keys may repeat: the last document of a key wins."""
    seen: set[str] = set()
    again: dict[str, Document] = {}
    writer = index.writer(limitmb=128)
    with _released(writer):
        for document in documents:
            if document.key in seen:
                # Whoosh replaces only what was committed before.
                again[document.key] = document
            else:
                seen.add(document.key)
                writer.add_document(**fields_of(document))
        writer.commit(optimize=True)
    if again:
        writer = index.writer()
        with _released(writer):
            for document in again.values():
                writer.update_document(**fields_of(document))
            writer.commit(optimize=True)


@contextmanager
def _released(writer: Any) -> Iterator[None]:
    """Whoosh keeps its lock when a write fails: undo and let the next writer in."""
    try:
        yield
    except BaseException:
        with suppress(Exception):
            writer.cancel()
        with suppress(Exception):
            writer.writelock.release()
        raise


def create(settings: _Settings, engine: Engine) -> WhooshBackend:
    """The index of this instance; the database's engine is not used."""
    del engine
    return WhooshBackend(settings.instance_path / "search" / "whoosh")
