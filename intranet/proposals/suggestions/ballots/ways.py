"""The procedures under which suggestions about one paragraph can be voted on."""

from __future__ import annotations

from intranet.core.transaction import Reader
from intranet.polls import procedure_queries as procedures
from intranet.polls.procedure_models import Custody
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals.kinds.choice import KIND as CHOICE
from intranet.proposals.models import Proposal

UNFIT = ("sortition", "election_without_candidate")
"""Methods among options that do not compare texts: a draw by lot, and names without candidates."""


def ways_to_choose(reader: Reader, proposal: Proposal) -> list[ProcedureCard]:
    """Those of the body that decides the proposal which choose one among several options.

    A box that tellers open is left out: its tellers are named for the vote on the whole.
    """
    body_id = procedures.procedure(reader, proposal.procedure_key).body_id
    return [
        card for card in procedures.procedures(reader) if card.body_id == body_id and _fits(card)
    ]


def _fits(card: ProcedureCard) -> bool:
    kinds = card.course.kinds
    by_tellers = card.secret and card.course.custody is Custody.TELLERS
    meant = not kinds or CHOICE.key in kinds
    return bool(card.election) and meant and card.method not in UNFIT and not by_tellers
