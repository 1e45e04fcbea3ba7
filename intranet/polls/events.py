"""What happens at the ballot box. A secret ballot leaves no event."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class ProcedureDefined(Event):
    """A version of a procedure was written down."""

    procedure_id: int


@dataclass(frozen=True)
class ProcedureRetired(Event):
    """A procedure got its last version: no new vote may use it."""

    procedure_id: int


@dataclass(frozen=True)
class PollOpened(Event):
    """Voting began on a frozen text."""

    poll_id: int
    origin_kind: str
    origin_id: int
    freeze_digest: str


@dataclass(frozen=True)
class BallotCast(Event):
    """Somebody voted in an open poll."""

    poll_id: int
    ballot_id: int


@dataclass(frozen=True)
class PollClosed(Event):
    """Voting ended and was counted."""

    poll_id: int
    origin_kind: str
    origin_id: int
    result: str
    ballots_digest: str


@dataclass(frozen=True)
class ReceiptsPublished(Event):
    """The receipts of a counted secret vote were listed; the digest is that of the sorted list."""

    poll_id: int
    digest: str


@dataclass(frozen=True)
class PollCancelled(Event):
    """A round ended without a count."""

    poll_id: int
    origin_kind: str
    origin_id: int


@dataclass(frozen=True)
class PollExtended(Event):
    """A vote was made longer by the rule of its procedure; both are instants in ISO 8601."""

    poll_id: int
    origin_kind: str
    origin_id: int
    closed_at: str
    closes_at: str


@dataclass(frozen=True)
class VoteEndsSoon(Event):
    """Those on the roll who have not voted yet are to be reminded; the roll says who they are."""

    poll_id: int
    origin_kind: str
    origin_id: int
