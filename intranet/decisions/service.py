"""Entering what was decided elsewhere, correcting a wording, and filing decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, select

from intranet.core.events import canonical
from intranet.core.markdown import LIMIT_CHARACTERS
from intranet.core.policy import Conflict, Invalid, NotFound
from intranet.core.text import UnusableLine, clean_line
from intranet.core.texts import text_digest
from intranet.core.transaction import Transaction
from intranet.decisions.effects import add_link, enter, enter_as, link
from intranet.decisions.entry import Entered, Entry
from intranet.decisions.events import DecisionAudienceChanged, DecisionTagged
from intranet.decisions.models import (
    Decision,
    DecisionResult,
    DecisionShelf,
    DecisionTag,
    LinkKind,
)
from intranet.decisions.numbers import Numbered, keep_ahead, parsed
from intranet.decisions.policy import (
    RECTIFICATION,
    audiences,
    may_read_decision,
    may_record,
    may_rectify,
    may_set_audience,
    may_tag,
)
from intranet.members.models import Body
from intranet.members.queries import today

BY_HAND = "by_hand"
_COMPARED = ("source", "title", "status", "date", "status")
LONGEST_TITLE = 255
LONGEST_TAG = 60
MOST_TAGS = 12


@dataclass(frozen=True)
class OldDecision:
    """A decision taken before this register, as a person copies it from a paper.

    `number` is the one on the paper, if it is of our kind and from a year that is over; else the
    next one is given. `counts` are the numbers of the paper by option; nothing is computed from
    them. `how` names the rule it was decided by. `links` are pairs of kind and number.
    """

    body_id: int
    title: str
    text: str
    decided_on: date
    result: str = DecisionResult.ADOPTED
    effective_on: date | None = None
    review_on: date | None = None
    ends_on: date | None = None
    retroactive_because: str = ""
    audience: str = "workers"
    number: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    electorate_size: int | None = None
    how: str = ""
    tags: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()


def enter_by_hand(tx: Transaction, old: OldDecision) -> Entered:
    """Enter a decision from a paper; it is marked as entered by hand for ever.

    Raises Invalid naming the field, Conflict for links in a circle.
    """
    tx.require(may_record)
    body = tx.session.get(Body, old.body_id)
    if body is None:
        raise Invalid(body="body_missing")
    entry = _checked(tx, old, body)
    _check_links(tx, old.links)
    numbered = _number_of_paper(tx, old, body)
    entered = enter_as(tx, entry, numbered) if numbered else enter(tx, entry)
    for kind, number in old.links:
        link(tx, entered.number, number, kind)
    return entered


def _checked(tx: Transaction, old: OldDecision, body: Body) -> Entry:
    """The entry, with every field looked at. Raises Invalid."""
    _check_text(old.text)
    _check_dates(tx, old)
    if old.result not in (DecisionResult.ADOPTED, DecisionResult.REJECTED):
        raise Invalid(result="decision_result_unknown")
    if old.audience not in audiences(tx):
        raise Invalid(audience="decision_audience_unknown")
    has_count = any(old.counts.values())
    if any(number < 0 for number in (*old.counts.values(), old.electorate_size or 0)):
        raise Invalid(counts="decision_count_negative")
    if old.electorate_size and sum(old.counts.values()) > old.electorate_size:
        raise Invalid(electorate_size="decision_more_votes_than_people")
    return Entry(
        body_id=body.id,
        body_code=body.code,
        title=_clean_title(old.title),
        text=old.text.strip(),
        result=old.result,
        decided_on=old.decided_on,
        effective_on=old.effective_on,
        review_on=old.review_on,
        ends_on=old.ends_on,
        retroactive_because=old.retroactive_because.strip() or None,
        origin_kind=BY_HAND,
        outcome=canonical({"counts": dict(old.counts)}) if has_count else "",
        procedure=canonical({"name": old.how.strip()}) if old.how.strip() else "",
        electorate_size=old.electorate_size,
        audience=old.audience,
        tags=clean_tags(old.tags),
    )


def _clean_title(title: str) -> str:
    try:
        return clean_line(title, LONGEST_TITLE)
    except UnusableLine as problem:
        is_long = problem.reason == "too_long"
        raise Invalid(
            title="decision_title_too_long" if is_long else "decision_title_missing"
        ) from problem


def _check_text(text: str) -> None:
    if not text.strip():
        raise Invalid(text="decision_text_missing")
    if len(text) > LIMIT_CHARACTERS or "\x00" in text:
        raise Invalid(text="decision_text_too_long")


def _check_dates(tx: Transaction, old: OldDecision) -> None:
    """The dates in their order; an effect before the decision needs a reason."""
    starts_on = old.effective_on or old.decided_on
    if old.decided_on > today(tx):
        raise Invalid(decided_on="decided_in_the_future")
    if starts_on < old.decided_on and not old.retroactive_because.strip():
        raise Invalid(retroactive_because="retroactive_without_reason")
    if old.ends_on is not None and old.ends_on < starts_on:
        raise Invalid(ends_on="ends_before_it_starts")
    if old.review_on is not None and old.review_on < starts_on:
        raise Invalid(review_on="review_before_it_starts")


def _check_links(tx: Transaction, links: Sequence[tuple[str, str]]) -> None:
    """Every link names a known kind and a decision of the register. Raises Invalid."""
    numbers = {number for _, number in links}
    known = set(tx.session.scalars(select(Decision.number).where(Decision.number.in_(numbers))))
    if numbers - known or {kind for kind, _ in links} - set(LinkKind):
        raise Invalid(links="linked_decision_unknown")


def _number_of_paper(tx: Transaction, old: OldDecision, body: Body) -> Numbered | None:
    """The number on the paper when there is one. Raises Invalid when it cannot be kept."""
    if not old.number.strip():
        return None
    numbered = parsed(old.number, body.code)
    if numbered is None or numbered.sequence == 0 or numbered.year != old.decided_on.year:
        raise Invalid(number="number_of_another_kind")
    if numbered.year >= today(tx).year:
        raise Invalid(number="number_given_by_the_register")
    if tx.session.scalar(select(Decision.id).where(Decision.number == numbered.number)):
        raise Invalid(number="number_taken")
    keep_ahead(tx, body.code, numbered)
    return numbered


def clean_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """The words without doubles and outer spaces, in order. Raises Invalid when they are many."""
    found = sorted({tag for typed in tags if (tag := " ".join(typed.split()).casefold())})
    if len(found) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in found):
        raise Invalid(tags="decision_tags_too_many")
    return tuple(found)


def _subject(tx: Transaction, number: str) -> tuple[Decision, DecisionShelf]:
    """A decision and its shelf. Raises NotFound, also when the actor may not read it."""
    row = tx.session.execute(
        select(Decision, DecisionShelf)
        .join(DecisionShelf, DecisionShelf.decision_id == Decision.id)
        .where(Decision.number == number)
    ).one_or_none()
    if row is None or not may_read_decision(tx, row.DecisionShelf):
        raise NotFound
    return row.Decision, row.DecisionShelf


def rectify(tx: Transaction, number: str, text: str, because: str) -> Entered:
    """Correct the wording of a decision by a new entry that points to it.

    The original keeps its text, number and vote; both are shown. Raises NotFound, Refused,
    Invalid.
    """
    original, shelf = _subject(tx, number)
    tx.require(may_rectify, original)
    _check_text(text)
    if not because.strip():
        raise Invalid(because="rectified_without_reason")
    body = tx.session.get(Body, original.body_id) if original.body_id else None
    entry = Entry(
        body_id=original.body_id,
        body_code=body.code if body else original.number.split("-")[0],
        title=original.title,
        text=text.strip(),
        result=DecisionResult.ADOPTED,
        decided_on=today(tx),
        origin_kind=RECTIFICATION,
        origin_id=original.id,
        procedure=canonical({"because": because.strip()}),
        audience=shelf.audience,
    )
    entered = enter(tx, entry)
    link(tx, entered.number, original.number, LinkKind.RECTIFIES)
    return entered


def import_decision(tx: Transaction, numbered: Numbered, entry: Entry) -> bool:
    """Take over a decision of a register kept elsewhere; whether it is new here.

    Raises Conflict when the register holds another decision under this number, or this one with
    other words: a record is never rewritten.
    """
    tx.require(may_record)
    held = tx.session.scalars(
        select(Decision).where(Decision.number == numbered.number)
    ).one_or_none()
    if held is not None:
        _check_same(held, entry)
        return False
    source = tx.session.scalar(select(Decision.number).where(Decision.source == entry.source))
    if source is not None:
        raise Conflict("decisions.source_taken", number=source)
    if numbered.year:
        keep_ahead(tx, numbered.number.split("-")[0], numbered)
    enter_as(tx, entry, numbered)
    return True


def _check_same(held: Decision, entry: Entry) -> None:
    """Raise Conflict naming the first thing in which the record and the entry differ."""
    stored = (held.source, held.title, held.result, held.decided_on, held.source_status)
    read = (entry.source, entry.title.strip(), entry.result, entry.decided_on, entry.source_status)
    for name, old, new in zip(_COMPARED, stored, read, strict=True):
        if old != new:
            raise Conflict("decisions.recorded_otherwise", field=name)
    if held.text_digest != text_digest(entry.text):
        raise Conflict("decisions.recorded_otherwise", field="text")


def import_link(tx: Transaction, from_number: str, to_number: str, kind: LinkKind) -> bool:
    """Take over a link of which the register may hold one end only; whether it is new.

    Raises Conflict for a circle.
    """
    tx.require(may_record)
    return add_link(tx, from_number, to_number, kind)


def tag(tx: Transaction, number: str, tags: Sequence[str]) -> None:
    """File a decision under these words instead of those before. Raises NotFound, Invalid."""
    decision, shelf = _subject(tx, number)
    tx.require(may_tag, shelf)
    words = clean_tags(tags)
    tx.session.execute(delete(DecisionTag).where(DecisionTag.decision_id == decision.id))
    tx.session.add_all(DecisionTag(decision_id=decision.id, tag=word) for word in words)
    tx.record(DecisionTagged(decision.id, decision.number))


def set_audience(tx: Transaction, number: str, audience: str) -> None:
    """Choose who may read a decision. Raises NotFound, Refused."""
    decision, shelf = _subject(tx, number)
    tx.require(may_set_audience, shelf, audience)
    if shelf.audience != audience:
        shelf.audience = audience
        tx.record(DecisionAudienceChanged(decision.id, decision.number, audience))
