"""python -m tests.search.dying_indexer INSTANCE URL BACKEND MOMENT: a worker that is killed with
signal 9 while it indexes: "after" it wrote, or in the middle of a "rebuild"."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from intranet import create_app, worker
from intranet.core import deliveries
from intranet.core.actor import SYSTEM
from intranet.core.transaction import reader
from intranet.search import indexer
from intranet.search.port import Document


def die(*_whatever: object) -> None:
    """End as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def some(*_whatever: object) -> Iterator[Document]:
    """Enough documents for a first batch, and then none any more."""
    for number in range(250):
        yield Document(f"lost:{number}", "page", "Perdu", "perdu", "/", "workers")
    die()


def main() -> None:
    """Work until killed."""
    instance, url, name, moment = sys.argv[1:]
    app = create_app(Path(instance), {"database_url": url, "search_backend": name})
    with app.app_context():
        if moment == "rebuild":
            indexer.documents = some  # type: ignore[assignment]
            indexer.rebuild(reader(SYSTEM))
        deliveries._mark_done = die  # type: ignore[assignment]
        worker.work_once(app)


if __name__ == "__main__":
    main()
