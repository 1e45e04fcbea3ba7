"""The forms of suggestions: what a person typed, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intranet.proposals.suggestions.desks import SuggestionDesk
from intranet.proposals.suggestions.queries import SuggestionCard
from intranet.proposals.suggestions.service import Suggested
from intranet.proposals.suggestions.texts import to_paragraph, to_whole

WHOLE = "all"
"""In the place of a paragraph: the whole text is being written."""


@dataclass
class SuggestionForm:
    """What was typed, kept as it is, with the messages for each field; `block` is the paragraph."""

    block: str
    new_text: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_request(cls, form: Mapping[str, str]) -> SuggestionForm:
        """The fields as they were sent, line endings as the product writes them."""
        new_text, reason = (
            form.get(name, "").replace("\r\n", "\n") for name in ("new_text", "reason")
        )
        return cls(form.get("block", ""), new_text, reason)

    @classmethod
    def begun(cls, desk: SuggestionDesk, block: str) -> SuggestionForm:
        """A form with the present words of the paragraph, or of the whole. Raises NotFound."""
        return cls(block, desk.whole if block == WHOLE else desk.text_of(block))

    @classmethod
    def again(cls, desk: SuggestionDesk, card: SuggestionCard) -> SuggestionForm:
        """The form to write a suggestion anew: on its paragraph when it is still there."""
        ids = {block.id: block.text for block in desk.blocks}
        one = card.changes[0]
        if len(card.changes) > 1 or one.kind == "insert_after" or one.block_id not in ids:
            return cls(WHOLE, desk.whole, card.reason)
        return cls(one.block_id or WHOLE, one.new_text, card.reason)

    def suggested(self, desk: SuggestionDesk, base_number: int) -> Suggested:
        """What the fields mean. Raises Invalid."""
        changes = (
            to_whole(desk.blocks, self.new_text)
            if self.block == WHOLE
            else to_paragraph(desk.blocks, self.block, self.new_text)
        )
        return Suggested(changes, base_number, self.reason, desk.page_id)
