"""What makes a procedure by which one person decides after advice impossible to write."""

from __future__ import annotations

from collections.abc import Mapping

from intranet.polls.procedure_models import NewProcedure, asks_advice
from intranet.polls.procedure_queries import ProcedureCard
from intranet.voting.methods.advice_process import METHOD

DECIDES = ("resolution",)
"""The kinds of proposal that one person may decide alone: nothing that a vote protects."""


def wrong_advice(new: NewProcedure) -> dict[str, str]:
    """What is wrong with how advice would be asked: it is given openly, by oneself, can change, and
    changes no rule. Empty for any other method."""
    if new.method != METHOD.key:
        return {}
    course = new.course
    wrong = {
        "secret": ("advice_is_open", new.secret),
        "layers": ("advice_changes_no_rule", bool(new.layers)),
        "kinds": ("advice_decides_resolutions", course.kinds != DECIDES),
        "revotable": ("advice_can_change", not course.revotable),
        "proxy_cap": ("advice_is_given_oneself", new.proxy_cap != 0),
        "second": ("advice_is_no_vote", bool(course.second)),
        "escalation": ("advice_is_no_vote", bool(course.escalation)),
    }
    return {field: code for field, (code, is_wrong) in wrong.items() if is_wrong}


def wrong_way_on(new: NewProcedure, named: Mapping[str, ProcedureCard]) -> dict[str, str]:
    """A text that a vote did not adopt is never handed on to one person who decides alone."""
    ways = {"second": new.course.second, "escalation": new.course.escalation}
    return {
        field: "advice_is_no_vote"
        for field, key in ways.items()
        if key in named and asks_advice(named[key].method)
    }
