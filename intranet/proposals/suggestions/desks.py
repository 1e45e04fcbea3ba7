"""What lies before somebody who suggests a change: the texts of a proposal, in paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.blocks import IdentifiedBlock
from intranet.core.policy import NotFound
from intranet.core.transaction import Reader
from intranet.proposals import queries as proposals
from intranet.proposals.suggestions.texts import (
    changed_paragraphs,
    rule_of,
    rule_titles,
    source_of,
    texts_of,
)
from intranet.proposals.versions import latest


@dataclass(frozen=True)
class SuggestionDesk:
    """A text that a suggestion would change: its paragraphs in question, and the whole of it.

    `rule` is the title of the rule that it would be, and `page_id` its page, where the proposal
    changes several.
    """

    proposal_id: int
    title: str
    version: int
    page_id: int | None
    rule: str
    blocks: tuple[IdentifiedBlock, ...]
    paragraphs: tuple[IdentifiedBlock, ...]

    @property
    def whole(self) -> str:
        """The whole text, without the white space at its end."""
        return source_of(self.blocks).rstrip()

    def text_of(self, block_id: str) -> str:
        """The words of one paragraph. Raises NotFound."""
        found = next((one for one in self.blocks if one.id == block_id), None)
        if found is None:
            raise NotFound
        return found.text


def desks(reader: Reader, proposal_id: int) -> list[SuggestionDesk]:
    """All texts of a proposal, for somebody who suggests a change. Raises NotFound, Conflict."""
    proposal = proposals.known(reader, proposal_id)
    version = latest(reader, proposal)
    return [
        SuggestionDesk(
            proposal_id=proposal.id,
            title=proposal.title,
            version=version.number,
            page_id=page_id,
            rule=rule_titles(proposal).get(page_id or 0, ""),
            blocks=blocks,
            paragraphs=changed_paragraphs(reader, rule_of(proposal, page_id), blocks),
        )
        for page_id, blocks in texts_of(reader, proposal, version).items()
    ]


def desk(reader: Reader, proposal_id: int, page_id: int | None = None) -> SuggestionDesk:
    """The desk of one text of a proposal: that of a rule, or the only one there is.

    Raises NotFound, Conflict.
    """
    found = {one.page_id: one for one in desks(reader, proposal_id)}
    if page_id not in found:
        raise NotFound
    return found[page_id]
