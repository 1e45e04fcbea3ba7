"""The register as one document to print: every decision with its words and what follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import extract, select

from intranet.core.texts import TextBody
from intranet.core.transaction import Reader
from intranet.decisions import lineage
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.page_queries import LinkCard, link_card
from intranet.decisions.policy import audiences
from intranet.decisions.queries import DecisionRow, Filters, applying, everything
from intranet.members.queries import today
from intranet.wiki.spent_queries import spent

_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"""(\s(?:id|aria-labelledby|aria-describedby)="|\shref="\#)""")
_HEADING = re.compile(r"(</?h)([1-6])\b")


@dataclass(frozen=True)
class PrintedDecision:
    """One decision; the headings in `html` stand below the third level. `is_spent` says that no
    paragraph that it wrote in the rules is in force any more."""

    row: DecisionRow
    html: str
    links: tuple[LinkCard, ...]
    removed_because: str | None
    is_spent: bool


@dataclass(frozen=True)
class PrintedRegister:
    """All decisions the reader may see, by year, the newest first; None: the day is unknown."""

    on: date
    years: tuple[tuple[int | None, tuple[PrintedDecision, ...]], ...]
    total: int


def printed_register(reader: Reader, year: int | None = None) -> PrintedRegister:
    """The register of a year, or of all years, in a constant number of statements."""
    rows = everything(reader, Filters(year=year))
    shelved = reader.session.execute(
        select(Decision.number, DecisionShelf.html, TextBody.redacted_because)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .join(TextBody, TextBody.digest == Decision.text_digest)
        .where(DecisionShelf.audience.in_(audiences(reader)))
    )
    words = {number: (html, because) for number, html, because in shelved}
    day = today(reader)
    links = _links(reader, day)
    without_words = spent(reader, applying(rows))
    printed = [
        PrintedDecision(
            row,
            _within(words[row.number][0], row.number),
            tuple(links.get(row.number, ())),
            words[row.number][1],
            row.number in without_words,
        )
        for row in rows
    ]
    by_year = groupby(printed, key=lambda one: one.row.decided_on and one.row.decided_on.year)
    years = tuple((found, tuple(decisions)) for found, decisions in by_year)
    return PrintedRegister(day, years, len(printed))


def years_told(reader: Reader) -> tuple[int, ...]:
    """The years in which decisions that the reader may see were taken, the newest first."""
    year = extract("year", Decision.decided_on)
    query = (
        select(year)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(DecisionShelf.audience.in_(audiences(reader)), Decision.decided_on.is_not(None))
        .distinct()
    )
    return tuple(sorted((int(one) for one in reader.session.scalars(query)), reverse=True))


def _links(reader: Reader, day: date) -> dict[str, list[LinkCard]]:
    """What each decision does to others and others do to it, by number."""
    known = lineage.whole(reader)
    found: dict[str, list[LinkCard]] = {}
    for act in sorted(known.lineage.acts, key=lambda act: (act.by, act.kind, act.to)):
        for number in (act.to, act.by):
            card = link_card(known, act, number, day)
            if card is not None:
                found.setdefault(number, []).append(card)
    return found


def _within(html: str, number: str) -> str:
    """The words of one decision among many: their anchors bear its number, and their headings
    stand below its own."""

    def lower(match: re.Match[str]) -> str:
        return f"{match[1]}{min(int(match[2]) + 2, 6)}"

    def placed(tag: re.Match[str]) -> str:
        return _HEADING.sub(lower, _NAME.sub(rf"\g<1>{number}-", tag[0]))

    return _TAG.sub(placed, html)
