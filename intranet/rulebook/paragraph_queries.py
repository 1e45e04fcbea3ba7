"""One paragraph of a rule: every wording it had, the decision behind each, and what was refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionShelf
from intranet.decisions.policy import audiences
from intranet.members.models import Body
from intranet.members.queries import today
from intranet.rulebook.attempts import Attempt, attempts, counts_in
from intranet.wiki.models import ParagraphAct
from intranet.wiki.provenance_queries import Wording, wordings
from intranet.wiki.queries import PageCard, page_card
from intranet.wiki.reading import address_of_former
from intranet.wiki.repeals import repeal_of


@dataclass(frozen=True)
class DecisionFacts:
    """How a decision fell: `counts` are empty when nobody counted for or against."""

    number: str
    title: str
    body_name: str | None
    decided_on: date | None
    counts: Mapping[str, int]


@dataclass(frozen=True)
class DatedWording:
    """A wording with the decision that brought it and the days on which it applied.

    `decision` is None where none stands in the register for this reader; `until` is the day on
    which a later wording took its place. `is_coming` says that it does not apply yet.
    """

    wording: Wording
    decision: DecisionFacts | None
    since: date | None
    until: date | None
    is_coming: bool


@dataclass(frozen=True)
class ParagraphHistory:
    """All that is known of one paragraph. `present` is the wording of today, None when it does
    not apply today; the wordings come with the newest first. `repealed_on` is the day on which its
    rule ends or ended, None while it has none."""

    page: PageCard
    block_id: str
    wordings: tuple[DatedWording, ...]
    present: DatedWording | None
    open_attempts: tuple[Attempt, ...]
    refused: tuple[Attempt, ...]
    repealed_on: date | None


def paragraph(reader: Reader, slug: str, block_id: str) -> ParagraphHistory:
    """The history of a paragraph, in a constant number of statements.

    Raises NotFound when the rule never held it, or is not for this reader.
    """
    page = page_card(reader, slug)
    found = wordings(reader, page.id, block_id)
    if not found:
        raise NotFound
    numbers = {wording.decision_number for wording in found if wording.decision_number}
    dated = _dated(reader, found, _decisions(reader, numbers))
    ended = repeal_of(reader, page.id)
    tried = attempts(reader, page.id, block_id)
    return ParagraphHistory(
        page=page,
        block_id=block_id,
        wordings=dated,
        present=_present(dated),
        open_attempts=tuple(one for one in tried if one.concluded_at is None),
        repealed_on=ended.repealed_on if ended else None,
        refused=tuple(one for one in tried if one.concluded_at is not None),
    )


def present_address(reader: Reader, slug: str) -> str | None:
    """The present address of a page that once had this one, or None."""
    return address_of_former(reader, slug)


def _decisions(reader: Reader, numbers: Collection[str]) -> dict[str, DecisionFacts]:
    query = (
        select(Decision.number, Decision.title, Body.name, Decision.decided_on, Decision.outcome)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .outerjoin(Body, Body.id == Decision.body_id)
        .where(Decision.number.in_(numbers), DecisionShelf.audience.in_(audiences(reader)))
    )
    return {
        number: DecisionFacts(number, title, body, decided_on, counts_in(outcome))
        for number, title, body, decided_on, outcome in reader.session.execute(query)
    }


def _dated(
    reader: Reader, found: list[Wording], decisions: Mapping[str, DecisionFacts]
) -> tuple[DatedWording, ...]:
    day, until = today(reader), None
    dated = []
    for wording in found:
        since = wording.in_force_on or wording.at.date()
        decision = decisions.get(wording.decision_number or "")
        dated.append(DatedWording(wording, decision, since, until, since > day))
        until = since
    return tuple(dated)


def _present(dated: tuple[DatedWording, ...]) -> DatedWording | None:
    """The wording that applies: the newest of those that are not to come, unless it took the
    paragraph out."""
    newest = next((one for one in dated if not one.is_coming), None)
    is_gone = newest is None or newest.wording.act == ParagraphAct.REMOVED
    return None if is_gone else newest
