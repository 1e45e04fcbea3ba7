"""What somebody types to say which procedures may change a rule."""

from __future__ import annotations

from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from intranet.core.policy import Invalid
from intranet.core.transaction import Reader
from intranet.polls import procedure_queries as procedures
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals.kinds.deciders import KIND
from intranet.wiki.rules import RuleText

FIELDS = ("motivation", "decided_by", "base_number", "page", "again")


@dataclass
class DecidersForm:
    """The procedures ticked, why, and under which one that is decided."""

    values: dict[str, str]
    named: list[str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rule: RuleText) -> DecidersForm:
        """What the rule says today."""
        return cls(dict.fromkeys(FIELDS, "") | {"page": rule.slug}, list(rule.deciders))

    @classmethod
    def from_request(cls, form: MultiDict[str, str]) -> DecidersForm:
        """The fields as they were typed, line endings as the product writes them."""
        values = {name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS}
        return cls(values, form.getlist("named"))

    def chosen(self, cards: list[ProcedureCard]) -> list[ProcedureCard]:
        """The procedures ticked, in the order of the list. Raises Invalid for one it lacks."""
        if not set(self.named) <= {card.key for card in cards}:
            raise Invalid(named="deciders_unfit")
        return [card for card in cards if card.key in self.named]

    def decided_by(self) -> str:
        """The key of the procedure that would decide. Raises Invalid when none was chosen."""
        if not self.values["decided_by"]:
            raise Invalid(decided_by="decider_missing")
        return self.values["decided_by"]


def of_the_rank(reader: Reader, rule: RuleText) -> list[ProcedureCard]:
    """The procedures that a rule may name: those in use that may change rules of its rank."""
    return [
        card
        for card in procedures.procedures(reader)
        if rule.layer in card.layers and card.election is None
    ]


def deciders(reader: Reader, rule: RuleText) -> list[ProcedureCard]:
    """The procedures that may decide on this: those that may change the rule today."""
    return [
        card
        for card in of_the_rank(reader, rule)
        if rule.admits(card.key, card.layers)
        and (not card.course.kinds or KIND.key in card.course.kinds)
    ]
