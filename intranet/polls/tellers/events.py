"""What happens to tellers. Of their words nothing is told."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class TellersSought(Event):
    """A proposal whose vote cannot open without tellers is discussed from now on."""

    proposal_id: int


@dataclass(frozen=True)
class TellerNamed(Event):
    """Somebody became a teller, or took new words."""

    proposal_id: int
    teller_id: int


@dataclass(frozen=True)
class TellerLeft(Event):
    """Somebody is no longer a teller."""

    proposal_id: int
    teller_id: int


@dataclass(frozen=True)
class WordsGiven(Event):
    """A teller gave their words after the end of a vote."""

    proposal_id: int
    poll_id: int


@dataclass(frozen=True)
class TellersAwaited(Event):
    """The time of a vote is over and its box waits for the words of its tellers; told once."""

    proposal_id: int
    poll_id: int
