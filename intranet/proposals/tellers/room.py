"""What the page of a proposal says of its tellers."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.polls.procedure_models import Custody
from intranet.polls.procedure_queries import ProcedureCard
from intranet.polls.tellers import queries
from intranet.polls.tellers.models import NEEDED, TELLERS
from intranet.polls.tellers.queries import TellerLine
from intranet.proposals.models import Proposal
from intranet.proposals.tellers.policy import (
    may_be_teller,
    may_give_words,
    may_stop_being_teller,
)
from intranet.proposals.workflow import State


@dataclass(frozen=True)
class CountingRoom:
    """The tellers of a proposal or of its open vote, and what this reader may do among them."""

    lines: tuple[TellerLine, ...]
    is_named: bool
    missing: int
    still_needed: int
    may_be_teller: Verdict
    may_stop: Verdict
    may_give_words: Verdict
    of_all: int = TELLERS
    needed: int = NEEDED


def counting_room(
    reader: Reader, proposal_id: int, procedure: ProcedureCard
) -> CountingRoom | None:
    """The tellers before and during a vote whose box they open; None for any other vote."""
    found = reader.session.get_one(Proposal, proposal_id)
    if found.state == State.DISCUSSION and procedure.course.custody is Custody.TELLERS:
        lines = queries.named(reader, ("proposal", found.id))
    elif found.state == State.VOTING and found.poll_id is not None:
        lines = queries.holders(reader, found.poll_id)
    else:
        return None
    if not lines and found.state == State.VOTING:
        return None
    return CountingRoom(
        lines=tuple(lines),
        is_named=reader.actor.person_id in {line.person_id for line in lines},
        missing=max(0, TELLERS - len(lines)),
        still_needed=queries.still_needed(lines),
        may_be_teller=may_be_teller(reader, found),
        may_stop=may_stop_being_teller(reader, found),
        may_give_words=may_give_words(reader, found),
    )
