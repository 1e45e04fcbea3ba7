"""Measure the product beside a bare Flask page, in the same interleaved rounds.

Called by `make bench`; `python -m benchmarks.run --help` shows how to measure less.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks import report
from benchmarks.client import Measure, load
from benchmarks.product import Product
from benchmarks.servers import Bare, BareOnGranian, Server

Rounds = dict[tuple[str, str], list[Measure]]
BY_HAND = "## What these figures say"
"""The heading from which on the page is written by people, and kept."""


def arguments() -> argparse.Namespace:
    """What to measure, and for how long."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=5, help="of every request, on each server")
    parser.add_argument("--seconds", type=float, default=2.0, help="each request in each round")
    parser.add_argument("--only", nargs="+", help="some of the requests, by name")
    parser.add_argument("--bare-only", action="store_true", help="leave the product out")
    parser.add_argument("--granian", action="store_true", help="the bare page on granian too")
    parser.add_argument("--output", type=Path, default=Path("docs/benchmarks.md"))
    return parser.parse_args()


def measure(
    servers: Sequence[Server], rounds: int, seconds: float, only: Sequence[str] | None
) -> Rounds:
    """Every request on every server in turn, so that a slow minute slows both."""
    measured: Rounds = defaultdict(list)
    for turn in range(rounds):
        for request in only or servers[0].workloads():
            for server in servers:
                work = server.workloads()[request]
                visitors = server.visitors(work.visitors)
                load(visitors, work, seconds)
                measured[server.name, request].append(load(visitors, work, seconds))
                for visitor in visitors:
                    visitor.close()
        print(f"  round {turn + 1} of {rounds}", flush=True)
    return measured


def measure_size(pages: int, options: argparse.Namespace) -> report.Size:
    """Fill, start and measure both servers with so many pages."""
    print(f"{pages} pages: filling", flush=True)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        bare, product = Bare(Path(folder) / "bare", pages), Product(Path(folder) / "product", pages)
        servers: list[Server] = [bare] if options.bare_only else [bare, product]
        if options.granian:
            servers.append(BareOnGranian(Path(folder) / "granian", pages))
        starts = {}
        for server in servers:
            server.fill()
            server.start()
            server.stop()
            starts[server.name] = server.start()
            running.callback(server.stop)
        measured = measure(servers, options.rounds, options.seconds, options.only)
        memory = {server.name: server.memory() for server in servers}
    return report.Size(pages, measured, starts, memory)


def written_by_hand(path: Path) -> str:
    """What somebody wrote below the figures of an earlier run, or nothing."""
    said = path.read_text(encoding="utf-8") if path.exists() else ""
    _figures, heading, words = said.partition(BY_HAND)
    return f"\n{heading}{words}" if heading else ""


def main() -> None:
    """Measure every size, print the tables and write them down."""
    options = arguments()
    sizes = [measure_size(pages, options) for pages in options.pages]
    text = report.document(sizes, options.rounds, options.seconds)
    print(text)
    if options.bare_only or options.only:
        print("Not written down: something was left out.")
    else:
        options.output.write_text(text + written_by_hand(options.output), encoding="utf-8")


if __name__ == "__main__":
    main()
