"""An amendment: block changes to one rule page, enacted to the letter as they were voted."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select

from intranet.core.block_changes import BlockChange
from intranet.core.db import insert_once
from intranet.core.markdown import TooLong, refuse_too_long
from intranet.core.policy import Conflict
from intranet.core.transaction import Reader, Transaction
from intranet.members import queries as members
from intranet.polls import procedure_queries as procedures
from intranet.proposals import strength
from intranet.proposals.kinds.kind import Enactment, Issue
from intranet.proposals.models import HeldBlock, Proposal, ProposalVersion
from intranet.voting.counted import Counted
from intranet.wiki import effects as wiki_effects
from intranet.wiki import rules
from intranet.wiki.rules import RuleText

PAGE_START = "start"
"""The place held by an insertion before the first block of a page."""


def changes_of(version: ProposalVersion) -> list[BlockChange]:
    """The block changes that a version asks for."""
    return [BlockChange.from_json(change) for change in json.loads(version.changes)]


def touched(changes: Sequence[BlockChange]) -> list[str]:
    """The ids of the blocks that the changes replace, remove or stand behind, each once."""
    return list(dict.fromkeys(change.block_id or PAGE_START for change in changes))


def _quoted(sign: str, text: str) -> list[str]:
    return [f"{sign} {line}".rstrip() for line in text.splitlines()]


def as_markdown(changes: Sequence[BlockChange]) -> str:
    """The changes as fenced differences, readable by themselves in any language."""
    parts = []
    for change in changes:
        lines = _quoted("-", change.old_text or "") if change.kind != "insert_after" else []
        lines += _quoted("+", change.new_text or "") if change.kind != "remove" else []
        fence = "`" * 8
        parts.append("\n".join([f"{fence}diff", *lines, fence]))
    return "\n\n".join(parts)


def _issues_of_text(rule: RuleText, changes: Sequence[BlockChange]) -> list[Issue]:
    """The changes apply to the rule as it is, and leave it a page that can be shown."""
    page = {"page": rule.title}
    if any(not rules.still_fits(rule, change) for change in changes):
        return [Issue("base_changed", page)]
    try:
        refuse_too_long(rules.text_after(rule, changes))
    except TooLong:
        return [Issue("rule_too_long", page)]
    except ValueError:
        return [Issue("base_changed", page)]
    return []


class Amendment:
    """A change to one rule page."""

    key = "amendment"

    def page_audience(self, reader: Reader, page_id: int) -> str:
        """The audience of the rule. Raises NotFound for a page that is none."""
        return rules.rule_text(reader, page_id).audience

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """There must be changes, on the text in force, free of other votes, allowed by rank."""
        changes = changes_of(version)
        if not changes:
            return [Issue("changes_missing")]
        assert proposal.page_id is not None  # noqa: S101
        rule = rules.rule_text(reader, proposal.page_id)
        found = _issues_of_text(rule, changes)
        procedure = procedures.procedure(reader, proposal.procedure_key)
        found += strength.too_weak(reader, rule, procedure)
        if self._held_by_another(reader, proposal, touched(changes)):
            found.append(Issue("another_vote_on_the_paragraph"))
        pending = rule.pending_from
        starts_on = version.effective_on or members.today(reader)
        if pending and starts_on < pending:
            found.append(Issue("earlier_than_pending", {"day": pending}))
        return found

    def _held_by_another(
        self, reader: Reader, proposal: Proposal, block_ids: Sequence[str]
    ) -> bool:
        held = select(HeldBlock.proposal_id).where(
            HeldBlock.page_id == proposal.page_id,
            HeldBlock.block_id.in_(block_ids),
            HeldBlock.proposal_id != proposal.id,
        )
        return reader.session.scalar(held.limit(1)) is not None

    def voted_text(self, version: ProposalVersion) -> str:
        """The words of the author, then every change in full."""
        parts = [version.text.strip(), as_markdown(changes_of(version))]
        return "\n\n".join(part for part in parts if part)

    def decided_text(self, version: ProposalVersion, _counted: Counted, _voted: str) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, version: ProposalVersion) -> None:
        """One vote at a time on each paragraph: the primary key refuses a second one."""
        # In one order for everybody, so that two openings never wait for each other.
        for block_id in sorted(touched(changes_of(version))):
            key = {"page_id": proposal.page_id, "block_id": block_id}
            if not insert_once(tx.session, HeldBlock, **key, proposal_id=proposal.id):
                raise Conflict("proposals.paragraph_is_held")

    def links(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """What its author wrote down, and *amends* for each decision whose paragraph it changes."""
        written = [(kind, number) for kind, number in json.loads(version.links)]
        assert proposal.page_id is not None  # noqa: S101
        rule = rules.rule_text(reader, proposal.page_id)
        changed = {
            change.block_id for change in changes_of(version) if change.kind != "insert_after"
        }
        earlier = [rule.decisions.get(block_id or "") for block_id in sorted(filter(None, changed))]
        named = {number for _, number in written}
        amended = [("amends", number) for number in earlier if number and number not in named]
        return list(dict.fromkeys([*written, *amended]))

    def enact(
        self,
        tx: Transaction,
        proposal: Proposal,
        version: ProposalVersion,
        enactment: Enactment,
    ) -> None:
        """Write the changes into the rule, from their day of force."""
        assert proposal.page_id is not None  # noqa: S101
        wiki_effects.enact_revision(
            tx,
            proposal.page_id,
            changes_of(version),
            enactment.decision_number,
            enactment.in_force_on,
            author_id=proposal.author_id,
            summary=version.title,
        )


KIND = Amendment()
