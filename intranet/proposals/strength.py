"""Whether a procedure may decide on a rule, or on a procedure that a rule names."""

from __future__ import annotations

from collections.abc import Sequence

from intranet.core.transaction import Reader
from intranet.polls import procedure_queries as procedures
from intranet.polls.procedure_models import Course, NewProcedure
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals.kinds.kind import Issue
from intranet.wiki import rules
from intranet.wiki.rules import RuleText


def too_weak(reader: Reader, rule: RuleText, procedure: ProcedureCard) -> list[Issue]:
    """Why a procedure may not change a rule: its rank is not among those it may change, or the
    rule names others. Empty when it may."""
    if rule.admits(procedure.key, procedure.layers):
        return []
    if rule.layer not in procedure.layers:
        return [Issue("procedure_too_weak", {"procedure": procedure.name})]
    named = [card.name for card in procedures.procedures(reader) if card.key in rule.deciders]
    words = ", ".join(named)
    return [Issue("procedure_not_named", {"procedure": procedure.name, "named": words})]


def not_named_beside(reader: Reader, old: ProcedureCard, decider: ProcedureCard) -> list[Issue]:
    """Whether a procedure is named by a rule that does not name the one that would change it.

    Without this, a procedure that a rule keeps out could first change the one it names.
    """
    guarded = rules.rules_naming(reader, old.key)
    if all(decider.key in rule.deciders for rule in guarded):
        return []
    names = {"procedure": old.name, "decider": decider.name}
    return [Issue("procedure_of_a_named_rule", names)]


def rules_left_alone(
    reader: Reader, cards: Sequence[ProcedureCard], old: ProcedureCard, new: NewProcedure | None
) -> bool:
    """Whether a rule that names this procedure could be changed by nothing any more."""
    kept = {card.key: _ranks(card.layers, card.course) for card in cards if card.key != old.key}
    kept[old.key] = _ranks(new.layers, new.course) if new else set()
    return any(
        not any(rule.layer in kept.get(key, set()) for key in rule.deciders)
        for rule in rules.rules_naming(reader, old.key)
    )


def _ranks(layers: Sequence[str], course: Course) -> set[str]:
    """The ranks of rules of which it may decide an amendment."""
    return set(layers) if not course.kinds or "amendment" in course.kinds else set()
