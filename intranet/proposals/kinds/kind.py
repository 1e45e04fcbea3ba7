"""What every kind of proposal answers for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from intranet.core.transaction import Reader, Transaction
from intranet.proposals.models import Proposal, ProposalVersion
from intranet.voting.counted import Counted

ACTS = frozenset({"several", "new_rule", "repeal", "reorder", "status", "mandate", "election"})
"""The kinds of proposal that are written in a form of their own, of `proposals/acts`."""


@dataclass(frozen=True)
class Issue:
    """Something still missing before members can vote; the words live in web/messages.py."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Enactment:
    """The decision that has just been entered, and the day from which it applies.

    `chosen` are, after a choice among options, those that were chosen.
    """

    decision_number: str
    in_force_on: date
    chosen: tuple[str, ...] = ()


def links_written(version: ProposalVersion) -> list[tuple[str, str]]:
    """What its author says that the proposal does to earlier decisions."""
    return [(kind, number) for kind, number in json.loads(version.links)]


class Kind(Protocol):
    """What a proposal is about, and what happens if it is adopted."""

    key: str

    def page_audience(self, reader: Reader, page_id: int) -> str:
        """Who may read the page that such a proposal is about, and with it the proposal.

        Raises NotFound for a page that no proposal of this kind can be about.
        """
        ...

    def issues_before_opening(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[Issue]:
        """What this kind still misses, in the order to mend it. Empty means ready."""
        ...

    def voted_text(self, version: ProposalVersion) -> str:
        """The text put to the vote, complete by itself, in Markdown."""
        ...

    def decided_text(self, version: ProposalVersion, counted: Counted, voted: str) -> str:
        """The text that enters the register when the vote adopts, complete by itself."""
        ...

    def hold(self, tx: Transaction, proposal: Proposal, version: ProposalVersion) -> None:
        """Keep still, while the vote lasts, whatever its adoption would change."""
        ...

    def links(
        self, reader: Reader, proposal: Proposal, version: ProposalVersion
    ) -> list[tuple[str, str]]:
        """What adoption does to earlier decisions, as pairs of link kind and number."""
        ...

    def enact(
        self,
        tx: Transaction,
        proposal: Proposal,
        version: ProposalVersion,
        enactment: Enactment,
    ) -> None:
        """Cause the effects: new wordings of rules, or nothing more than the entry."""
        ...
