"""The history of the pages, revision by revision, for a mirror in Git: one way, never back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import or_, select

from intranet.core.text import slugify
from intranet.core.texts import TextBody, text_of
from intranet.core.transaction import Reader
from intranet.export.history_stream import MARK, Commit
from intranet.members.models import Person
from intranet.wiki.models import Page, Revision
from intranet.wiki.visibility import visible

NOBODY = "intranet"
EMPTIED = "Intranet-Emptied"
LEFT = "Intranet-Left"


class WordsWereRemoved(Exception):
    """Words were removed for a person's sake that a mirror still holds: it must be made anew."""


@dataclass
class Mirrored:
    """What a mirror holds already: its last revision, where each page lies in it, and which
    revisions came into it without their words."""

    last: int = 0
    paths: dict[int, str] = field(default_factory=dict)
    emptied: set[int] = field(default_factory=set)


def commits(reader: Reader, known: Mirrored, domain: str) -> Iterator[Commit]:
    """What happened since, the oldest first, of the pages the reader may see; a page that became
    open brings its whole history. One that the reader may no longer see, or
    that lies in the trash, leaves: what the mirror holds of its past stays there.

    Raises WordsWereRemoved when the mirror holds words that are gone here.
    """
    open_pages = select(Page.id).where(
        visible(reader), Page.is_draft.is_(False), Page.trashed_at.is_(None)
    )
    ids = set(reader.session.scalars(open_pages))
    _refuse_removed(reader, known)
    paths = dict(known.paths)
    new = Revision.page_id.in_(ids - paths.keys())
    query = (
        select(Revision, Person.name, TextBody.redacted_because)
        .outerjoin(Person, Person.id == Revision.author_id)
        .join(TextBody, TextBody.digest == Revision.text_digest)
        .where(or_(Revision.id > known.last, new))
        .order_by(Revision.id)
    )
    for revision, author, removed in reader.session.execute(query):
        if revision.page_id in ids:
            written = _Written(author, removed is not None, domain)
            yield _commit(reader, revision, written, paths)
    for page_id in sorted(paths.keys() - ids):
        yield _left(reader, page_id, paths[page_id], known.last, domain)


def _refuse_removed(reader: Reader, known: Mirrored) -> None:
    query = (
        select(Revision.id)
        .join(TextBody, TextBody.digest == Revision.text_digest)
        .where(TextBody.redacted_because.is_not(None), Revision.page_id.in_(known.paths))
        .where(Revision.id <= known.last)
    )
    if set(reader.session.scalars(query)) - known.emptied:
        raise WordsWereRemoved


@dataclass(frozen=True)
class _Written:
    """Who wrote a revision, and whether its words were removed."""

    author: str | None
    is_emptied: bool
    domain: str


def _commit(reader: Reader, revision: Revision, written: _Written, paths: dict[int, str]) -> Commit:
    """One revision; `paths` is kept up to date."""
    before = paths.get(revision.page_id, "")
    paths[revision.page_id] = path = _path(revision, paths)
    is_known = revision.author_id is not None and written.author
    decided = f" [{revision.decision_number}]" if revision.decision_number else ""
    said = f": {revision.summary}" if revision.summary else ""
    facts = [("Intranet-Kind", revision.kind)]
    if revision.decision_number:
        facts.append(("Decision", revision.decision_number))
    if revision.in_force_on:
        facts.append(("In-Force-On", revision.in_force_on.isoformat()))
    if written.is_emptied:
        facts.append((EMPTIED, "yes"))
    who = f"person-{revision.author_id}" if is_known else NOBODY
    return Commit(
        revision_id=revision.id,
        page_id=revision.page_id,
        path=path,
        before=before,
        text=text_of(reader.session, revision.text_digest),
        author=written.author if is_known and written.author else NOBODY,
        email=f"{who}@{written.domain}",
        at=revision.at,
        title=f"{revision.title}{decided}{said}",
        facts=tuple(facts),
    )


def _path(revision: Revision, paths: dict[int, str]) -> str:
    """Where the page lies under the name it has in this revision: letters, digits, hyphens."""
    wanted = f"{slugify(revision.title)}.md"
    others = {path for page_id, path in paths.items() if page_id != revision.page_id}
    return wanted if wanted not in others else f"{wanted[:-3]}--{revision.page_id}.md"


def _left(reader: Reader, page_id: int, path: str, last: int, domain: str) -> Commit:
    return Commit(
        revision_id=last,
        page_id=page_id,
        path=path,
        before=path,
        text=None,
        author=NOBODY,
        email=f"{NOBODY}@{domain}",
        at=reader.now,
        title="No longer open to the readers of this mirror",
        facts=((LEFT, "yes"),),
    )


def read_mirrored(messages: list[str]) -> Mirrored | None:
    """What a mirror holds, from the messages of its commits, the oldest first; None when one of
    them is not ours."""
    known = Mirrored()
    for message in messages:
        lines = message.strip().rpartition("\n\n")[2].splitlines()
        facts = dict(line.split(": ", 1) for line in lines if ": " in line)
        if MARK not in facts or "Intranet-Path" not in facts:
            return None
        page_id, revision_id = int(facts["Intranet-Page"]), int(facts[MARK])
        known.last = max(known.last, revision_id)
        known.paths[page_id] = facts["Intranet-Path"]
        if LEFT in facts:
            del known.paths[page_id]
        if EMPTIED in facts:
            known.emptied.add(revision_id)
    return known
