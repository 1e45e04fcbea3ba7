"""Answers to "may this person do this, now?", and the ways a command can say no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Verdict:
    """Yes or no, and why.

    The reason is a code with values; the words members read live in web/messages.py.
    """

    allowed: bool
    reason: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: str, **values: object) -> Verdict:
    """A refusal with the code of its reason and the values its sentence needs."""
    return Verdict(False, reason, values)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first refusal among the verdicts, or yes when all agree."""
    return next((verdict for verdict in verdicts if not verdict), YES)


class Refused(Exception):
    """The actor may not do this; shown as 403 with the reason in words."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


class NotFound(Exception):
    """There is no such thing, or the actor may not know of it; shown as 404."""


class Conflict(Exception):
    """The world moved, or this step is not possible in this state; shown as 409."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


class Invalid(Exception):
    """Input that cannot be accepted: codes by field name; shown as 422 in the same form."""

    def __init__(self, **errors: str) -> None:
        super().__init__(", ".join(f"{name}: {code}" for name, code in errors.items()))
        self.errors = errors
