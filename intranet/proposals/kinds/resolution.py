"""A resolution: the entry in the register is its whole effect."""

from __future__ import annotations

import json

from intranet.core.policy import NotFound
from intranet.core.transaction import Reader, Transaction
from intranet.proposals.kinds.kind import Enactment, Issue
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.voting.counted import Counted


class Resolution:
    """Something decided in words, which changes no rule page by itself."""

    key = "resolution"

    def page_audience(self, _reader: Reader, _page_id: int) -> str:
        """A resolution is about no page: raises NotFound."""
        raise NotFound

    def issues_before_opening(
        self, _reader: Reader, _proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """A resolution needs words to vote on."""
        return [] if version.text.strip() else [Issue("text_missing")]

    def voted_text(self, version: ProposalVersion) -> str:
        """Its text, as it is."""
        return version.text

    def decided_text(self, version: ProposalVersion, _counted: Counted, _voted: str) -> str:
        """What was voted, as it was voted."""
        return self.voted_text(version)

    def hold(self, tx: Transaction, proposal: Proposal, version: ProposalVersion) -> None:
        """Nothing else stands still."""

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
        """Nothing more than the entry in the register."""


KIND = Resolution()
