"""Who may read the register, enter old decisions, correct a wording and file under words."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, first_refusal, no
from intranet.core.transaction import Reader
from intranet.decisions.models import Decision, DecisionShelf
from intranet.members.statuses import Audience, Right

RECTIFICATION = "rectification"


def audiences(reader: Reader) -> list[str]:
    """The audiences of the decisions this person may read, the narrowest first; the system
    reads everything."""
    actor = reader.actor
    return [str(known) for known in Audience if actor.is_system or known in actor.audiences]


def may_read_decision(reader: Reader, shelf: DecisionShelf) -> Verdict:
    """Whoever belongs to the decision's audience; for all others the decision does not exist."""
    return YES if shelf.audience in audiences(reader) else no("decisions.not_for_you")


def may_record(reader: Reader) -> Verdict:
    """Employed members enter decisions taken before this register existed."""
    return YES if reader.actor.has(Right.RECORD) else no("decisions.only_members_record")


def may_rectify(reader: Reader, decision: Decision) -> Verdict:
    """Whoever may record, on the original entry: a rectification is not rectified itself."""
    is_original = decision.origin_kind != RECTIFICATION
    original = YES if is_original else no("decisions.rectify_the_original")
    return first_refusal(may_record(reader), original)


def may_tag(reader: Reader, shelf: DecisionShelf) -> Verdict:
    """Writers who may read the decision; words beside a record change nothing in it."""
    writes = YES if reader.actor.has(Right.WRITE) else no("decisions.only_workers_tag")
    return first_refusal(may_read_decision(reader, shelf), writes)


def may_set_audience(reader: Reader, shelf: DecisionShelf, audience: str) -> Verdict:
    """Whoever may record chooses who reads a decision, among audiences they belong to."""
    belongs = YES if audience in audiences(reader) else no("decisions.audience_without_you")
    return first_refusal(may_record(reader), may_read_decision(reader, shelf), belongs)
