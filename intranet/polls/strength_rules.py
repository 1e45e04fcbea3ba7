"""Which procedures may decide on procedures: none may make itself stronger than it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intranet.polls.procedure_models import NewProcedure
from intranet.polls.procedure_queries import ProcedureCard

KIND = "procedure"
"""The kind of proposal that changes a procedure."""
HIGHEST = "statutes"
"""The rank of rules above all others."""


@dataclass(frozen=True)
class Touched:
    """What a change of a procedure touches: the body and the ranks of one of its two versions."""

    body_id: int
    layers: tuple[str, ...]


def touched(old: ProcedureCard | None, new: NewProcedure | None) -> list[Touched]:
    """What goes from the old version to the new one; either may be missing."""
    return [Touched(one.body_id, one.layers) for one in (old, new) if one is not None]


def is_strong_enough(decider: ProcedureCard, parts: Iterable[Touched]) -> bool:
    """Whether a procedure may decide on a change that touches all of this.

    It must itself be allowed to change every rank of rules that the old or the new version may
    change; and it must be of the same body, or be allowed to change the statutes.
    """
    return all(
        set(part.layers) <= set(decider.layers)
        and (part.body_id == decider.body_id or HIGHEST in decider.layers)
        for part in parts
    )


def ranks_left_alone(
    cards: Sequence[ProcedureCard], old: ProcedureCard, new: NewProcedure | None
) -> list[str]:
    """The ranks of rules that nothing could change any more after this change."""
    others = {layer for card in cards if card.key != old.key for layer in card.layers}
    kept = set(new.layers) if new else set()
    return sorted(set(old.layers) - others - kept)
