"""Another place for a rule: right after another one, or before all others of its rank."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from intranet.core.db import insert_once
from intranet.core.events import canonical
from intranet.core.policy import Conflict
from intranet.core.transaction import Reader, Transaction
from intranet.polls import procedure_queries as procedures
from intranet.proposals import strength
from intranet.proposals.kinds.kind import Enactment, Issue, links_written
from intranet.proposals.models import WHOLE_PAGE, HeldBlock, Proposal, ProposalVersion
from intranet.voting.counted import Counted
from intranet.wiki import placing, repeals, rules
from intranet.wiki.rules import RuleText

PLACE = "place"
"""The place held by a vote on where a rule stands, which is none of its paragraphs."""


@dataclass(frozen=True)
class NewPlace:
    """The rule after which another one would stand; None for before all others."""

    after_id: int | None

    def to_text(self) -> str:
        """The place as a version stores it."""
        return canonical(asdict(self))

    @classmethod
    def from_text(cls, stored: str) -> NewPlace:
        """The place that `to_text` wrote."""
        return cls(json.loads(stored)["after_id"])


class Reorder:
    """A rule that takes another place: its number changes, and that of others with it."""

    key = "reorder"

    def page_audience(self, reader: Reader, page_id: int) -> str:
        """The audience of the rule. Raises NotFound for a page that is none."""
        return rules.rule_text(reader, page_id).audience

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """The rule applies, the other one is of its rank and not below it, and no vote is on."""
        assert proposal.page_id is not None  # noqa: S101
        rule = rules.rule_text(reader, proposal.page_id)
        found = []
        if repeals.repeal_of(reader, rule.page_id) is not None:
            found.append(Issue("rule_is_repealed", {"page": rule.title}))
        if not _is_possible(reader, rule, NewPlace.from_text(version.particulars)):
            found.append(Issue("place_is_gone"))
        procedure = procedures.procedure(reader, proposal.procedure_key)
        found += strength.too_weak(reader, rule, procedure)
        for name in (PLACE, WHOLE_PAGE):
            held = reader.session.get(HeldBlock, (rule.page_id, name))
            if held is not None and held.proposal_id != proposal.id:
                found.append(Issue("another_vote_on_the_page"))
        return found

    def voted_text(self, version: ProposalVersion) -> str:
        """The sentence that says where the rule would stand, and the words of the author."""
        return version.text

    def decided_text(self, version: ProposalVersion, _counted: Counted, _voted: str) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, _version: ProposalVersion) -> None:
        """One such vote at a time on each rule, and none while its repeal is voted on."""
        key = {"page_id": proposal.page_id, "block_id": PLACE}
        if not insert_once(tx.session, HeldBlock, **key, proposal_id=proposal.id):
            raise Conflict("proposals.page_is_held")
        if tx.session.get(HeldBlock, (proposal.page_id, WHOLE_PAGE)) is not None:
            raise Conflict("proposals.page_is_held")

    def links(
        self, _reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """The links its author wrote down."""
        return links_written(version)

    def enact(
        self, tx: Transaction, proposal: Proposal, version: ProposalVersion, enactment: Enactment
    ) -> None:
        """The rule stands there from its day, and the articles of a day have its numbers."""
        assert proposal.page_id is not None  # noqa: S101
        after = NewPlace.from_text(version.particulars).after_id
        number, day = enactment.decision_number, enactment.in_force_on
        placing.place_rule(tx, proposal.page_id, after, number, day)


def _is_possible(reader: Reader, rule: RuleText, place: NewPlace) -> bool:
    others = {page_id for page_id, _name in placing.neighbours(reader, rule.page_id)}
    return place.after_id is None or place.after_id in others


KIND = Reorder()
