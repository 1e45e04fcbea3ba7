"""What the page of a proposal says of the names gathered for it."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.core.policy import Verdict
from intranet.core.transaction import Reader
from intranet.polls.procedure_models import gathers_names
from intranet.polls.procedure_queries import ProcedureCard
from intranet.proposals.models import Proposal
from intranet.proposals.naming.policy import may_propose_person
from intranet.proposals.naming.rounds import ROUNDS, named_rounds, names_in, side_by_side
from intranet.proposals.workflow import State
from intranet.voting.election import Ranking


@dataclass(frozen=True)
class NamingRoom:
    """How many rounds there were, the names with those of the round before, and who may propose
    one of these people."""

    rounds: int
    gathered: Ranking | None
    names: tuple[str, ...]
    may_propose: Verdict
    of_all: int = ROUNDS

    def times(self, name: str, back: int) -> str:
        """On how many ballots somebody was named in the last round, or `back` rounds before."""
        assert self.gathered is not None  # noqa: S101
        found = self.gathered.rounds[-1 - back : len(self.gathered.rounds) - back]
        return found[0].scores.get(name, "0") if found else "0"


def naming_room(reader: Reader, proposal_id: int, procedure: ProcedureCard) -> NamingRoom | None:
    """The names gathered for a proposal under discussion; None under any other procedure."""
    found = reader.session.get_one(Proposal, proposal_id)
    if found.state != State.DISCUSSION or not gathers_names(procedure.method):
        return None
    rounds = named_rounds(reader, found.id)
    gathered = side_by_side(rounds)
    names = tuple(names_in(gathered)) if gathered else ()
    return NamingRoom(len(rounds), gathered, names, may_propose_person(reader, found))
