"""The tables of a run, with the machine and the command that made them."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.client import Measure
from intranet.serve import THREADS, WEB_PROCESSES

HEAD = """# Benchmarks

The product beside a bare Flask page, measured by `make bench`. Both are served by gunicorn with
{processes} processes of {threads} threads and take their turns in the same rounds, so that a slow
minute of the machine slows both. The bare page is the least that can be done for the same request:
a session of Flask-Login, one SELECT by key with SQLAlchemy on SQLite in WAL mode, a layout of about
10 KB; for a search SQLite's own full text, the best 20 with snippets; for a vote one durable row;
for a save one durable transaction with a revision, its text rendered and cleaned, and a row of the
full text. Generated pages have about 4 KB of text.

Each figure is the median of {rounds} rounds of {seconds:g} s. The load generator runs on the same
machine, and its own time is part of every figure: it is the ratios that say something. The ratio is
the product's requests per second over those of the bare page in the same round. Reading and
searching are done by 8 visitors at once. A hundred pages are read, spread over all there are, and
each visitor has read them once before the time counts. The forms of saves and votes are fetched
before, eight for each visitor, outside the time that counts, and so is the write before a read
after a write. Memory is proportional (PSS), after the load; the product's includes its worker. A
start is from the command to the first healthy answer of `/healthz`.

Machine: {machine}. Date: {date:%Y-%m-%d}. Command: `{command}`.
"""
COLUMNS = "| request | server | requests/s | p50 ms | p99 ms | ratio | errors |"
RULE = "|---|---|---:|---:|---:|---:|---:|"


@dataclass(frozen=True)
class Size:
    """What was measured with one number of pages."""

    pages: int
    measured: dict[tuple[str, str], list[Measure]]
    starts: dict[str, float]
    memory: dict[str, float]

    def ratio(self, name: str, request: str) -> float:
        """Requests per second over those of the bare page, the median of the rounds."""
        pairs = zip(self.measured[name, request], self.measured["bare", request], strict=True)
        return median(mine.rate / theirs.rate for mine, theirs in pairs)


def machine() -> str:
    """Processor, cores, memory and Python."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = os.cpu_count()
    processor = models[0] if models else platform.machine()
    return f"{processor}, {cores} cores, {memory:.0f} GB, Python {platform.python_version()}"


def table(size: Size) -> str:
    """The table of one size."""
    lines = [f"## {size.pages:,} pages", "", COLUMNS, RULE]
    for (name, request), rounds in sorted(size.measured.items(), key=lambda item: item[0][1]):
        rate = median(each.rate for each in rounds)
        half = median(each.percentile(0.5) for each in rounds)
        most = median(each.percentile(0.99) for each in rounds)
        errors = sum(len(each.errors) for each in rounds)
        ratio = size.ratio(name, request)
        cells = [request, name, f"{rate:,.0f}", f"{half:.1f}", f"{most:.1f}", f"{ratio:.2f}"]
        lines.append(f"| {' | '.join(cells)} | {errors} |")
    lines += ["", "| server | memory MB | start s |", "|---|---:|---:|"]
    lines += [
        f"| {name} | {size.memory[name]:.0f} | {size.starts[name]:.2f} |" for name in size.memory
    ]
    return "\n".join(lines)


def growth(sizes: list[Size]) -> str:
    """How much slower each request of the product gets from the smallest to the largest size."""
    first, last = sizes[0], sizes[-1]
    lines = [
        f"## From {first.pages:,} to {last.pages:,} pages",
        "",
        "How much longer a request takes, the bare page's own change taken out.",
        "",
        "| request | times |",
        "|---|---:|",
    ]
    for name, request in sorted(first.measured):
        if name == "product":
            times = first.ratio(name, request) / last.ratio(name, request)
            lines.append(f"| {request} | {times:.2f} |")
    return "\n".join(lines)


def document(sizes: list[Size], rounds: int, seconds: float) -> str:
    """The whole page: how it was measured, a table for each size, the growth."""
    head = HEAD.format(
        processes=WEB_PROCESSES,
        threads=THREADS,
        rounds=rounds,
        seconds=seconds,
        machine=machine(),
        date=datetime.now(UTC),
        command=" ".join(["python -m benchmarks.run", *sys.argv[1:]]),
    )
    parts = [head, *map(table, sizes)]
    if len(sizes) > 1:
        parts.append(growth(sizes))
    return "\n".join(parts[:1]) + "\n" + "\n\n".join(parts[1:]) + "\n"
