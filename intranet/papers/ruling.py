"""The page that an old decision made a rule. The command that asks for it was authorised."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Transaction
from intranet.decisions.entry import Entry
from intranet.decisions.models import DecisionResult
from intranet.members.queries import today
from intranet.members.statuses import Audience, of_statuses
from intranet.proposals import queries as proposals
from intranet.wiki import becoming, sources
from intranet.wiki.models import Layer
from intranet.wiki.sources import PageSource


@dataclass(frozen=True)
class MadeRule:
    """A page by the name or the address that a person typed, and the rank it has as a rule."""

    page: str
    layer: str


def page_meant(tx: Transaction, made: MadeRule, entry: Entry) -> PageSource:
    """The page that this decision makes a rule, looked at from every side. Raises Invalid.

    A page that is a rule already is refused: it changes by an adopted amendment only.
    """
    try:
        page = sources.page_source_named(tx, made.page)
    except NotFound as unknown:
        raise Invalid(rule_page="papers.page_unknown") from unknown
    wrong = _wrong_page(tx, page)
    if wrong:
        raise Invalid(rule_page=wrong)
    if made.layer not in set(Layer):
        raise Invalid(layer="papers.layer_missing")
    if entry.result != DecisionResult.ADOPTED:
        raise Invalid(rule_page="papers.not_adopted")
    if entry.ends_on is not None and entry.ends_on < today(tx):
        raise Invalid(rule_page="papers.no_longer_applies")
    narrowest_first = [str(audience) for audience in Audience]
    if narrowest_first.index(entry.audience) < narrowest_first.index(page.audience):
        raise Invalid(audience=f"papers.rule_for_{page.audience}")
    return page


def _wrong_page(tx: Transaction, page: PageSource) -> str:
    """Why a page cannot become a rule now; "" when it can."""
    if page.is_rule:
        return "papers.page_is_a_rule"
    if not of_statuses(page.audience):
        return "papers.page_is_closed"
    if page.is_archived:
        return "papers.page_is_archived"
    if not page.source.strip():
        return "papers.page_is_empty"
    return "papers.page_is_voted_on" if proposals.is_held(tx, page.page_id) else ""


def make_rule(
    tx: Transaction, page: PageSource, layer: str, entry: Entry, decision_number: str
) -> None:
    """Make the page a rule in its present words, from the day on which the decision applies."""
    day = entry.effective_on or entry.decided_on
    assert day is not None  # noqa: S101
    decided = becoming.Decided(decision_number, day, tx.actor.person_id, entry.title)
    becoming.make_rule(tx, page.page_id, layer, page.source, decided)
