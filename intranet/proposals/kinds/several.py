"""One proposal that changes several rules at once: all of the changes are adopted, or none."""

from __future__ import annotations

import json
from dataclasses import dataclass

from intranet.core.block_changes import BlockChange
from intranet.core.events import canonical
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.proposals.kinds import amendment
from intranet.proposals.kinds.kind import Enactment, Issue, links_written
from intranet.proposals.models import OF_SEVERAL, Proposal, ProposalVersion
from intranet.voting.counted import Counted
from intranet.wiki import effects as wiki_effects
from intranet.wiki import rules


@dataclass(frozen=True)
class RuleChange:
    """What would change in one rule; its title is as it was when this was written."""

    page_id: int
    title: str
    revision_id: int
    changes: tuple[BlockChange, ...]


def to_text(found: list[RuleChange]) -> str:
    """The changes as a version stores them."""
    rows = [
        {
            "page_id": one.page_id,
            "title": one.title,
            "revision_id": one.revision_id,
            "changes": [change.to_json() for change in one.changes],
        }
        for one in found
    ]
    return canonical({"rules": rows})


def rule_changes(stored: str) -> list[RuleChange]:
    """The changes that `to_text` wrote; none for the particulars of another kind."""
    rows = json.loads(stored).get("rules", [])
    return [
        RuleChange(
            row["page_id"],
            row["title"],
            row["revision_id"],
            tuple(BlockChange.from_json(change) for change in row["changes"]),
        )
        for row in rows
    ]


class Several:
    """Changes to two rules or more that stand or fall together."""

    key = OF_SEVERAL

    def page_audience(self, _reader: Reader, _page_id: int) -> str:
        """It is about several pages, never about one: raises NotFound."""
        raise NotFound

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """Each rule is asked what a change to it alone is asked; the same issue is said once."""
        found = []
        parts = rule_changes(version.particulars)
        if not parts:
            return [Issue("changes_missing")]
        for part in parts:
            rule = rules.rule_text(reader, part.page_id)
            found += amendment.issues_of(reader, proposal, version, rule, part.changes)
        return [issue for index, issue in enumerate(found) if issue not in found[:index]]

    def voted_text(self, version: ProposalVersion) -> str:
        """The words of the author, then what changes in each rule under its title."""
        parts = rule_changes(version.particulars)
        told = [f"## {one.title}\n\n{amendment.as_markdown(one.changes)}" for one in parts]
        return "\n\n".join(filter(None, [version.text.strip(), *told]))

    def decided_text(self, version: ProposalVersion, _counted: Counted, _voted: str) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, version: ProposalVersion) -> None:
        """The paragraphs touched stand still in every rule."""
        parts = sorted(rule_changes(version.particulars), key=lambda one: one.page_id)
        for part in parts:
            amendment.hold_blocks(tx, proposal, part.page_id, part.changes)

    def links(
        self, reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """What its author wrote down, and *amends* for each decision whose words change."""
        found = links_written(version)
        for part in rule_changes(version.particulars):
            rule = rules.rule_text(reader, part.page_id)
            found += amendment.amended_by(rule, part.changes, found)
        return list(dict.fromkeys(found))

    def enact(
        self, tx: Transaction, proposal: Proposal, version: ProposalVersion, enactment: Enactment
    ) -> None:
        """Write the changes into every rule, from the same day."""
        for part in rule_changes(version.particulars):
            wiki_effects.enact_revision(
                tx,
                part.page_id,
                part.changes,
                enactment.decision_number,
                enactment.in_force_on,
                author_id=proposal.author_id,
                summary=version.title,
            )


KIND = Several()
