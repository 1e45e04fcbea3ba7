"""Taking over another register, correcting a wording, and filing decisions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from intranet.core.events import canonical
from intranet.core.policy import Conflict, Invalid
from intranet.core.texts import text_digest
from intranet.core.transaction import Transaction
from intranet.decisions.effects import add_link, enter, enter_as, link
from intranet.decisions.entry import Entered, Entry, check_text, clean_tags
from intranet.decisions.events import DecisionAudienceChanged, DecisionTagged
from intranet.decisions.models import (
    Decision,
    DecisionResult,
    DecisionTag,
    LinkKind,
)
from intranet.decisions.numbers import Numbered, keep_ahead
from intranet.decisions.policy import (
    RECTIFICATION,
    may_record,
    may_rectify,
    may_set_audience,
    may_tag,
)
from intranet.decisions.subjects import subject
from intranet.members.models import Body
from intranet.members.queries import today

_COMPARED = ("source", "title", "status", "date")


def rectify(tx: Transaction, number: str, text: str, because: str) -> Entered:
    """Correct the wording of a decision by a new entry that points to it.

    The original keeps its text, number and vote; both are shown. Raises NotFound, Refused,
    Invalid.
    """
    original, shelf = subject(tx, number)
    tx.require(may_rectify, original)
    check_text(text)
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
    other words: a record is never rewritten. The reason `decisions.said_otherwise_now` tells that
    number, source, title, result and day are the same, and only the words around them moved on.
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
    stored = (held.source, held.title, held.result, held.decided_on)
    read = (entry.source, entry.title.strip(), entry.result, entry.decided_on)
    for name, old, new in zip(_COMPARED, stored, read, strict=True):
        if old != new:
            raise Conflict("decisions.recorded_otherwise", field=name)
    if held.source_status != entry.source_status:
        raise Conflict("decisions.said_otherwise_now", field="status")
    if held.text_digest != text_digest(entry.text):
        raise Conflict("decisions.said_otherwise_now", field="text")


def import_link(tx: Transaction, from_number: str, to_number: str, kind: LinkKind) -> bool:
    """Take over a link of which the register may hold one end only; whether it is new.

    Raises Conflict for a circle.
    """
    tx.require(may_record)
    return add_link(tx, from_number, to_number, kind)


def tag(tx: Transaction, number: str, tags: Sequence[str]) -> None:
    """File a decision under these words instead of those before; the journal says which came and
    which went. Raises NotFound, Invalid."""
    decision, shelf = subject(tx, number)
    tx.require(may_tag, shelf)
    words = set(clean_tags(tags))
    own = DecisionTag.decision_id == decision.id
    before = set(tx.session.scalars(select(DecisionTag.tag).where(own)))
    added, removed = tuple(sorted(words - before)), tuple(sorted(before - words))
    if not added and not removed:
        return
    tx.session.execute(delete(DecisionTag).where(own, DecisionTag.tag.in_(removed)))
    tx.session.add_all(DecisionTag(decision_id=decision.id, tag=word) for word in added)
    tx.record(DecisionTagged(decision.id, decision.number, added, removed))


def set_audience(tx: Transaction, number: str, audience: str) -> None:
    """Choose who may read a decision. Raises NotFound, Refused."""
    decision, shelf = subject(tx, number)
    tx.require(may_set_audience, shelf, audience)
    if shelf.audience != audience:
        shelf.audience = audience
        tx.record(DecisionAudienceChanged(decision.id, decision.number, audience))
