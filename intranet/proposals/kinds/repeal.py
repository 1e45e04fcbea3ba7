"""A repeal: of a whole rule, which stays readable, or of decisions of the register."""

from __future__ import annotations

from sqlalchemy import select

from intranet.core.db import insert_once
from intranet.core.policy import Conflict
from intranet.core.transaction import Reader, Transaction
from intranet.decisions import queries as decisions
from intranet.decisions.statuses import ENDED
from intranet.members import queries as members
from intranet.polls import procedure_queries as procedures
from intranet.proposals import strength
from intranet.proposals.kinds.kind import Enactment, Issue, links_written
from intranet.proposals.models import WHOLE_PAGE, HeldBlock, Proposal, ProposalVersion
from intranet.voting.counted import Counted
from intranet.wiki import effects as wiki_effects
from intranet.wiki import repeals, rules


def _held_elsewhere(reader: Reader, proposal: Proposal) -> bool:
    held = select(HeldBlock.proposal_id).where(
        HeldBlock.page_id == proposal.page_id, HeldBlock.proposal_id != proposal.id
    )
    return reader.session.scalar(held.limit(1)) is not None


class Repeal:
    """The end of a rule or of decisions; nothing is deleted, everything says by what it ended."""

    key = "repeal"

    def page_audience(self, reader: Reader, page_id: int) -> str:
        """The audience of the rule. Raises NotFound for a page that is none."""
        return rules.rule_text(reader, page_id).audience

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """There is something to repeal, still in force, free of other votes, allowed by rank."""
        if proposal.page_id is None:
            return self._issues_of_decisions(reader, version)
        rule = rules.rule_text(reader, proposal.page_id)
        procedure = procedures.procedure(reader, proposal.procedure_key)
        found = []
        if repeals.repeal_of(reader, rule.page_id) is not None:
            found.append(Issue("rule_is_repealed", {"page": rule.title}))
        found += strength.too_weak(reader, rule, procedure)
        if _held_elsewhere(reader, proposal):
            found.append(Issue("another_vote_on_the_page"))
        starts_on = version.effective_on or members.today(reader)
        if rule.pending_from and starts_on < rule.pending_from:
            found.append(Issue("earlier_than_pending", {"day": rule.pending_from}))
        return found

    def _issues_of_decisions(self, reader: Reader, version: ProposalVersion) -> list[Issue]:
        numbers = [number for kind, number in links_written(version) if kind == "repeals"]
        if not numbers:
            return [Issue("nothing_to_repeal")]
        marks = decisions.statuses(reader, numbers)
        ended = [number for number, mark in marks.items() if mark.state in ENDED]
        return [Issue("decision_has_ended", {"number": ", ".join(ended)})] if ended else []

    def voted_text(self, version: ProposalVersion) -> str:
        """The sentence that says what is repealed, and the words of the author."""
        return version.text

    def decided_text(self, version: ProposalVersion, _counted: Counted, _voted: str) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, _version: ProposalVersion) -> None:
        """The whole rule stands still: no other vote on it, nor on one of its paragraphs."""
        if proposal.page_id is None:
            return
        key = {"page_id": proposal.page_id, "block_id": WHOLE_PAGE}
        if not insert_once(tx.session, HeldBlock, **key, proposal_id=proposal.id):
            raise Conflict("proposals.page_is_held")
        if _held_elsewhere(tx, proposal):
            raise Conflict("proposals.page_is_held")

    def links(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """The links written, and *amends* for each decision that wrote a paragraph of the rule."""
        written = links_written(version)
        if proposal.page_id is None:
            return written
        named = {number for _, number in written}
        made = sorted(set(rules.rule_text(reader, proposal.page_id).decisions.values()) - named)
        return [*written, *(("amends", number) for number in made)]

    def enact(
        self,
        tx: Transaction,
        proposal: Proposal,
        _version: ProposalVersion,
        enactment: Enactment,
    ) -> None:
        """Mark the rule as repealed from its day; the links end the decisions."""
        if proposal.page_id is not None:
            wiki_effects.repeal_rule(
                tx, proposal.page_id, enactment.decision_number, enactment.in_force_on
            )


KIND = Repeal()
