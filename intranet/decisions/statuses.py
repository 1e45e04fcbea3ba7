"""In which state a decision is on a day: computed from dates, results and links (pure).

The state is never stored, so it cannot contradict the dates. A day begins at midnight in the
cooperative's time zone; the caller gives the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from intranet.core.text import fold

ENDS = ("repeals", "supersedes", "annuls")
# What puts another decision out of force, for ever or for a time.
STOPS = (*ENDS, "suspends")
ADOPTED = "adopted"
# Words by which registers kept elsewhere say that a decision gave way, when they name no other;
# folded: without accents and in small letters.
GAVE_WAY = frozenset(
    {"superseded", "replaced", "obsolete", "deprecated"}
    | {"remplace", "remplacee", "deprecie", "depreciee", "perime", "perimee"}
)


class State(StrEnum):
    """What a decision is worth on a day."""

    COMING = "coming"
    IN_FORCE = "in_force"
    TO_REVIEW = "to_review"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"
    ANNULLED = "annulled"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    RECTIFICATION = "rectification"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    DEFERRED = "deferred"
    UNDECIDED = "undecided"


APPLIES = frozenset({State.IN_FORCE, State.TO_REVIEW})
ENDED = frozenset({State.SUPERSEDED, State.REPEALED, State.ANNULLED, State.EXPIRED})
REFUSED = frozenset(
    {State.REJECTED, State.LAPSED, State.WITHDRAWN, State.DEFERRED, State.UNDECIDED}
)


@dataclass(frozen=True)
class Facts:
    """What the state of a decision depends on, besides its links.

    `ends_on` is the last day it applies. `source_status` is the word of the register it came
    from. `is_rectification` marks an entry that only corrects the wording of another one.
    """

    number: str
    result: str
    decided_on: date | None = None
    effective_on: date | None = None
    review_on: date | None = None
    ends_on: date | None = None
    source_status: str | None = None
    is_rectification: bool = False

    @property
    def starts_on(self) -> date | None:
        """The first day it applies, or None when nobody knows: since always."""
        return self.effective_on or self.decided_on


@dataclass(frozen=True)
class Act:
    """What one decision does to another: `by` supersedes, repeals, annuls, suspends, amends,
    implements or rectifies `to`, or requires it."""

    by: str
    kind: str
    to: str


@dataclass(frozen=True)
class Lineage:
    """Decisions with everything that was done to them, and to those that did it, in turn.

    A number that is missing from `facts` is a decision the register does not hold: what is said
    of it is taken at its word, from the first day.
    """

    facts: Mapping[str, Facts]
    acts: Iterable[Act] = ()
    _upon: dict[str, list[Act]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for act in self.acts:
            self._upon.setdefault(act.to, []).append(act)

    def starts_on(self, number: str) -> date:
        """The first day of a decision; unknown beginnings are before all others."""
        facts = self.facts.get(number)
        return (facts.starts_on if facts else None) or date.min

    def took_effect(self, number: str, on: date) -> bool:
        """Whether a decision had begun to apply by a day.

        One that was refused never does, nor one that another decision ended between the day it
        was taken and the later day it was to apply. What was annulled by that day has no effect
        at all, so that what it had ended stands again.
        """
        facts = self.facts.get(number)
        if facts is None:
            return True
        if facts.result != ADOPTED or self.starts_on(number) > on or self.is_annulled(number, on):
            return False
        if facts.effective_on is None or facts.decided_on is None:
            return True
        waiting = (facts.decided_on, facts.effective_on)
        return not any(
            waiting[0] <= self.starts_on(act.by) < waiting[1]
            and self.took_effect(act.by, self.starts_on(act.by))
            for act in self._upon.get(number, ())
            if act.kind in ENDS
        )

    def endings(self, number: str, on: date) -> list[Act]:
        """What ended a decision by a day, the first ending first."""
        done = [
            act
            for act in self._upon.get(number, ())
            if act.kind in ENDS and self.took_effect(act.by, on)
        ]
        return sorted(done, key=lambda act: (self.starts_on(act.by), act.by))

    def is_annulled(self, number: str, on: date) -> bool:
        """Whether a decision was declared void by a day."""
        return any(
            act.kind == "annuls" and self.took_effect(act.by, on)
            for act in self._upon.get(number, ())
        )

    def suspensions(self, number: str, on: date) -> list[Act]:
        """What holds a decision suspended on a day: each for as long as it applies itself."""
        return [
            act
            for act in self._upon.get(number, ())
            if act.kind == "suspends" and self._applies(act.by, on)
        ]

    def suspended_until(self, number: str, on: date) -> date | None:
        """The last day of the suspensions of a day, as far as it is known today."""
        days = [self._last_day(act.by) for act in self.suspensions(number, on)]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None

    def _last_day(self, number: str) -> date | None:
        facts = self.facts.get(number)
        return facts.ends_on if facts else None

    def _applies(self, number: str, on: date) -> bool:
        return number not in self.facts or self.state(number, on) in APPLIES

    def is_amended(self, number: str, on: date) -> bool:
        """Whether a decision that applies changed a part of this one."""
        return any(
            act.kind == "amends" and self.took_effect(act.by, on)
            for act in self._upon.get(number, ())
        )

    def state(self, number: str, on: date) -> State:
        """The state of a decision on a day. Raises KeyError for one that is not held."""
        facts = self.facts[number]
        if facts.result != ADOPTED:
            return State(facts.result)
        if facts.is_rectification:
            return State.RECTIFICATION
        ended = self._ended(facts, on)
        if ended is not None:
            return ended
        standing = _standing(facts, on)
        is_suspended = standing in APPLIES and self.suspensions(number, on)
        return State.SUSPENDED if is_suspended else standing

    def _ended(self, facts: Facts, on: date) -> State | None:
        endings = self.endings(facts.number, on)
        has_run_out = facts.ends_on is not None and facts.ends_on < on
        if any(act.kind == "annuls" for act in endings):
            return State.ANNULLED
        if endings:
            first = self.starts_on(endings[0].by)
            if facts.ends_on is not None and has_run_out and facts.ends_on < first:
                return State.EXPIRED
            return State.REPEALED if endings[0].kind == "repeals" else State.SUPERSEDED
        if fold(facts.source_status or "").strip() in GAVE_WAY:
            return State.SUPERSEDED
        return State.EXPIRED if has_run_out else None

    def heirs(self, number: str, on: date) -> tuple[str, ...]:
        """The decisions that stand today where this one stood, at the end of every chain.

        Empty when nothing replaced it. The last of a chain may itself be repealed or expired.
        """
        found: list[str] = []
        seen = {number}
        waiting: Sequence[str] = self._successors(number, on)
        while waiting:
            current, *rest = waiting
            waiting = rest
            if current in seen:
                continue
            seen.add(current)
            further = self._successors(current, on)
            if further:
                waiting = [*further, *waiting]
            else:
                found.append(current)
        return tuple(found)

    def _successors(self, number: str, on: date) -> list[str]:
        return [act.by for act in self.endings(number, on) if act.kind == "supersedes"]


def _standing(facts: Facts, on: date) -> State:
    if facts.starts_on is not None and facts.starts_on > on:
        return State.COMING
    if facts.review_on is not None and facts.review_on <= on:
        return State.TO_REVIEW
    return State.IN_FORCE
