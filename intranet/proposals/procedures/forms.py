"""What somebody types to propose another way to decide, beside the procedure itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intranet.polls import strength_rules as strength
from intranet.polls.procedure_queries import ProcedureCard

FIELDS = ("motivation", "decided_by", "base_number", "again")


@dataclass
class ProposingForm:
    """Why, and under which procedure it would be decided; `retires` when it would be ended."""

    values: dict[str, str]
    retires: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_request(cls, form: Mapping[str, str]) -> ProposingForm:
        """The fields as they were typed, line endings as the product writes them."""
        values = {name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS}
        return cls(values, bool(form.get("retires")))

    @classmethod
    def blank(cls, retires: bool = False, again: str = "") -> ProposingForm:
        """Nothing said yet; `again` is the number of an ended proposal to take up."""
        return cls(dict.fromkeys(FIELDS, "") | {"again": again}, retires)


def deciders(cards: list[ProcedureCard], old: ProcedureCard | None) -> list[ProcedureCard]:
    """The procedures that may decide on this one, as far as its present version tells."""
    parts = strength.touched(old, None)
    return [
        card
        for card in cards
        if card.election is None
        and (not card.course.kinds or strength.KIND in card.course.kinds)
        and strength.is_strong_enough(card, parts)
    ]
