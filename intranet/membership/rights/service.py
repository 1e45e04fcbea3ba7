"""What each status may do here: written by the founders, later as a decision says."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from intranet.core.policy import Invalid
from intranet.core.transaction import Transaction
from intranet.members import effects
from intranet.members.rights_queries import rights_table
from intranet.members.statuses import CHOOSABLE, rights_of
from intranet.membership.grounds import wrong_decision
from intranet.membership.policy import may_change_rights, needs_a_decision


def change_rights(
    tx: Transaction, chosen: Mapping[str, Collection[str]], decision_number: str
) -> None:
    """Give each status the rights chosen for it, among those that can be chosen.

    Votes under way keep their rolls. The same table again changes nothing. Raises Refused, and
    Invalid without the decision that says so, once the first vote has opened.
    """
    tx.require(may_change_rights)
    number = decision_number.strip()
    if (number or needs_a_decision(tx)) and (code := wrong_decision(tx, number)):
        raise Invalid(decision_number=code)
    said = json.dumps(
        {
            status.value: [right.value for right in rights if right in chosen.get(status, ())]
            for status, rights in CHOOSABLE.items()
            if rights
        }
    )
    if {status: rights_of(status, said) for status in CHOOSABLE} != rights_table(tx).rights:
        effects.change_rights(tx, said, number or None)
