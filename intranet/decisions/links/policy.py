"""Who may say by hand what one decision does to another."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionResult, LinkKind
from intranet.decisions.policy import may_record

# They say how decisions hang together and change what neither of them is worth.
EXPLAINING = (LinkKind.IMPLEMENTS, LinkKind.REQUIRES)
# A correction of the wording has its own form, and cannot be said of two texts that stand already.
CHANGING = (
    LinkKind.SUPERSEDES,
    LinkKind.AMENDS,
    LinkKind.REPEALS,
    LinkKind.SUSPENDS,
    LinkKind.ANNULS,
)
FROM_PAPER = frozenset({"by_hand", "import"})


def may_link(reader: Reader, acting: Decision, kind: str) -> Verdict:
    """Whoever may record, on any decision for links that explain; what changes another decision is
    only added to an adopted one that was copied from a paper or another register."""
    if kind in EXPLAINING:
        return may_record(reader)
    is_adopted = acting.result == DecisionResult.ADOPTED
    is_copied = acting.origin_kind in FROM_PAPER
    return first_refusal(
        may_record(reader),
        YES if is_adopted else no("decisions.only_the_adopted_act"),
        YES if is_copied else no("decisions.voted_links_stand"),
    )
