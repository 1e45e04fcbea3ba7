"""What pages said before: found only by whoever asks for earlier wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlalchemy import Select, String, cast, literal, select
from sqlalchemy.orm import aliased

from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.search.port import Document
from intranet.search.sources.pages import in_use
from intranet.search.sources.source import CHUNK, Ids, Source, among, each, numbers
from intranet.wiki.addresses import page_address
from intranet.wiki.models import Page, Revision

MOST_REVISIONS = 200
"""Earlier texts of one page that are read, the last ones: a page edited every day for a year."""
MOST_CHARACTERS = 400_000
_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n")

State = tuple[Page, str, str]
"""A page, and the name and the text of one of its revisions."""


def _wordings(reader: Reader, ids: Ids | None) -> Iterator[Document]:
    """One document for each page that has changed: the paragraphs and names it once had and has
    no more, the last ones first. What is not yet in force is no earlier wording."""
    present = aliased(Revision)
    rows = reader.session.execute(
        select(Page, Revision.title, TextBody.body)
        .join(present, present.id == Page.current_revision_id)
        .join(Revision, Revision.page_id == Page.id)
        .join(TextBody, TextBody.digest == Revision.text_digest)
        .where(
            among(Page.id, numbers(ids)),
            in_use(reader),
            present.number > 1,
            Revision.number.between(present.number - MOST_REVISIONS, present.number),
        )
        .order_by(Page.id, Revision.number.desc())
        .execution_options(yield_per=CHUNK)
    )
    states: Iterator[State] = ((row[0], row[1], row[2]) for row in rows)
    pages = (
        (page, _gone((title, body) for _, title, body in several))
        for page, several in groupby(states, key=lambda state: state[0])
    )
    return each(
        ((page, gone) for page, gone in pages if gone),
        lambda pair: _wording(*pair),
        lambda pair: f"earlier wordings of page {pair[0].id}",
    )


def _gone(states: Iterable[tuple[str, str]]) -> str:
    """What earlier states say and the present one, which comes first, does not."""
    states = iter(states)
    known = set(_pieces(*next(states)))
    gone: list[str] = []
    left = MOST_CHARACTERS
    for title, body in states:
        for piece in _pieces(title, body):
            if piece not in known and left > 0:
                known.add(piece)
                gone.append(piece[:left])
                left -= len(piece)
    return "\n\n".join(gone)


def _pieces(title: str, body: str) -> Iterator[str]:
    yield title
    yield from (piece.strip() for piece in _BETWEEN_PARAGRAPHS.split(body) if piece.strip())


def _wording(page: Page, gone: str) -> Document:
    return Document(
        key=f"wording:{page.id}",
        kind="wording",
        title=page.title,
        body=gone,
        url=f"{page_address(page.slug)}/history",
        audience=page.audience,
        language=page.language,
    )


def _wordings_seen(reader: Reader, ids: Ids) -> Select[str, str]:
    return select(literal("wording"), cast(Page.id, String)).where(
        Page.id.in_(numbers(ids) or []), in_use(reader)
    )


WORDINGS = Source("wording", _wordings, _wordings_seen)
