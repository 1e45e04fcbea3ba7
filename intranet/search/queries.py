"""How the index is, for the administration page and `intranet doctor`."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.transaction import Reader
from intranet.search.index import backend_of, name_of
from intranet.search.port import IndexBusy, IndexUnusable

COMFORTABLE = {"whoosh": 5_000}
"""Documents up to which a backend answers and follows quickly; see docs/benchmarks.md."""
SWITCH = {"sqlite": "fts5", "postgresql": "postgres"}


@dataclass(frozen=True)
class IndexState:
    """Which backend there is, how much it holds (None while it is being built), and which one to
    choose instead when there is too much for it; empty while there is not."""

    backend: str
    documents: int | None
    better: str = ""


def index_state(reader: Reader) -> IndexState:
    """The state of the index of this installation."""
    name = name_of(reader.session)
    try:
        count = backend_of(reader.session).count()
    except (IndexUnusable, IndexBusy):
        return IndexState(name, None)
    is_large = count > COMFORTABLE.get(name, count)
    return IndexState(
        name, count, SWITCH[reader.session.get_bind().dialect.name] if is_large else ""
    )
