"""The form of a proposal: what a person typed, and what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from intranet.core import clock
from intranet.core.block_changes import BlockChange
from intranet.core.dates import parse_date
from intranet.core.policy import Invalid
from intranet.core.text import whole_number
from intranet.proposals.options import options_from
from intranet.proposals.outlines.sections import Section, answers_of
from intranet.proposals.planned import ACTION_FIELDS, actions_from
from intranet.proposals.versions import Wording

FIELDS = (
    "title",
    "motivation",
    "text",
    "new_text",
    "adopted_text",
    "layer",
    "procedure",
    "audience",
    "effective_on",
    "review_on",
    "ends_on",
    "past_because",
    *ACTION_FIELDS,
    "link_kind",
    "link_number",
    "options",
    "seats",
)


@dataclass
class ProposalForm:
    """What was typed, kept as it is, with the messages for each field."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()

    @classmethod
    def from_request(cls, form: Mapping[str, str]) -> ProposalForm:
        """The fields of a proposal, line endings as the product writes them."""
        values = {name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS}
        return cls(values, answers=answers_of(form))

    def answered(self, sections: Sequence[Section]) -> tuple[Section, ...]:
        """The sections of the outline with what was typed under each."""
        texts = [*self.answers, *[""] * len(sections)]
        return tuple(replace(one, text=text) for one, text in zip(sections, texts, strict=False))

    def wording(self, changes: tuple[BlockChange, ...] = (), base: int | None = None) -> Wording:
        """The wording that the fields mean. Raises Invalid naming the field."""
        return Wording(
            title=self.values["title"],
            motivation=self.values["motivation"],
            text=self.values["text"],
            changes=changes,
            base_revision_id=base,
            links=self._links(),
            effective_on=_day("effective_on", self.values["effective_on"]),
            review_on=_day("review_on", self.values["review_on"]),
            ends_on=_day("ends_on", self.values["ends_on"]),
            options=options_from(self.values["options"]),
            seats=self._seats(),
            past_because=self.values["past_because"],
            actions=actions_from(self.values),
        )

    def _seats(self) -> int:
        """How many options are to be kept: one, when nothing is said."""
        seats = whole_number(self.values["seats"].strip() or "1", digits=3)
        if seats is None:
            raise Invalid(seats="seats_unclear")
        return seats

    def _links(self) -> tuple[tuple[str, str], ...]:
        kind, number = self.values["link_kind"], self.values["link_number"].strip()
        return ((kind, number),) if kind and number else ()


def _day(name: str, typed: str) -> date | None:
    if not typed.strip():
        return None
    day = parse_date(typed)
    if day is None:
        raise Invalid(**{name: "date_unclear"})
    return day


def instant(form: Mapping[str, str], name: str, zone: ZoneInfo) -> datetime:
    """The instant typed in a field as day and hour in the cooperative's zone, to the minute.

    Raises Invalid: an hour that the change of clocks skips, or that comes twice, names no single
    instant and is refused rather than guessed.
    """
    try:
        typed = datetime.fromisoformat(form.get(name, ""))
        if typed.tzinfo is not None:
            raise ValueError(typed)
        local = typed.replace(second=0, microsecond=0)
        doubt = clock.wall_time_doubt(local, zone)
        if not doubt:
            return clock.wall_time(local, zone)
    except (ValueError, OverflowError) as error:
        raise Invalid(**{name: "moment_unclear"}) from error
    raise Invalid(**{name: f"moment_{doubt}"})
