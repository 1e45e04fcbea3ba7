"""Who may change a rule: the procedures that it names from then on, or again all of its rank."""

from __future__ import annotations

import json

from intranet.core.db import insert_once
from intranet.core.policy import Conflict
from intranet.core.transaction import Reader, Transaction
from intranet.polls import procedure_queries as procedures
from intranet.proposals import strength
from intranet.proposals.kinds.kind import Enactment, Issue
from intranet.proposals.models import HeldBlock, Proposal, ProposalVersion
from intranet.voting.counted import Counted
from intranet.wiki import effects as wiki_effects
from intranet.wiki import rules
from intranet.wiki.rules import RuleText

NAMES = "deciders"
"""The place held by such a vote: what the rule says of itself."""


def named_in(version: ProposalVersion) -> tuple[str, ...]:
    """The keys of the procedures that a version names; none gives the rule back to its rank."""
    return tuple(json.loads(version.deciders))


class Deciders:
    """The procedures that alone may change a rule.

    It is decided by one of those that may change the rule today. `text` says the names in words:
    what was voted is what the rule then names.
    """

    key = "deciders"

    def page_audience(self, reader: Reader, page_id: int) -> str:
        """The audience of the rule. Raises NotFound for a page that is none."""
        return rules.rule_text(reader, page_id).audience

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """It changes something, leaves the rule a way to be changed, and is decided by one of
        those who may."""
        assert proposal.page_id is not None  # noqa: S101
        rule = rules.rule_text(reader, proposal.page_id)
        named = named_in(version)
        found = []
        if set(named) == set(rule.deciders):
            found.append(Issue("deciders_unchanged"))
        found += _unfit(reader, rule, named)
        procedure = procedures.procedure(reader, proposal.procedure_key)
        found += strength.too_weak(reader, rule, procedure)
        held = reader.session.get(HeldBlock, (rule.page_id, NAMES))
        if held is not None and held.proposal_id != proposal.id:
            found.append(Issue("another_vote_on_the_rule_itself"))
        return found

    def voted_text(self, version: ProposalVersion) -> str:
        """The names in words, as this version says them."""
        return version.text

    def decided_text(self, version: ProposalVersion, _counted: Counted) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, _version: ProposalVersion) -> None:
        """One such vote at a time on each rule: the primary key refuses a second one."""
        key = {"page_id": proposal.page_id, "block_id": NAMES}
        if not insert_once(tx.session, HeldBlock, **key, proposal_id=proposal.id):
            raise Conflict("proposals.deciders_are_held")

    def links(
        self, _reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """The links its author wrote down."""
        return [(kind, number) for kind, number in json.loads(version.links)]

    def enact(
        self,
        tx: Transaction,
        proposal: Proposal,
        version: ProposalVersion,
        enactment: Enactment,
    ) -> None:
        """The rule names these procedures from now on."""
        assert proposal.page_id is not None  # noqa: S101
        named = named_in(version)
        wiki_effects.name_deciders(tx, proposal.page_id, named, enactment.decision_number)


def _unfit(reader: Reader, rule: RuleText, named: tuple[str, ...]) -> list[Issue]:
    """Procedures named that are out of use or of other ranks, and a list that changes nothing."""
    cards = {card.key: card for card in procedures.procedures(reader)}
    fit = [cards[key] for key in named if key in cards and rule.layer in cards[key].layers]
    unfit = [key for key in named if key not in {card.key for card in fit}]
    if unfit:
        return [Issue("decider_unfit", {"procedure": ", ".join(_names(reader, unfit))})]
    if named and not any(
        not one.course.kinds or {"amendment", KIND.key} <= set(one.course.kinds) for one in fit
    ):
        return [Issue("rule_could_never_change")]
    return []


def _names(reader: Reader, keys: list[str]) -> list[str]:
    return [procedures.procedure(reader, key).name for key in keys]


KIND = Deciders()
