"""What a person typed about an old decision, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intranet.core.dates import parse_date
from intranet.core.policy import Invalid
from intranet.core.text import whole_number
from intranet.decisions.models import DecisionResult
from intranet.papers.ruling import MadeRule
from intranet.papers.service import OldDecision, Plan

COUNTS = ("for", "against", "abstain", "blank")
FIELDS = (
    "body",
    "number",
    "title",
    "text",
    "result",
    "decided_on",
    "effective_on",
    "review_on",
    "ends_on",
    "retroactive_because",
    "audience",
    "how",
    "electorate_size",
    "tags",
    "link_kind",
    "link_number",
    "rule_page",
    "layer",
    "action_what",
    "action_owner",
    "action_due",
    *(f"count_{option}" for option in COUNTS),
)
# Errors of a group of fields are shown at the first of them.
SHOWN_AT = {
    "counts": "count_for",
    "links": "link_number",
    "what": "action_what",
    "owner": "action_owner",
    "due_on": "action_due",
}


@dataclass
class PaperForm:
    """What was typed about an old decision, kept as it is, with the message for each field."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls, rule_page: str = "") -> PaperForm:
        """An empty form, or one about a page that the decision made a rule."""
        chosen = {"result": "adopted", "audience": "workers", "rule_page": rule_page}
        return cls({**dict.fromkeys(FIELDS, ""), **chosen})

    @classmethod
    def from_request(cls, form: Mapping[str, str]) -> PaperForm:
        """The fields of a form, line endings as the product writes them."""
        return cls({name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS})

    def old_decision(self) -> OldDecision:
        """The decision that the fields mean. Raises Invalid naming the field."""
        typed = self.values
        decided_on = day("decided_on", typed["decided_on"])
        if decided_on is None:
            raise Invalid(decided_on="decision_day_missing")
        return OldDecision(
            body_id=whole_number(typed["body"]) or 0,
            number=typed["number"],
            title=typed["title"],
            text=typed["text"],
            result=typed["result"] or DecisionResult.ADOPTED,
            decided_on=decided_on,
            effective_on=day("effective_on", typed["effective_on"]),
            review_on=day("review_on", typed["review_on"]),
            ends_on=day("ends_on", typed["ends_on"]),
            retroactive_because=typed["retroactive_because"],
            audience=typed["audience"],
            counts={option: _number(f"count_{option}", typed) or 0 for option in COUNTS},
            electorate_size=_number("electorate_size", typed),
            how=typed["how"],
            tags=tuple(word for part in typed["tags"].split(",") if (word := part.strip())),
            links=self._links(),
            rule=self._rule(),
            action=self._action(),
        )

    def _action(self) -> Plan | None:
        what, owner = self.values["action_what"].strip(), self.values["action_owner"]
        due_on = day("action_due", self.values["action_due"])
        if not what and not owner and due_on is None:
            return None
        return Plan(what, whole_number(owner), due_on)

    def _links(self) -> tuple[tuple[str, str], ...]:
        number = self.values["link_number"].strip()
        return ((self.values["link_kind"], number),) if number else ()

    def _rule(self) -> MadeRule | None:
        page = self.values["rule_page"].strip()
        return MadeRule(page, self.values["layer"]) if page else None


def day(name: str, typed: str) -> date | None:
    """The day in a field, None when it is empty. Raises Invalid naming the field."""
    if not typed.strip():
        return None
    found = parse_date(typed)
    if found is None:
        raise Invalid(**{name: "decision_date_unclear"})
    return found


def _number(name: str, typed: Mapping[str, str]) -> int | None:
    found = whole_number(typed[name], digits=6)
    if typed[name].strip() and found is None:
        raise Invalid(**{name: "decision_count_unclear"})
    return found
