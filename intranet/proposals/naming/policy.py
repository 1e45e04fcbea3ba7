"""Who proposes one of the people named, and when."""

from __future__ import annotations

from intranet.core.policy import YES, Verdict, no
from intranet.core.transaction import Reader
from intranet.polls import procedure_queries as procedures
from intranet.polls.procedure_models import gathers_names
from intranet.proposals.models import Proposal
from intranet.proposals.naming.rounds import ROUNDS, named_rounds
from intranet.proposals.policy import may_open_voting


def may_propose_person(reader: Reader, proposal: Proposal) -> Verdict:
    """Whoever may put it to the vote, once names were gathered in two rounds."""
    verdict = may_open_voting(reader, proposal)
    if not verdict:
        return verdict
    if not gathers_names(procedures.procedure(reader, proposal.procedure_key).method):
        return no("naming.no_names")
    if len(named_rounds(reader, proposal.id)) < ROUNDS:
        return no("naming.two_rounds_first")
    return YES
