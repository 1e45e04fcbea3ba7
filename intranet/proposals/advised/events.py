"""What happens when one person decides after asking for advice."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.events import Event


@dataclass(frozen=True)
class AdviceAnswered(Event):
    """The author of a proposal decided and answered the advice; the digest is of their answer."""

    proposal_id: int
    poll_id: int
    choice: str
    answer_digest: str
