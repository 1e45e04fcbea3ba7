"""An adoption: an ordinary page becomes a rule, in the very words that were voted."""

from __future__ import annotations

import json

from intranet.core.db import insert_once
from intranet.core.policy import Conflict, NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.polls import procedure_queries as procedures
from intranet.proposals.adopting import text_to_adopt
from intranet.proposals.kinds.kind import Enactment, Issue
from intranet.proposals.models import WHOLE_PAGE, HeldBlock, Proposal, ProposalVersion
from intranet.voting.counted import Counted
from intranet.wiki import becoming, sources


class Adoption:
    """A page to be adopted as a rule of a rank.

    Each version keeps the source of the page in its `text`, with the amendments taken in, so that
    what was voted is what is enacted even when somebody edits the page during the vote.
    """

    key = "adoption"

    def page_audience(self, reader: Reader, page_id: int) -> str:
        """The audience of an ordinary page in use. Raises NotFound for any other."""
        page = sources.page_source(reader, page_id)
        if not page.can_become_a_rule:
            raise NotFound
        return page.audience

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """The page is still ordinary, says nothing that would not be voted, and is free of another
        vote."""
        assert proposal.page_id is not None  # noqa: S101
        page = sources.page_source(reader, proposal.page_id)
        if not page.can_become_a_rule:
            is_closed = not page.is_rule and not page.is_archived
            other = "page_is_archived" if page.is_archived else "page_is_a_rule"
            return [Issue("page_is_closed" if is_closed else other)]
        found = []
        if not version.text.strip():
            found.append(Issue("page_is_empty", {"page": page.title}))
        adopted = text_to_adopt(reader, version.text, version.base_revision_id, page)
        if adopted.together != version.text:
            found.append(Issue("page_changed", {"page": page.title}))
        procedure = procedures.procedure(reader, proposal.procedure_key)
        if proposal.layer not in procedure.layers:
            found.append(Issue("procedure_too_weak", {"procedure": procedure.name}))
        held = reader.session.get(HeldBlock, (page.page_id, WHOLE_PAGE))
        if held is not None and held.proposal_id != proposal.id:
            found.append(Issue("another_vote_on_the_page"))
        return found

    def voted_text(self, version: ProposalVersion) -> str:
        """The text that this version would make a rule."""
        return version.text

    def decided_text(self, version: ProposalVersion, _counted: Counted, _voted: str) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, _version: ProposalVersion) -> None:
        """One vote at a time on each page: the primary key refuses a second one."""
        key = {"page_id": proposal.page_id, "block_id": WHOLE_PAGE}
        if not insert_once(tx.session, HeldBlock, **key, proposal_id=proposal.id):
            raise Conflict("proposals.page_is_held")

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
        """Make the page a rule with the voted text, every paragraph bearing the decision."""
        assert proposal.page_id is not None  # noqa: S101
        assert proposal.layer is not None  # noqa: S101
        decided = becoming.Decided(
            enactment.decision_number, enactment.in_force_on, proposal.author_id, version.title
        )
        becoming.make_rule(tx, proposal.page_id, proposal.layer, version.text, decided)


KIND = Adoption()
