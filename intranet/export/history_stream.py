"""The revisions of pages as commits, in the words that `git fast-import` reads. Pure.

A commit holds one revision: who wrote it, when, why, by which decision. What the journal of Git
cannot say (a date before 1970, whose number it is) stands in the last lines of the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

BRANCH = "refs/heads/main"
MARK = "Intranet-Revision"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_IN_NAME = re.compile("[\x00-\x1f\x7f<>]")


@dataclass(frozen=True)
class Commit:
    """One revision, or the leaving of a page (`text` is None). `path` is where the text lies from
    now on, `before` where it lay, if elsewhere."""

    revision_id: int
    page_id: int
    path: str
    before: str
    text: str | None
    author: str
    email: str
    at: datetime
    title: str
    facts: tuple[tuple[str, str], ...] = ()


def stream(commits: Iterable[Commit], committer: str, *, goes_on: bool) -> Iterator[bytes]:
    """The commits one after the other; `goes_on` continues the branch that is there."""
    is_first = True
    for commit in commits:
        yield f"commit {BRANCH}\n".encode()
        when = f"{_seconds(commit.at)} +0000"
        yield f"author {person(commit.author, commit.email)} {when}\n".encode()
        yield f"committer {committer} {when}\n".encode()
        yield _data(message(commit).encode())
        if is_first and goes_on:
            yield f"from {BRANCH}^0\n".encode()
        is_first = False
        yield from _changes(commit)
        yield b"\n"
    yield b"done\n"


def person(name: str, email: str) -> str:
    """A name and an address as Git writes them, whatever signs the name holds."""
    clean = " ".join(_NOT_IN_NAME.sub(" ", name).split()) or "?"
    return f"{clean} <{_NOT_IN_NAME.sub('', email)}>"


def message(commit: Commit) -> str:
    """One line for people, and the facts as lines that programs can read."""
    first = " ".join(commit.title.split()) or "?"
    facts = [(MARK, str(commit.revision_id)), ("Intranet-Page", str(commit.page_id))]
    facts.append(("Intranet-Path", commit.path))
    if commit.at < _EPOCH:
        facts.append(("Date", commit.at.astimezone(UTC).isoformat()))
    lines = [f"{name}: {' '.join(value.split())}" for name, value in (*facts, *commit.facts)]
    return f"{first}\n\n" + "\n".join(lines) + "\n"


def _seconds(at: datetime) -> int:
    """Seconds since 1970. Git knows no earlier day: what is older gets the first one, and its day
    in the message."""
    return max(int((at - _EPOCH).total_seconds()), 0)


def _changes(commit: Commit) -> Iterator[bytes]:
    if commit.text is None:
        yield f"D {commit.path}\n".encode()
        return
    if commit.before and commit.before != commit.path:
        yield f"D {commit.before}\n".encode()
    yield f"M 100644 inline {commit.path}\n".encode()
    yield _data(commit.text.encode())


def _data(content: bytes) -> bytes:
    return b"data %d\n" % len(content) + content + b"\n"
