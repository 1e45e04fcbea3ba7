"""Entering by hand what was decided on paper, and making a rule of the page it was about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from intranet.core.events import canonical
from intranet.core.policy import Invalid
from intranet.core.text import UnusableLine, clean_line
from intranet.core.transaction import Transaction
from intranet.decisions.actions.service import Plan as Plan
from intranet.decisions.actions.service import plan_action
from intranet.decisions.effects import Entered, Entry, enter, enter_as, link
from intranet.decisions.entry import check_text, clean_tags
from intranet.decisions.models import Decision, DecisionResult, LinkKind
from intranet.decisions.numbers import Numbered, keep_ahead, parsed
from intranet.decisions.policy import audiences, may_record
from intranet.members.models import Body
from intranet.members.queries import today
from intranet.papers import ruling
from intranet.papers.ruling import MadeRule

BY_HAND = "by_hand"
LONGEST_TITLE = 255


@dataclass(frozen=True)
class OldDecision:
    """A decision taken before this register, as a person copies it from a paper.

    `number` is the one on the paper, if it is of our kind and from a year that is over; else the
    next one is given. `counts` are the numbers of the paper by option; nothing is computed from
    them. `how` names the procedure. `links` are pairs of kind and number. `rule` is the page that
    it made a rule, if it did, and `action` what is still to be done because of it.
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
    rule: MadeRule | None = None
    action: Plan | None = None


def enter_by_hand(tx: Transaction, old: OldDecision) -> Entered:
    """Enter a decision from a paper; it is marked as entered by hand for ever.

    The page that it made a rule becomes one in its present words, each paragraph bearing the
    decision from its day. Raises Invalid naming the field, Conflict for links in a circle.
    """
    tx.require(may_record)
    body = tx.session.get(Body, old.body_id)
    if body is None:
        raise Invalid(body="body_missing")
    entry = _checked(tx, old, body)
    _check_links(tx, old.links)
    page = ruling.page_meant(tx, old.rule, entry) if old.rule else None
    numbered = _number_of_paper(tx, old, body)
    entered = enter_as(tx, entry, numbered) if numbered else enter(tx, entry)
    for kind, number in old.links:
        link(tx, entered.number, number, kind)
    if old.rule and page:
        ruling.make_rule(tx, page, old.rule.layer, entry, entered.number)
    if old.action:
        plan_action(tx, entered.number, old.action)
    return entered


def _checked(tx: Transaction, old: OldDecision, body: Body) -> Entry:
    """The entry, with every field looked at. Raises Invalid."""
    check_text(old.text)
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
