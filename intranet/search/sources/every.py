"""The one list of what is searchable."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import select, union_all

from intranet.core.transaction import Reader
from intranet.decisions import lineage
from intranet.decisions.models import Decision
from intranet.search.port import Document
from intranet.search.sources.beside_pages import PAGE_COMMENTS, PAGE_FILES, beside_pages
from intranet.search.sources.pages import PAGES, pages_below
from intranet.search.sources.people import PEOPLE
from intranet.search.sources.proposed import COMMENTS, PROPOSALS, SUGGESTIONS, on_proposals
from intranet.search.sources.register import DECISIONS, FILES, MINUTES, files_beside
from intranet.search.sources.wordings import WORDINGS
from intranet.wiki.models import Revision
from intranet.wiki.repeals import RuleRepeal

SOURCES = {
    source.kind: source
    for source in (
        PAGES,
        DECISIONS,
        PROPOSALS,
        SUGGESTIONS,
        COMMENTS,
        PAGE_COMMENTS,
        MINUTES,
        FILES,
        PAGE_FILES,
        PEOPLE,
        WORDINGS,
    )
}
BESIDE = {"page": ("wording",), "decision": ("minutes",), "comment": ("page_comment",)}
"""What has the same number as another thing and changes with it; a comment is either of the two."""


def grouped(keys: Iterable[str]) -> Mapping[str, list[str]]:
    """The keys by kind, without it."""
    found: dict[str, list[str]] = {}
    for key in sorted(keys):
        kind, _, value = key.partition(":")
        found.setdefault(kind, []).append(value)
    return found


def documents(reader: Reader, keys: Iterable[str] | None = None) -> Iterator[Document]:
    """The documents of these keys, or of everything, as they are now; what is gone or put away
    yields none, and what cannot be read is reported and left out.

    The reader must be the system: the audience goes into each document.
    """
    if keys is None:
        for source in SOURCES.values():
            yield from source.make(reader, None)
        return
    for kind, ids in grouped(keys).items():
        yield from SOURCES[kind].make(reader, ids)


def with_beside(keys: Iterable[str]) -> set[str]:
    """The keys, and those of what changes with the same things."""
    found = set(keys)
    for key in tuple(found):
        kind, _, value = key.partition(":")
        found |= {f"{other}:{value}" for other in BESIDE.get(kind, ())}
    return found


def depending_on(reader: Reader, keys: Iterable[str]) -> set[str]:
    """The keys of what takes its readers, its title or its place from these pages and proposals:
    the pages below with their files, the proposals about all of them, and what was said there."""
    several = grouped(keys)
    pages = pages_below(reader, map(int, several.get("page", ())))
    proposals = [int(value) for value in several.get("proposal", ())]
    below = {f"page:{number}" for number in pages} | beside_pages(reader, sorted(pages))
    return with_beside(below) | on_proposals(reader, sorted(pages), proposals)


def files_of(reader: Reader, keys: Iterable[str]) -> set[str]:
    """The keys of the files beside these decisions, which have the readers of the decision."""
    numbers = grouped(keys).get("decision", ())
    return {f"file:{number}" for number in files_beside(reader, numbers)}


def moved_by(reader: Reader, keys: Iterable[str]) -> set[str]:
    """The keys of the decisions whose state follows from these ones."""
    numbers = grouped(keys).get("decision", ())
    return {f"decision:{number}" for number in lineage.downstream(reader, numbers)}


def written_into(reader: Reader, keys: Iterable[str]) -> set[str]:
    """The keys of the decisions that ever wrote into these rules: it is theirs to say whether
    anything of that is still in force."""
    pages = [int(value) for value in grouped(keys).get("page", ())]
    wrote = select(Revision.decision_number).where(
        Revision.page_id.in_(pages), Revision.decision_number.is_not(None)
    )
    return {f"decision:{number}" for number in reader.session.scalars(wrote.distinct())}


def began_between(reader: Reader, after: date, until: date) -> set[str]:
    """The keys of what another state came to after a day, until another one, by the day alone:
    decisions that began to apply, with those whose state follows, rules that were repealed, and the
    decisions whose words gave way in a rule."""
    began = select(Decision.number).where(
        Decision.effective_on > after, Decision.effective_on <= until
    )
    numbers = set(reader.session.scalars(began))
    repealed = select(RuleRepeal.page_id).where(
        RuleRepeal.repealed_on > after, RuleRepeal.repealed_on <= until
    )
    pages = {f"page:{number}" for number in reader.session.scalars(repealed)}
    rewritten = select(Revision.page_id).where(
        Revision.in_force_on > after, Revision.in_force_on <= until
    )
    rules = pages | {f"page:{number}" for number in reader.session.scalars(rewritten)}
    moved = moved_by(reader, {f"decision:{number}" for number in numbers})
    return pages | moved | written_into(reader, rules)


def still_visible(reader: Reader, keys: Collection[str]) -> set[str]:
    """Of these keys, those the reader may see by the rights of this moment; one statement."""
    if not keys:
        return set()
    parts = (SOURCES[kind].visible(reader, ids) for kind, ids in grouped(keys).items())
    return {f"{kind}:{value}" for kind, value in reader.session.execute(union_all(*parts))}
