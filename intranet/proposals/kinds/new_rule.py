"""A new rule, with its name, its rank and its place in the tree, in the very words voted."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from intranet.core.events import canonical
from intranet.core.markdown import TooLong, refuse_too_long
from intranet.core.policy import Invalid, NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.members.statuses import readers_of_a_record
from intranet.polls import procedure_queries as procedures
from intranet.proposals.kinds.kind import Enactment, Issue, links_written
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.voting.counted import Counted
from intranet.wiki import effects as wiki_effects
from intranet.wiki.models import Layer, Page
from intranet.wiki.names import free_title, new_title


@dataclass(frozen=True)
class RulePlace:
    """The name of the rule, its rank, its language and the page under which it would stand."""

    title: str
    layer: Layer
    language: str
    parent_id: int | None = None

    def to_text(self) -> str:
        """The place as a version stores it."""
        return canonical(asdict(self))

    @classmethod
    def from_text(cls, stored: str) -> RulePlace:
        """The place that `to_text` wrote."""
        told = json.loads(stored)
        return cls(**{**told, "layer": Layer(told["layer"])})


class NewRuleProposal:
    """A rule page that is not there yet."""

    key = "new_rule"

    def page_audience(self, _reader: Reader, _page_id: int) -> str:
        """Its page is not there yet: raises NotFound."""
        raise NotFound

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """There is a text a page can hold, a free name, and a procedure strong enough."""
        place = RulePlace.from_text(version.particulars)
        found = [] if version.text.strip() else [Issue("text_missing")]
        try:
            new_title(reader.session, place.title)
        except Invalid:
            found.append(Issue("rule_name_taken", {"page": place.title}))
        try:
            refuse_too_long(version.text)
        except TooLong:
            found.append(Issue("rule_too_long", {"page": place.title}))
        procedure = procedures.procedure(reader, proposal.procedure_key)
        if place.layer not in procedure.layers:
            found.append(Issue("procedure_too_weak", {"procedure": procedure.name}))
        return found

    def voted_text(self, version: ProposalVersion) -> str:
        """The name of the rule over its text."""
        place = RulePlace.from_text(version.particulars)
        return f"# {place.title}\n\n{version.text}"

    def decided_text(self, version: ProposalVersion, _counted: Counted, _voted: str) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, version: ProposalVersion) -> None:
        """Nothing stands still: should a page take the name meanwhile, the rule gets a number."""

    def links(
        self, _reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """The links its author wrote down."""
        return links_written(version)

    def enact(
        self, tx: Transaction, proposal: Proposal, version: ProposalVersion, enactment: Enactment
    ) -> None:
        """Write the rule, every paragraph bearing the decision; a parent gone leaves it on top."""
        place = RulePlace.from_text(version.particulars)
        parent = tx.session.get(Page, place.parent_id) if place.parent_id else None
        rule = wiki_effects.NewRule(
            layer=place.layer,
            title=free_title(tx.session, place.title),
            text=version.text,
            audience=readers_of_a_record(proposal.readers),
            language=place.language,
            parent_id=parent.id if parent else None,
        )
        number, day = enactment.decision_number, enactment.in_force_on
        wiki_effects.create_rule(tx, rule, number, day, proposal.author_id, version.title)


KIND = NewRuleProposal()
