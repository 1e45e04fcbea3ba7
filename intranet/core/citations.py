"""Which texts cite which decision of the register: noted as a text is written, from its HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import Index, bindparam, delete, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from intranet.core.db import Base, run

# The mark beside a paragraph of a rule names the decision that made it; that is no citation.
CITATION = re.compile(
    r'(?<!<span class="provenance">)<a (?P<before>[^<>]*?)href="/decisions/(?P<number>[^"#?/<>]+)"'
    r"(?P<after>[^<>]*)>(?P<label>.*?)</a>",
    re.DOTALL,
)
_NUMBER = re.compile(r"(?:(?P<series>[A-Z][A-Z0-9-]*)-)?(?P<year>[0-9]{4})-(?P<last>[0-9]{1,5})")


class Citation(Base):
    """One text cites one decision. `number` is as it was typed, in full form: AG-2026-014, or
    2026-014 when the author left out who decided."""

    __tablename__ = "citation"
    source_kind: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (Index("ix_citation_number", "number"),)


_FORGET = delete(Citation).where(
    Citation.source_kind == bindparam("kind"), Citation.source_id == bindparam("number")
)
_KEEP = insert(Citation)


def in_full(typed: str) -> str:
    """A number as the register writes it: capitals, and three digits at least. Others as typed."""
    match = _NUMBER.fullmatch(typed.strip().upper())
    if match is None:
        return typed.strip()
    series = f"{match['series']}-" if match["series"] else ""
    return f"{series}{match['year']}-{match['last'].zfill(3)}"


def year_and_sequence(number: str) -> tuple[int, int] | None:
    """The parts of a number that names no body, 2026-014, or None."""
    match = _NUMBER.fullmatch(number)
    if match is None or match["series"]:
        return None
    return int(match["year"]), int(match["last"])


def cited_in(html: str) -> Iterator[str]:
    """The numbers of the decisions that a rendered text links to, in full form."""
    if "/decisions/" in html:
        for match in CITATION.finditer(html):
            yield in_full(match["number"])


def keep_citations(session: Session, kind: str, source_id: int, texts: Iterable[str]) -> None:
    """Replace what is known of the decisions that a text cites by what its HTML says now."""
    run(session, _FORGET, {"kind": kind, "number": source_id})
    numbers = {number for html in texts for number in cited_in(html)}
    if numbers:
        source = {"source_kind": kind, "source_id": source_id}
        run(session, _KEEP, [{**source, "number": number} for number in sorted(numbers)])
